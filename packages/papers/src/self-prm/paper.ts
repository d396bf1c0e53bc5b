import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'self-prm',
  title: 'Is PRM Necessary? Problem-Solving RL Implicitly Induces PRM Capability in LLMs',
  name: 'Self-PRM',
  arxiv: '2505.11227',
  date: '2025-05-16',
  authors: [
    'Zhangying Feng',
    'Qianglong Chen',
    'Ning Lu',
    'Yongqian Li',
    'Siqi Cheng',
    'Shuangmu Peng',
    'Duyu Tang',
    'Shengcai Liu',
    'Zhirui Zhang',
  ],
  venue: 'NeurIPS 2025',
  code: null,
  tags: ['process reward model', 'self-verification', 'best-of-n', 'llm as judge', 'rlvr', 'emergent capability'],
  rooms: ['assess', 'judge', 'search', 'policy'],
  summary: `An empirical study that asks whether a strong reasoner still needs a separate process reward model. Models trained only on outcomes locate the first wrong step in other people's solutions better than models built for that job, and the skill rises during training together with solving. When such a model reranks its own samples, a trained process reward model adds nothing to a majority vote, whereas letting the model judge itself (Self-PRM) does help once many samples are drawn. The procedures are easy to reuse on any endpoint: a first-error score, a solve-and-judge dependence test, self-reranking, and the share of approved solutions that are right. Read it before buying or training a step scorer. The catch is compute and trust: every judgement is a long generation, test sets of 30 problems turn one problem into 3.3 points, and on hard problems more than nine in ten approved solutions are wrong. The primary text was available to us only in part.`,
  method: [
    {
      text: 'Judging is scored by the first-error protocol: for each solution the judge names the earliest wrong paragraph, or $-1$. Accuracy on solutions with an error and on correct ones is combined by the harmonic mean, so that always approving scores zero.',
      tex: String.raw`a_{err}=\Pr[\hat k=k\mid D_{err}],\quad a_{ok}=\Pr[\hat k=-1\mid D_{ok}],\quad F_1=\frac{2\,a_{err}\,a_{ok}}{a_{err}+a_{ok}}`,
    },
    {
      text: String.raw`Whether solving and judging go together is tested per problem on the $2\times2$ table of solved and judged-correctly counts, with the $\chi^2$ statistic (one degree of freedom). Report the odds ratio too, since the test says nothing about size.`,
      tex: String.raw`\chi^2=\sum_{i,j}\frac{(n_{ij}-n_{i\cdot}n_{\cdot j}/n)^2}{n_{i\cdot}n_{\cdot j}/n}`,
    },
    {
      text: 'Self-PRM draws $k$ solutions, lets the same model judge each of them $m$ times, and returns the answer with the largest share of approvals (our reading of the score; ties go to the majority among the tied).',
      tex: String.raw`s_i=\tfrac1m\sum_{j=1}^m\mathbb 1[\hat k_{ij}=-1],\qquad \hat y=\text{answer of }\arg\max_is_i`,
    },
    {
      text: 'Self-REF first lets the judge solve the problem and puts that possibly wrong solution into its own judging prompt as a reference.',
    },
  ],
  pitfalls: [
    'A judge that thinks for thousands of tokens is not comparable with a scorer that needs one forward pass; plot accuracy against tokens, where more votes are the fair rival.',
    'A contest has 30 problems, so the published gains amount to a handful of answers. Use exact or bootstrap intervals.',
    'Unparsable verdicts look like misjudgements. Log the share of valid outputs separately.',
    'Ease makes a problem likely to be solved and to be judged well, which alone yields a significant dependence test; stratify by difficulty.',
    'The benchmark judges solutions by other generators; a model that judges its own repeats its own errors.',
    'The abstract on the daily page says that current process reward models fall below majority voting; the figures read here show a tie, and the final version recommends combining process supervision with RL.',
  ],
  claims: {
    'rl-reasoners-judge-best': {
      statement:
        'Reasoners trained by outcome-only RL find the first wrong step more reliably than dedicated process reward models.',
      reported: 'average F1: DeepSeek-R1 83.5 and QwQ-32B 83.7 against 78.3, 73.5, 42.1 and 31.5',
      setting: 'ProcessBench (four subsets), generative judging',
      baseline: 'Qwen2.5-Math-PRM-72B and -7B, Skywork-PRM-7B, Math-Shepherd-PRM-7B',
      test: 'model',
      judged: 'Needs the real reasoners and ProcessBench; the protocol runs on any endpoint.',
    },
    'solving-induces-judging': {
      statement: 'Training on outcomes of solving improves judging, although no judging data are used.',
      reported: 'qualitative: both curves rise, F1 slightly earlier',
      setting: 'Qwen2.5-7B-Base with DAPO, evaluated every 10 steps',
      baseline: null,
      test: 'experiment',
      judged:
        'C1, tiny GPT on modular chains: the change in F1 under RL is above 0 and exceeds the change under RL with random rewards (paired bootstrap over 6 seeds, 95%). Refuted if F1 does not rise (mean at most 0, and the interval not above 0) while solving gains at least 10 points; the comparison with more supervised training (C1b) is reported only.',
    },
    'solving-and-judging-depend': {
      statement:
        'Whether a model solves a problem and whether it judges a solution to it correctly are not independent.',
      reported: 'independence rejected for all tested models',
      setting: 'chi-squared test on per-problem counts',
      baseline: 'independence',
      test: 'record',
      judged: 'The odds ratio is measured and shown, but no acceptance rule uses it.',
    },
    'external-prm-adds-nothing': {
      statement:
        'For a strong reasoner, choosing among samples with a separate process reward model is no better than voting.',
      reported: '86.7/76.7/83.3 on AIME24, AIME25 and CNMO24 for both',
      setting: 'QwQ-32B with 32 samples, Qwen2.5-Math-PRM-72B as scorer',
      baseline: 'majority vote',
      test: 'experiment',
      judged:
        'C2: the interval of majority vote minus best-of-32 under an external scorer of equal size lies above −1 point, for one trained on the base and for one trained on the final model (paired bootstrap over seeds, 95%).',
    },
    'self-prm-beats-majority': {
      statement: "Reranking by the model's own judgement beats voting when many samples are drawn.",
      reported: '90.0/80.0/88.9 against 86.7/76.7/83.3; visible from 16 samples on',
      setting: 'QwQ-32B with 32 samples on AIME24, AIME25 and CNMO24',
      baseline: 'majority vote and external best-of-k',
      test: 'experiment',
      judged:
        'C3: accuracy of Self-PRM minus majority vote at 32 samples above 0, pooled over two difficulties (paired bootstrap over seeds, 95%).',
    },
    'approval-fails-when-hard': {
      statement: 'On difficult problems nearly all solutions that the model approves are wrong.',
      reported: 'precision below 10%',
      setting: 'hard problems of the reranking study',
      baseline: 'precision on easy problems',
      test: 'experiment',
      judged:
        'C4: precision of approval at the hardest level lies below the easiest, with an interval of the difference that excludes 0. The 10% figure itself is not expected to carry over.',
    },
    'self-reference-helps-weak-judges': {
      statement: 'Writing an own solution first helps instruct models to judge and does not help RL-trained reasoners.',
      reported: '45.1 to 63.9 and 76.7 to 79.3; but 83.7 to 83.0 and 83.5 to 81.1',
      setting: 'Qwen2.5-32B-Instruct, R1-Distill-32B; QwQ-32B, DeepSeek-R1',
      baseline: 'judging without a reference',
      test: 'model',
      judged: 'The contrast is between families of real models.',
    },
  },
});
