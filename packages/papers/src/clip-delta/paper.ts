import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'clip-delta',
  title: 'On Designing Effective RL Reward at Training Time for LLM Reasoning',
  name: 'Clip-Delta',
  arxiv: '2410.15115',
  date: '2024-10-19',
  authors: [
    'Jiaxuan Gao',
    'Shusheng Xu',
    'Wenjie Ye',
    'Weilin Liu',
    'Chuyi He',
    'Wei Fu',
    'Zhiyu Mei',
    'Guangju Wang',
    'Yi Wu',
  ],
  venue: 'preprint',
  code: null,
  links: [{ label: 'trainer (ReaLHF)', url: 'https://github.com/openpsi-project/ReaLHF' }],
  tags: ['process reward model', 'reward hacking', 'reward clipping', 'reward shaping', 'ppo', 'verbosity'],
  rooms: ['credit', 'reward', 'assess'],
  summary: `A scorer that picks good answers from a pile need not be a good thing to train on. In PPO runs that already
have an answer checker, the authors find that an outcome model changes nothing and that a step scorer ruins the policy:
every safe little step earns a positive score, so the model learns to write endless trivial ones. Their repair bounds
what a trajectory can collect. Clip keeps only the shortfall below a threshold, turning praise into penalties; Delta
pays the difference between adjacent steps, so that sums telescope. Used in that order they cost two lines around any step
scorer and keep training stable, with small improvements over the checker alone. Reach for them whenever dense scores
accompany a verifiable outcome, and run the filler-step probe first, which needs no RL at all. The catch: on strong
models the benefit is a fraction of a point, thresholds are not published, and Delta alone still favours steps that
merely look safe. Clipping also makes stopping early attractive when success is unlikely.`,
  method: [
    {
      text: "PPO maximises the checker's verdict plus weighted dense rewards, each paid where its step ends.",
      tex: String.raw`J_r(\pi_\theta)=\mathbb E\Big[\alpha\sum_t r(q,s_{1:t})+\mathrm{Correct}(q,s)-\beta\log\frac{\pi_\theta(s\mid q)}{\pi_{\mathrm{ref}}(s\mid q)}\Big]`,
    },
    {
      text: 'Clip: with $g_k\\in[0,1]$ the score of the prefix ending in step $k$, everything above $\\eta$ becomes free and everything below costs.',
      tex: String.raw`\tilde g_k=\min(g_k-\eta,\,0)`,
    },
    {
      text: 'Delta: pay this step minus the next. The last step of all receives nothing, since the checker covers it.',
      tex: String.raw`r_k=\tilde g_k-\tilde g_{k+1}\ (k<K-1),\qquad r_{K-1}=\tilde g_{K-1},\qquad r_K=0`,
    },
    {
      text: 'Together the undiscounted return from step $k<K$ depends on that step and the outcome alone, so appended filler cannot add to it.',
      tex: String.raw`\alpha\sum_{j=k}^{K}r_j+\mathrm{Correct}=\alpha\,\tilde g_k+\mathrm{Correct}\ \in\ [-\alpha\eta,\,1]`,
    },
  ],
  pitfalls: [
    'Clip first, then take differences. The sum of both terms, as some write-ups have it, is another reward and loses the bound.',
    'This is current minus next, the reverse of potential-based shaping: it limits what can be gained but does not preserve optimal policies.',
    'The telescoping is exact only without discounting; with GAE and a λ below 1 it is approximate.',
    'Step scores crowd near 1. A low threshold silences the scorer, a high one charges for length; record how many steps get a non-zero reward.',
    'All steps cost under Clip, so giving up early pays when success is unlikely. Watch for truncated answers.',
    'Reviewers found the gains on strong models marginal and neither half convincing alone; the ICLR 2025 submission was not accepted.',
  ],
  claims: {
    'raw-prm-hurts': {
      statement: 'Adding unmodified step scores to the checker ruins the policy.',
      reported: 'MATH greedy 11.16, sampling 14.68',
      setting: 'Qwen2-1.5B-Instruct, PPO',
      baseline: 'success reward only: 30.58 and 27.05',
      test: 'experiment',
      judged:
        'H1, in four settings (tiny GPT; filler chain with horizons 8, 16 and 24), 6 seeds each, weights tuned for each arm on separate seeds, paired bootstrap: accuracy(SR+PR) − accuracy(SR) below 0 by the 95% interval in every one. Refuted if PR is better in every one (interval above 0), mixed if it is in some and worse in others.',
    },
    'clip-delta-rescues': {
      statement: 'Bounding the same scores by clipping and differencing removes the collapse.',
      reported: 'MATH greedy 31.44, sampling 28.20',
      setting: 'Qwen2-1.5B-Instruct, PPO',
      baseline: 'raw step scores: 11.16 and 14.68',
      test: 'experiment',
      judged:
        'H2, in the same settings: accuracy(SR+Clip-Delta) − accuracy(SR+PR) above 0 by the 95% interval in every one; refuted if it is below 0 in every one, mixed if both occur. H1 and H2 together count as confirmation.',
    },
    'clip-delta-gains': {
      statement: 'The bounded step reward ends slightly above training on the checker alone.',
      reported: 'MATH greedy 31.44 against 30.58 (sampling 28.20 against 27.05)',
      setting: 'Qwen2-1.5B-Instruct, PPO',
      baseline: 'success reward only',
      test: 'experiment',
      judged:
        'H3, in the same settings: accuracy(SR+Clip-Delta) − accuracy(SR) above 0 by the 95% interval in every one. An effect of one point will most likely be inconclusive at this scale, and is then printed as such.',
    },
    'halves-alone': {
      statement: 'Each repair on its own already prevents the collapse, at about the level of the checker.',
      reported: 'Clip 30.30 / 28.40, Delta 30.68 / 27.96 (MATH greedy / sampling)',
      setting: 'Qwen2-1.5B-Instruct, PPO',
      baseline: 'success reward only: 30.58 / 27.05',
      test: 'experiment',
      judged:
        'In the same settings, each with the weight tuned for it: accuracy(SR+Clip) − accuracy(SR+PR) and accuracy(SR+Delta) − accuracy(SR+PR) both above 0 by the 95% interval in every one. What is left of each at a large weight is shown and not judged.',
    },
    'outcome-model-adds-nothing': {
      statement: 'A learned outcome score next to the checker makes no difference.',
      reported: 'MATH greedy 30.57, sampling 27.12',
      setting: 'Qwen2-1.5B-Instruct, PPO',
      baseline: 'success reward only: 30.58 and 27.05',
      test: 'model',
      judged: 'An arm with two seeds is shown; a null effect of this kind needs the real model to be settled.',
    },
    'holds-across-models': {
      statement: 'Training with the bounded reward improves instruct models of two sizes and generations.',
      reported:
        'MATH greedy: Qwen2-Math-1.5B 69.98 → 70.94, Qwen2.5-Math-1.5B 76.00 → 76.78, Qwen2-Math-7B 75.30 → 76.00, Qwen2.5-Math-7B 83.30 → 83.38',
      setting: 'PPO with PR-Clip-Delta on MathInstruct questions',
      baseline: 'the instruct model before training',
      test: 'model',
      judged: 'Needs 1.5B and 7B models.',
    },
    'sampling-gains-more': {
      statement: 'Sampled accuracy improves more than greedy accuracy, and weak models more than strong ones.',
      reported: 'qualitative',
      setting: 'all policies of the study',
      baseline: null,
      test: 'model',
      judged: 'A trend across real models.',
    },
    'filler-signature': {
      statement:
        'A hacked run shows itself by growing length and step count, falling accuracy and repeated empty steps.',
      reported: 'qualitative',
      setting: 'PPO with raw step scores',
      baseline: null,
      test: 'record',
      judged: 'Lines per response and repeated-line share are plotted beside H1; no separate verdict.',
    },
    'length-fixes-fail': {
      statement: 'Dividing by the number of steps, or charging for each, does not cure the problem.',
      reported: 'qualitative',
      setting: 'PR-Normed and PR-LP',
      baseline: 'raw step scores',
      test: 'record',
      judged:
        'Exact formulas are unpublished and ours are stand-ins. The filler-step probe shows them next to Clip-Delta, outside the acceptance rule.',
    },
  },
});
