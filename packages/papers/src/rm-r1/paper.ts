import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'rm-r1',
  title: 'RM-R1: Reward Modeling as Reasoning',
  name: 'RM-R1',
  arxiv: '2505.02387',
  date: '2025-05-05',
  authors: [
    'Xiusi Chen',
    'Gaotang Li',
    'Ziqi Wang',
    'Bowen Jin',
    'Cheng Qian',
    'Yu Wang',
    'Hongru Wang',
    'Yu Zhang',
    'Denghui Zhang',
    'Tong Zhang',
    'Hanghang Tong',
    'Heng Ji',
  ],
  venue: 'ICLR 2026',
  code: 'https://github.com/RM-R1-UIUC/RM-R1',
  links: [{ label: 'models and data', url: 'https://huggingface.co/gaotang' }],
  tags: ['generative reward model', 'reasoning judge', 'rubrics', 'rlvr', 'distillation', 'grpo'],
  rooms: ['judge', 'policy', 'model', 'assess'],
  summary: `RM-R1 trains a pairwise judge the way one trains a mathematics solver. Given a question and two answers, the judge first names the kind of question. For reasoning it works out its own solution and holds both answers against it; for chat it writes a weighted rubric made for this one question. Then it commits to a verdict. Training is a short imitation stage on about nine thousand teacher traces, whose wrong verdicts were rewritten by a second teacher that saw the label, followed by GRPO with a reward that only asks whether the verdict agrees with the human. Take it when you want to read why a judge decided and can afford 500 to 2,000 tokens a comparison. Reinforcement without the imitation stage was weaker and less stable, because rubrics that are never sampled cannot be reinforced. The catch: an outcome-only reward also pays for right verdicts with unsound reasons, and the paper never uses the judge to train a policy.`,
  method: [
    {
      text: String.raw`The judge is a language model $r_\theta$ that writes a judgement $j$ about prompt $x$ and responses $y_a,y_b$; a parser reads the verdict $\hat l$ from its end. Training maximises agreement with the label $l$.`,
      tex: String.raw`\max_\theta\ \mathbb E_{D,\,j\sim r_\theta(\cdot\mid x,y_a,y_b)}\big[\mathbb 1(\hat l=l)\big]`,
    },
    {
      text: 'Chain of rubrics fixes the shape of a trace: a type tag, then either an own solution or a justified rubric with weights, then an evaluation that quotes both responses, then the answer tag. Backbones that already reason get no such prompt and skip the imitation stage.',
    },
    {
      text: 'Stage one is next-token imitation of teacher traces with the label appended. Traces that reached the wrong verdict are rewritten by another strong model that is shown the right one.',
      tex: String.raw`\mathcal L_{\rm distill}=-\sum_t\log r_\theta\big(y_{{\rm trace},t}\mid x,y_a,y_b,y_{{\rm trace},<t}\big)`,
    },
    {
      text: String.raw`Stage two is GRPO with a signed verdict reward, seven samples per pair and a small KL term ($\beta=10^{-3}$) to the stage-one model. Unparsable output counts as wrong.`,
      tex: String.raw`R(x,j)=\begin{cases}+1&\hat l=l\\-1&\text{otherwise}\end{cases},\qquad A_i=\frac{R_i-\bar R}{\operatorname{sd}(R)+10^{-6}}`,
    },
  ],
  pitfalls: [
    'The released parser looks only at the last 80 characters, so chatter or white space after the answer tag costs the full reward. Take the last answer tag and log parse failures.',
    'Positions of the preferred answer alternate by index; any filter applied later can unbalance them. Randomise, and query both orders at test time, which the paper does not.',
    'Preference files carry shortcuts such as a stray template token, the number of turns, or length. Look for single tokens that predict the label before training.',
    'A correct verdict can rest on wrong reasoning; arXiv 2601.07349 later demonstrated it for generative judges. Report how often the reasons themselves hold.',
    'The headline percentage of the abstract differs between versions (up to 13.8% on the daily page, up to 4.9% in the version read) and the latter does not follow from the printed table; quote neither as a gain on one benchmark.',
    'Averaging the loss over tokens or over sequences changes the pressure on length; the pinned training code does not settle which was used.',
  ],
  claims: {
    'beats-larger-judges': {
      statement:
        'Averaged over three benchmarks, reasoning judges of 14B to 32B overtake much bigger scalar and closed models.',
      reported: '81.5 and 81.2 (32B), 79.6 (14B distilled) against 78.8, 77.7 and 77.1',
      setting: 'mean of RewardBench, RM-Bench and RMB',
      baseline: 'INF-ORM-70B, GPT-4o, Nemotron-340B',
      test: 'model',
      judged: 'Needs the released checkpoints and the real benchmarks.',
    },
    'gains-where-reasoning-counts': {
      statement: 'The advantage is concentrated in mathematics, code and pairs where style misleads.',
      reported: 'RM-Bench 83.9; mathematics 91.8, code 74.1, hard 76.7',
      setting: '32B distilled backbone on RM-Bench',
      baseline: null,
      test: 'model',
      judged: 'Needs the 32B checkpoint and RM-Bench.',
    },
    'warm-start-beats-cold-rl': {
      statement: 'A small imitation stage before reinforcement gives a better judge than reinforcement alone.',
      reported: 'RewardBench mean: untrained 85.8, cold RL 89.5, full recipe 91.4',
      setting: 'Qwen-2.5-Instruct 32B',
      baseline: 'GRPO from the backbone',
      test: 'experiment',
      judged:
        'Rule (i), tiny GPT judge: mean accuracy of RM-R1 minus cold RL above 0 in a paired bootstrap over 8 seeds (95%). Refuted if cold RL ties it on hard pairs with an interval that excludes a one-point gain.',
    },
    'reasoning-beats-labels': {
      statement:
        'Learning to reason before the verdict beats fine-tuning on verdicts alone, most where shortcuts fail.',
      reported: '81.2 against 77.4 (labels) and 77.8 (distilled, then labels), full data',
      setting: 'mean of three benchmarks, 32B',
      baseline: 'supervised fine-tuning on labels',
      test: 'experiment',
      judged:
        'Rule (ii): RM-R1 minus label-only fine-tuning above 0 on the hard split, where the preferred answer is the shorter one (paired bootstrap over seeds, 95%). Refuted if label-only training ties it there.',
    },
    'traces-beat-labels-at-equal-data': {
      statement: 'On the same few thousand items, imitating traces teaches more than imitating labels.',
      reported: '79.2 against 76.6 with 9k items',
      setting: 'mean of three benchmarks',
      baseline: 'label-only fine-tuning on the same items',
      test: 'experiment',
      judged:
        'Rule (iii): distilled judge minus label-only judge, both trained on 12% of the pairs, above 0 (paired bootstrap over seeds, 95%).',
    },
    'rubrics-for-chat-types-for-reasoning': {
      statement: 'Rubrics help on chat and safety, while first deciding the question type helps on reasoning.',
      reported:
        'chat-hard 81.5 to 82.5, safety 89.7 to 90.8; reasoning 94.2 to 96.3; RewardBench mean 89.5, 90.1, 90.8',
      setting: 'prompt ablation on RewardBench, Qwen 32B',
      baseline: 'cold RL with a plain prompt; rubrics without a type decision',
      test: 'experiment',
      judged:
        'Rule (iv): typed minus untyped rubrics above 0 on reasoning pairs and rubrics minus plain cold RL above 0 on chat pairs (paired bootstrap over seeds, 95%). A tie of typed and untyped at this size is reported as mixed.',
    },
    'longer-traces-help': {
      statement: 'Accuracy grows as the judge is allowed more tokens to think.',
      reported: 'monotone from 512 to 8,192 tokens',
      setting: 'inference budget sweep',
      baseline: null,
      test: 'experiment',
      judged:
        'Rule (v): Spearman correlation of trace budget (8 to 64 tokens, imposed in training and test) with accuracy has a lower bound above 0 over seeds.',
    },
    'bigger-backbones-gain-more': {
      statement: 'The benefit of the recipe rises roughly in proportion to model size.',
      reported: 'qualitative: roughly linear from 7B to 32B',
      setting: 'three backbone sizes',
      baseline: null,
      test: 'model',
      judged: 'Only the real size ladder could tell.',
    },
    'warm-start-steadier': {
      statement:
        'Cold-started training lengthens its traces and then loses reward; warm-started training climbs smoothly.',
      reported: 'qualitative',
      setting: 'training curves of the 14B model',
      baseline: 'cold-start RL',
      test: 'record',
      judged: 'Reward and length curves are drawn for both starts, but no rule decides steadiness.',
    },
    'not-best-everywhere': {
      statement: 'A large scalar model still leads on RewardBench and a closed model on RMB.',
      reported: 'RewardBench 91.4 against 95.1; RMB 73.0 against 73.8',
      setting: '32B judge',
      baseline: 'INF-ORM-70B and GPT-4o',
      test: 'model',
      judged: 'Needs the real benchmarks and models.',
    },
  },
});
