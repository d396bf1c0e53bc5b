import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'reward-design-thesis',
  title: 'Reward Design for Reinforcement Learning Agents',
  name: 'ExpRD, ExpAdaRD, ExploRS',
  arxiv: '2503.21949',
  date: '2025-03-27',
  authors: ['Rati Devidze'],
  venue: 'doctoral thesis, Saarland University',
  code: 'https://github.com/machine-teaching-group/neurips2021_explicable-reward-design',
  links: [
    {
      label: 'ExpAdaRD code',
      url: 'https://github.com/machine-teaching-group/aamas2024-informativeness-of-reward-functions',
    },
    {
      label: 'ExploRS code',
      url: 'https://github.com/machine-teaching-group/neurips2022_exploration-guided-reward-shaping',
    },
    { label: 'ExpAdaRD paper', url: 'https://arxiv.org/abs/2402.07019' },
  ],
  tags: [
    'reward design',
    'potential shaping',
    'explicable rewards',
    'adaptive teaching',
    'sparse rewards',
    'self-supervised shaping',
  ],
  rooms: ['reward', 'policy', 'explore', 'assess'],
  summary: `A reward may define the right behaviour and still be hopeless to learn from. Three published methods
gathered in this thesis keep the optimal behaviour and make the reward teach. ExpRD serves an expert who wants
something readable: a linear program puts values on a handful of states, which it also picks, so that good actions
stand out over short horizons and every optimal policy stays optimal. ExpAdaRD serves an expert who can watch the
learner: the reward is redesigned during training to be most telling about its present mistakes, within whatever
linear form you allow. ExploRS needs no expert: the agent fits a shaping term to its own returns by a first-order
meta-gradient and adds a fading novelty bonus. The first two need a tabular or abstracted model of the world, the
third only rollouts and action probabilities. Expect large gains where rewards are sparse and the structure is
restricted. If dense shaping from the optimal value function is acceptable, that simple baseline is very hard to beat.
The synthesis chapters of the thesis were not available to us.`,
  method: [
    {
      text: String.raw`ExpRD: measure informativeness by how far the $h$-step advantage of optimal actions falls short of the margin $\delta^*_s$ of the original reward, over horizons $H=\{1,4,8,16,32\}$.`,
      tex: String.raw`I(R)=-\frac1{|\Pi^\dagger||H||S|}\sum_{\pi,\,h,\,s}\Big[\max_{a\notin\mathrm{opt}(s)}\big(\delta^*_s-\delta^\pi_h(s,a)\big)\Big]_+`,
    },
    {
      text: 'It is maximised under invariance (the displayed margin for every non-optimal action), a bound on $|R|$ and at most $B$ rewarded states besides goals. For a fixed set $Z$ this is a linear program; $Z$ grows greedily.',
      tex: String.raw`\max_{R,\,Z\subseteq S,\,|Z|\le B}\ I(R)+\lambda D(Z)\quad\text{s.t.}\quad \delta^\pi_\infty(s,a)\ge\delta^*_s,\quad |R|\le R_{\max}`,
    },
    {
      text: 'ExpAdaRD: the designed reward should favour, where the learner now goes, the actions that the teacher finds advantageous; again a linear program, solved anew as the learner changes.',
      tex: String.raw`I(R)=\sum_{s,a}\mu^{T}_s\,\mu^{L}_{s,a}\,\pi^L(a|s)\,\big(A^{T}(s,a)-A^{T}(s,\pi^L)\big)\big(R(s,a)-R(s,\pi^L)\big)`,
    },
    {
      text: 'ExploRS: train on the original reward plus a self-learned term plus a bonus that fades with the visits $w$ of an abstract state.',
      tex: String.raw`\hat R=\bar R+R_\phi+B_w,\qquad B_w(s)=\frac{\lambda}{\sqrt{(\lambda/B_{\max})^2+w[\psi(s)]}}`,
    },
    {
      text: String.raw`Its self-learned term follows a first-order meta-gradient with Monte-Carlo returns $\bar G$ of the original reward.`,
      tex: String.raw`\nabla\phi\mathrel{+}=\pi(a|s)\,(\bar G-V(s))\,\Big(\nabla_\phi R_\phi(s,a)-\sum_b\pi(b|s)\nabla_\phi R_\phi(s,b)\Big)`,
    },
  ],
  pitfalls: [
    'Force the designed reward to zero at terminal states; otherwise the program hides return where an episodic learner never looks.',
    'The released code protects a single optimal policy. With ties, constrain all of them, or equally good alternatives become forbidden.',
    'Linear programs have many optima; without a tie-break the invariance-only baseline depends on the solver.',
    'In ExploRS the returns must be those of the original reward, not of the shaped one.',
    'Its update is weighted by action probability: a policy that becomes deterministic before any success stops learning, so retain entropy.',
    'Tune the learning rate per arm: very small rates reverse orderings within a fixed budget.',
  ],
  claims: {
    'few-signposts-suffice': {
      statement:
        'Rewards on three to five automatically chosen states make Q-learning much faster and remain readable.',
      reported: 'curves only',
      setting: '7×7 four rooms, LineK with key',
      baseline: 'original sparse reward; dense potential-based shaping',
      test: 'experiment',
      judged:
        'E1: area under the curve ExpRD(5) − original has a 95% interval above zero, and ExpRD(5) reaches at least 50% of the gain of potential-based shaping (lower bound above 0.4) with at most 6 non-zero states; 10–20 seeds (5 in quick). Refuted otherwise, or if invariance fails.',
    },
    'adapting-is-faster': {
      statement:
        'Under the same structural restriction, a reward redesigned for the current learner converges faster than a fixed one.',
      reported: 'curves only',
      setting: 'room and LineK, with and without diverse learners',
      baseline: 'ExpRD, invariance only, original reward',
      test: 'experiment',
      judged:
        'E2: final-quarter return ExpAdaRD − ExpRD has a 95% interval above zero under structure (10 seeds; 3 in quick). The panel without structure is reported, not gated.',
    },
    'both-parts-needed': {
      statement:
        'Self-shaping plus an exploration bonus learns where either part alone fails or lags, even with small distractor rewards.',
      reported: 'curves only',
      setting: 'chain, room, LineK; REINFORCE and Q-learning',
      baseline: 'Orig, ExploB, SelfRS, SORS, LIRPG',
      test: 'experiment',
      judged:
        'E3, chain world: area under the curve ExploRS − max(ExploB, SelfRS) has a paired 95% interval above zero, and the original reward stays below 1% of the optimum; 6–10 seeds (3 in quick).',
    },
    'all-states-equal-shaping': {
      statement: 'With every state allowed, the designed reward is about as fast as potential-based shaping.',
      reported: 'curves only',
      setting: 'four rooms, LineK',
      baseline: 'shaping with the optimal value function',
      test: 'record',
      judged: 'Both curves stand in the E1 plot; no rule is attached.',
    },
    'hand-crafted-can-mislead': {
      statement: 'Hand-crafted rewards can be fast and yet change which policy is optimal.',
      reported: 'qualitative',
      setting: 'crafted landmarks',
      baseline: 'Craft',
      test: 'record',
      judged: 'The invariance check is run on all designs; kept for the record.',
    },
    'horizons-generalise-shaping': {
      statement:
        'Informativeness over several horizons contains the one-step notion that potential-based shaping satisfies.',
      reported: 'theory',
      setting: 'finite MDPs',
      baseline: null,
      test: 'record',
      judged: 'A theoretical remark; the constants are not quoted here.',
    },
    'informativeness-converges': {
      statement: 'Designing for informativeness comes with convergence guarantees in a simplified setting.',
      reported: 'theory',
      setting: 'simplified learner',
      baseline: null,
      test: 'record',
      judged: 'A theorem under assumptions that our runs do not satisfy.',
    },
  },
});
