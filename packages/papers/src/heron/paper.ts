import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'heron',
  title: 'Deep Reinforcement Learning from Hierarchical Weak Preference Feedback',
  otherTitles: ['Deep Reinforcement Learning from Hierarchical Preference Design'],
  name: 'HERON',
  arxiv: '2309.02632',
  date: '2023-09-06',
  authors: ['Alexander Bukharin', 'Yixiao Li', 'Pengcheng He', 'Weizhu Chen', 'Tuo Zhao'],
  venue: 'ICML 2025',
  code: 'https://github.com/abukharin3/HERON',
  tags: [
    'reward design',
    'multi-objective',
    'lexicographic preferences',
    'preference reward model',
    'scale invariance',
  ],
  rooms: ['reward', 'model', 'policy', 'assess'],
  summary:
    "Most tasks give several signals at once, and adding them up with hand-set weights is brittle: each has its own scale, and the right exchange rate shifts with the state. HERON asks the designer for an order of importance instead. Two behaviours are compared on the first signal; a gap wider than a margin, measured in that signal's own spread, settles the case, otherwise the next signal is consulted. These automatic verdicts train a plain preference reward model, and any policy learner takes it from there. Multiplying a signal by a constant therefore changes nothing, and what one tunes is a ranking and a few margins. It fits when there is a natural hierarchy, or when a sparse true goal needs help from proxies that should only break ties. The catch: an order cannot say that a little of one thing is worth a lot of another, and margins that are too wide or too narrow leave whole levels unused.",
  method: [
    {
      text: String.raw`Behaviours $\tau$ (steps, segments or whole episodes) carry signals $z_1,\dots,z_n$ in order of importance, each with a direction $s_l$ and a margin tied to its spread. The first level whose signed difference $\Delta_l$ exceeds its margin names the winner; pairs no level can decide are dropped.`,
      tex: String.raw`\Delta_l=s_l\big(z_l(\tau)-z_l(\tau')\big),\qquad \delta_l=\kappa_l\,\mathrm{std}(z_l),\qquad l^\star=\min\{l:|\Delta_l|>\delta_l\}`,
    },
    {
      text: String.raw`The decided pairs train a Bradley-Terry reward model; for episodes, $R_\phi$ is the sum of step rewards.`,
      tex: String.raw`\mathcal L(\phi)=-\mathbb E\,\log\sigma\big(R_\phi(\tau^+)-R_\phi(\tau^-)\big)`,
    },
    {
      text: 'Policy and reward model alternate while learning, with fresh comparisons from the buffer and the learned reward normalised by its running mean and deviation; for code generation the model is fitted once on samples of the first policy.',
    },
    {
      text: String.raw`The rival is a linear sum whose weights fall geometrically with rank, with $\beta$ tuned.`,
      tex: String.raw`r=\sum_{l=1}^{n}\beta^{\,l-1}s_l z_l`,
    },
  ],
  pitfalls: [
    'Margins too wide send every pair to the last signal; a margin of zero on a noisy first signal silences all others. Log how often each level decides.',
    'Comparing single steps on a signal about the future, such as success, teaches the model to reward having finished. Compare segments or returns.',
    'With margins the comparison can be intransitive, and then no scalar reward fits all labels.',
    'The scale of the learned reward drifts. Normalise it, and recompute stored rewards for off-policy learners.',
    'In the released robot code the advantages still use the summed environment factors; write the learned reward into the rollout before advantages are computed.',
    'Margins taken from a minibatch are noisy; measure the spread over the whole buffer.',
  ],
  claims: {
    'matches-tuned-sum': {
      statement: 'A ranking of the signals does as well as, or better than, a tuned weighted sum.',
      reported: 'better average performance (tables not available)',
      setting: 'multi-agent traffic-light control',
      baseline: 'engineered linear rewards, and the true metric used as reward',
      test: 'experiment',
      judged:
        'A1, intersection and swing-up worlds at scale 1: normalised hidden score, HERON minus tuned linear sum, at least −0.05 in each world (one-sided 95% bootstrap bound over seeds); mixed if one world meets this and the other is surely below. Refuted if it falls short by more than 0.1 in both worlds. A run of one world alone cannot settle it.',
    },
    'scale-robust': {
      statement: 'Performance holds when the scale of a signal changes, where weighted sums degrade.',
      reported: 'qualitative',
      setting: 'traffic control with altered signal scales or environment',
      baseline: 'linear sums',
      test: 'experiment',
      judged:
        'A2: worst score over single signals multiplied by 0.01, 1 and 100 without retuning, HERON minus linear sum above 0 in every world (95% interval). A3: HERON minus a z-scored sum at scale 1, interval above or including 0; where z-scoring is better in some world the claim is at most mixed, and if it is better in all, the benefit was only normalisation and the claim is refuted.',
    },
    'proxies-break-ties': {
      statement: 'Proxies ranked below a sparse true signal help where that signal ties.',
      reported: 'qualitative',
      setting: 'sparse outcome first, denser proxies below, as in code generation',
      baseline: 'the sparse signal alone',
      test: 'experiment',
      judged: 'A4, tabular door gridworld: HERON minus sparse-only above 0 (95% bootstrap interval over seeds).',
    },
    'labels-ignore-scale': {
      statement: 'Rescaling a signal by a positive constant leaves every comparison as it was.',
      reported: 'exact',
      setting: 'margins proportional to the spread of each signal',
      baseline: null,
      test: 'experiment',
      judged:
        'Exact checks: labels unchanged under positive scaling (P1); with zero margins unchanged under any increasing transform (P2) and a total preorder (P3).',
    },
    'better-code': {
      statement: 'Ranked outcomes train better programs than hand-made outcome scores.',
      reported: 'higher pass rates (tables not available)',
      setting: 'APPS with CodeT5',
      baseline: 'CodeRL-style returns (−1.0, −0.6, −0.3, 1.0)',
      test: 'model',
      judged: 'Needs a code model and APPS.',
    },
    'near-native-robots': {
      statement: 'On simulated robots a ranking without weights comes close to the reward they were shipped with.',
      reported: 'near native-reward performance',
      setting: 'PyBullet Hopper, HalfCheetah and Ant',
      baseline: 'PPO on the native reward',
      test: 'record',
      judged: 'The physics simulators are not part of our worlds.',
    },
    'learns-faster': {
      statement: 'Learning curves rise faster than with linear sums in several tasks.',
      reported: 'faster learning curves',
      setting: 'several of the above tasks',
      baseline: 'linear sums',
      test: 'record',
      judged: 'Curves are shown, but no rule was fixed for speed.',
    },
    'aligns-language-models': {
      statement: 'The same hierarchy over feedback signals can align language models.',
      reported: 'qualitative (later version)',
      setting: 'language-model alignment',
      baseline: null,
      test: 'model',
      judged: 'Needs a real language model and graders.',
    },
  },
});
