import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'starc',
  title: 'STARC: A General Framework For Quantifying Differences Between Reward Functions',
  name: 'STARC',
  arxiv: '2309.15257',
  date: '2023-09-26',
  authors: ['Joar Skalse', 'Lucy Farnik', 'Sumeet Ramesh Motwani', 'Erik Jenner', 'Adam Gleave', 'Alessandro Abate'],
  venue: 'ICLR 2024',
  code: 'https://github.com/lucyfarnik/starc',
  links: [{ label: 'EPIC reference code', url: 'https://github.com/HumanCompatibleAI/evaluating-rewards' }],
  tags: [
    'reward distance',
    'pseudometric',
    'potential shaping',
    'successor redistribution',
    'worst-case regret',
    'reward evaluation',
  ],
  rooms: ['assess', 'env', 'policy'],
  summary: `A recipe for measuring how different two reward functions are without training on either. Map each reward to a canonical form in which potential shaping and any redistribution over successor states have vanished, normalise, and measure how far apart the two forms are. Zero then means that both rank all policies alike, and with matching norms two means that the ranking is reversed. Every distance built this way bounds the worst-case regret from both sides, so a small value is a certificate and a large one a warning. The older metrics EPIC and DARD forget shaping only, so values on transitions that never happen can swamp them. Use it to compare a learned or edited reward with a planted reference, or successive checkpoints with each other. The catch: a reference is needed, exact values need a tabular model, and sampled estimates are biased upwards, so at small sample sizes only the ranking deserves trust.`,
  method: [
    {
      text: 'A canonicalisation $c$ is linear, alters a reward only by shaping and successor redistribution, and gives two rewards the same form exactly when they differ by those. Dividing by a norm $n$ removes scale; $m$ is any metric equivalent to a norm.',
      tex: String.raw`s(R)=\begin{cases}c(R)/n(c(R))&n(c(R))\ne0\\c(R)&\text{otherwise}\end{cases},\qquad d(R_1,R_2)=m\big(s(R_1),s(R_2)\big)`,
    },
    {
      text: String.raw`Value-adjusted levelling (VAL) replaces the reward by the advantage of a fixed policy $\bar\pi$, uniform by default.`,
      tex: String.raw`c_{\text{VAL}}(R)(s,a,s')=\mathbb E_{S'\sim\tau(s,a)}\big[R(s,a,S')-V_R^{\bar\pi}(s)+\gamma V_R^{\bar\pi}(S')\big]`,
    },
    {
      text: 'The minimal canonicalisation takes the smallest element of the equivalence class; for weighted $L_2$ norms it is a least-squares problem in one unknown per state.',
      tex: String.raw`\min_\Phi\ \sum_{s,a}w_{sa}\Big(\bar r(s,a)-\Phi(s)+\gamma\sum_{s'}\tau(s'\mid s,a)\Phi(s')\Big)^2`,
    },
    {
      text: String.raw`Soundness: regret under $R_1$ of following the preferences of $R_2$ is at most a constant times the distance; completeness is the matching lower bound. The constants are existential in the paper; the instance bound used here for VAL with $\Delta=s(R_1)-s(R_2)$ is ours.`,
      tex: String.raw`J_1(\pi_1)-J_1(\pi_2)\le\frac{2\,n(c(R_1))}{1-\gamma}\,\|\Delta\|_\infty\quad\text{whenever}\quad J_2(\pi_2)\ge J_2(\pi_1)`,
    },
  ],
  pitfalls: [
    'Normalise after canonicalising, and treat a tiny norm as a trivial reward instead of dividing by it.',
    'Sampled norms turn noise into distance: 0.90 was measured where the truth is 0. Report the distance of a reward to a re-estimated copy of itself.',
    'EPIC and DARD query a reward off its data; for a neural reward those values are arbitrary.',
    'The discount must be that of the task, and terminal states need a zero-reward self-loop; canonical forms for different discounts cannot be compared.',
    'Unreachable states break the link between distance 0 and equal policy order. Remove them first.',
    'The choice of norms matters a great deal: maximum norms and missing normalisation lose most of the correlation with regret.',
  ],
  claims: {
    'beats-epic': {
      statement: 'A STARC distance predicts worst-case regret better than EPIC.',
      reported: 'Pearson correlation 0.856 against 0.778',
      setting: '49,152 reward pairs in random MDPs (32 states, 4 actions, discount 0.95), VAL with L2 norms',
      baseline: 'EPIC with L2 norms',
      test: 'experiment',
      judged:
        'Same environments with exact returns: correlation of VAL minus EPIC, bootstrap over environments (1,000 resamples), has a 95% interval above 0. Refuted if it lies below 0, inconclusive if it covers 0; the configurations in which EPIC wins are shown.',
    },
    'beats-dard': {
      statement: 'The same distance predicts worst-case regret better than DARD.',
      reported: 'Pearson correlation 0.856 against 0.782',
      setting: '49,152 reward pairs in random MDPs, VAL with L2 norms',
      baseline: 'DARD with L2 norms',
      test: 'experiment',
      judged:
        'Correlation of VAL minus DARD, bootstrap over environments (1,000 resamples), has a 95% interval above 0. Refuted if it lies below 0, inconclusive if it covers 0.',
    },
    'ignores-what-cannot-matter': {
      statement:
        'Shaping, successor redistribution and positive scaling leave the distance at zero, and negation makes it maximal.',
      reported: 'exact property',
      setting: 'theory',
      baseline: 'EPIC, DARD and shaping-only canonical forms',
      test: 'experiment',
      judged:
        'Deterministic to 1e-9: shaping gives 0 for all canonical forms, redistribution 0 for VAL and Minimal but above 0.5 for EPIC, DARD and VALPotential, d(R,3R) = 0 and d(R,−R) = 2. Any failure refutes.',
    },
    'older-metrics-unsound': {
      statement:
        'EPIC and DARD react to impossible transitions, so no constant turns them into a bound on relative regret.',
      reported: 'qualitative: counter-examples',
      setting: 'theory and appendix',
      baseline: 'VAL',
      test: 'experiment',
      judged:
        'Stress test with shrinking real rewards and fixed noise on impossible transitions: normalised regret and the distance of VAL stay constant to 1e-9, EPIC and DARD distances fall in proportion (a tenth of the rewards, 0.09 to 0.11 of the distance, at the small end). Any failure refutes.',
    },
    'best-configurations': {
      statement: 'With better norms the leading configurations rise further, shaping-only variants included.',
      reported: '0.876 (VALPotential, L1 and weighted L1), 0.873 (VAL, L1); best DARD 0.861, best EPIC 0.830',
      setting: 'same reward pairs, all norm choices',
      baseline: 'best EPIC and DARD configurations',
      test: 'record',
      judged: 'All configurations are computed and shown as a strip; choosing the best after the fact is not a test.',
    },
    'wins-across-norms': {
      statement: 'VAL leads EPIC for nearly every choice of norm and metric.',
      reported: '40 of 42 combinations; mean over normalised ones 0.797 against 0.615',
      setting: 'same reward pairs',
      baseline: 'EPIC',
      test: 'experiment',
      judged:
        'Share of the 42 choices of norm and metric in which VAL correlates better with regret than EPIC, bootstrap over environments: 95% interval above 0.9. Refuted if it lies below 0.9.',
    },
    'canonical-form-matters': {
      statement: 'Comparing raw rewards without any canonical form is much worse.',
      reported: '0.618 against 0.856',
      setting: 'no canonicalisation, L2 norms',
      baseline: 'VAL with L2 norms',
      test: 'experiment',
      judged:
        'Correlation with regret of VAL minus that of the raw rewards, L2 norms, bootstrap over environments: 95% interval above 0. Refuted if it lies below 0.',
    },
    'norms-matter': {
      statement: 'Maximum norms weaken the distance, and leaving out normalisation nearly destroys it.',
      reported: '0.71 to 0.76 with maximum norms; as low as 0.14 to 0.18 without normalisation',
      setting: 'VAL with other norms',
      baseline: 'VAL with L2 norms, 0.856',
      test: 'experiment',
      judged:
        'Two parts, bootstrap over environments, 95%: the correlation of VAL-2-2 exceeds that of VAL with maximum norms; without normalisation and with the maximum metric VAL keeps less than half of the correlation of VAL-2-2.',
    },
    'reacher-order': {
      statement:
        'On a continuous control task, sampled VAL distances order reward variants sensibly but sit far above zero.',
      reported: 'shaped 0.90, second peak 1.26, random 1.38, negated 1.71; the truth for shaped is 0',
      setting: 'MuJoCo Reacher, 10^5 norm samples',
      baseline: 'EPIC and DARD at low sample counts, which order them differently',
      test: 'record',
      judged:
        'Needs values learned on the simulated arm, which are not repeated here. The library’s sampled distance reports how far noise alone lifts it.',
    },
    'epic-bound-vacuous': {
      statement:
        'The regret bound of EPIC grows with the norm of the reward over all transitions and can say nothing about relative regret.',
      reported: 'qualitative',
      setting: 'theory',
      baseline: 'STARC bounds',
      test: 'record',
      judged: 'A remark on a bound of another paper whose constant we did not re-verify.',
    },
  },
});
