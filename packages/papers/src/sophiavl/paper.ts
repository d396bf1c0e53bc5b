import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'sophiavl',
  title: 'SophiaVL-R1: Reinforcing MLLMs Reasoning with Thinking Reward',
  name: 'SophiaVL-R1',
  arxiv: '2505.17018',
  date: '2025-05-22',
  authors: ['Kaixuan Fan', 'Kaituo Feng', 'Haoming Lyu', 'Dongzhan Zhou', 'Xiangyu Yue'],
  venue: 'ICLR 2026',
  code: 'https://github.com/kxfan2002/SophiaVL-R1',
  links: [
    { label: 'policy', url: 'https://huggingface.co/bunny127/SophiaVL-R1-7B' },
    {
      label: 'thinking reward model',
      url: 'https://huggingface.co/bunny127/SophiaVL-R1-Thinking-Reward-Model-3B',
    },
    { label: 'RL data', url: 'https://huggingface.co/datasets/bunny127/SophiaVL-R1-130k' },
    { label: 'thinking data', url: 'https://huggingface.co/datasets/bunny127/SophiaVL-R1-Thinking-156k' },
  ],
  tags: ['thinking reward', 'grpo', 'reward trust weighting', 'annealing', 'multimodal reasoning', 'process reward'],
  rooms: ['credit', 'model', 'policy', 'assess', 'env'],
  summary: `A way to mix an exact outcome reward with a learned and fallible one. Besides the usual right-or-wrong signal, a small model reads a whole chain of thought and returns one mark for its quality. Two brakes keep the mark honest. Within each group of samples for a question, the mean mark of right answers is compared with that of wrong ones; if the wrong ones are marked higher, the mark is discounted for that question. And the whole term fades as training goes on. Both brakes reuse samples that GRPO has drawn anyway, so they are worth trying wherever a judge is added to a verifiable reward. The catch lies in the details: the released code zeroes the mark of wrong answers, which with binary outcomes leaves the discount without effect, and in groups that are all right or all wrong the normalisation of GRPO restores the mark to full weight under the published formula.`,
  method: [
    {
      text: 'A 3B vision-language model is fine-tuned to print a score in [0, 1] for the thinking part. Its labels are marks of a 72B model on five criteria, re-balanced over score bins.',
    },
    {
      text: String.raw`Let $R^o_i$ and $R^t_i$ be outcome and thinking rewards of a group, and $\mu_c,\mu_w$ the mean thinking reward of answers with $R^o\ge0.5$ and of the rest. The trust weight discounts a question whose wrong answers are marked higher.`,
      tex: String.raw`\gamma=\begin{cases}1&\mu_c\ge\mu_w\\e^{\mu_c-\mu_w}&\mu_c<\mu_w\end{cases}`,
    },
    {
      text: String.raw`The discounted term is added with weight $\alpha=0.3$ and decays with the step; $T$ is the total number of steps in the paper and 500 by default in the code.`,
      tex: String.raw`R_i=R^o_i+\gamma\,\alpha\,e^{-\text{step}/T}R^t_i,\qquad A_i=\frac{R_i-\operatorname{mean}(R)}{\operatorname{std}(R)}`,
    },
    {
      text: 'In a group whose outcomes are all equal, the trust weight, the factor and the decay cancel in the normalisation, so the thinking mark rules alone until the last step. The released code switches the term off in such groups.',
      tex: String.raw`R^o_1=\dots=R^o_N\ \Rightarrow\ A_i=\frac{R^t_i-\overline{R^t}}{\operatorname{std}(R^t)}`,
    },
  ],
  pitfalls: [
    'Released code calls the thinking model only for answers with an outcome of at least 0.2; with binary outcomes the mean mark of wrong answers is then 0 and the trust weight is always 1.',
    'The published formula gives the learned mark full weight in uniform groups. Drop such groups, or put a floor under the standard deviation.',
    'A group without right or without wrong answers has an undefined mean; define the weight as 1 and skip the term.',
    'Negative outcome rewards, such as word error rates, make every answer count as wrong at a threshold of 0.5. Rescale to [0, 1] first.',
    'The discount never falls below 0.37, so a fully inverted judge keeps steering.',
    'The ablation table labels as "+GRPO" a row that carries the numbers of the untrained model; the outcome-only comparison has to be taken from the main tables.',
  ],
  claims: {
    'beats-outcome-only': {
      statement: 'Adding a guarded thinking reward yields a better multimodal reasoner than outcome reward alone.',
      reported:
        'MathVista 69.9 to 71.3, MathVerse 45.3 to 48.8, MMMU 58.0 to 61.3, MME 2298 to 2404, MMStar 65.6 to 66.7',
      setting: '7B policy, 1,500 steps',
      baseline: 'GRPO with outcome reward',
      test: 'experiment',
      judged:
        'Rule (i), rendered scenes: the paper variant minus outcome-only GRPO is above 0 in soundness of the thinking and in out-of-distribution accuracy (paired bootstrap over 6 seeds, 95%). Refuted if outcome-only reaches the same soundness.',
    },
    'guards-matter': {
      statement: 'A thinking reward without trust weight and decay is worse than one with both.',
      reported: 'MathVista/MathVerse/MMMU 67.4/46.3/56.7 without, 71.3/48.9/61.3 with both',
      setting: '7B policy, ablation',
      baseline: 'trained thinking reward, no trust weight, no decay',
      test: 'experiment',
      judged:
        'Rule (ii): accuracy of the paper variant minus the unguarded one above 0 (paired bootstrap over seeds, 95%). Refuted if the two are equal in accuracy and in the gap between learned and true marks.',
    },
    'trust-weight-adds': {
      statement: 'The trust weight contributes beyond the decay.',
      reported: '70.2/47.8/60.0 without trust, 71.3/48.9/61.3 with it',
      setting: '7B policy, ablation',
      baseline: 'decay only',
      test: 'experiment',
      judged:
        'Rule (iii): accuracy of the paper variant minus decay-only above 0, or its hacking gap smaller (paired bootstrap over seeds, 95%). Effects of one to three points are expected, so a mixed verdict is likely.',
    },
    'guards-steady-training': {
      statement: 'Without both guards the outcome reward fluctuates more during training.',
      reported: 'qualitative',
      setting: 'training curves',
      baseline: 'no trust weight, no decay',
      test: 'experiment',
      judged:
        'Rule (iv): variance of the outcome reward over the last 20 steps, unguarded minus paper variant, above 0 (paired bootstrap over seeds, 95%).',
    },
    'small-beats-large': {
      statement: 'The 7B policy overtakes a general model of ten times its size on most benchmarks.',
      reported: 'MathVista 71.3 against 68.4; MMMU 61.3 against 56.8',
      setting: 'published benchmarks',
      baseline: 'LLaVA-OneVision-72B',
      test: 'model',
      judged: 'Needs both models and the benchmarks.',
    },
    'untrained-marker-helps': {
      statement: 'Even an untrained thinking model is of some use as a marker.',
      reported: '68.4/47.9/57.0',
      setting: 'MathVista/MathVerse/MMMU, ablation',
      baseline: 'the row labelled "+GRPO", 67.5/44.0/57.4, which repeats the untrained model',
      test: 'record',
      judged: 'The baseline row is inconsistent in the paper; an untrained arm is defined here but carries no rule.',
    },
    'outcome-grows-faster': {
      statement: 'The outcome reward itself rises faster when the thinking reward is present.',
      reported: 'qualitative',
      setting: 'outcome reward against training step',
      baseline: 'outcome-only GRPO',
      test: 'record',
      judged: 'The curves are drawn; no rule is attached.',
    },
  },
});
