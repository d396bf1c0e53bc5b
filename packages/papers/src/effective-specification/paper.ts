import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'effective-specification',
  title: 'Effective Reward Specification in Deep Reinforcement Learning',
  name: 'Effective Specification',
  arxiv: '2412.07177',
  date: '2024-12-10',
  authors: ['Julien Roy'],
  venue: 'PhD thesis, Polytechnique Montréal',
  code: 'https://github.com/ubisoft/DirectBehaviorSpecification',
  links: [
    { label: 'ASAF code', url: 'https://github.com/ubisoft/ubisoft-laforge-asaf' },
    { label: 'coordination code', url: 'https://github.com/julienroyd/coordination-marl' },
    { label: 'GFlowNet code', url: 'https://github.com/recursionpharma/gflownet' },
  ],
  tags: [
    'reward specification',
    'constrained rl',
    'lagrangian multipliers',
    'imitation',
    'multi-agent coordination',
    'gflownets',
    'multi-objective',
  ],
  rooms: ['reward', 'policy', 'env', 'explore'],
  summary: `A thesis on how to say what you want when no single channel fits. It reviews composed and learned rewards, then
offers one tool for each of four situations. Own demonstrations: ASAF makes imitation a classification problem, with no
RL inside. Several agents share a sparse reward: auxiliary losses that favour predictable, synchronised teammates. Can
name behaviours and how often each may occur: direct behaviour specification (DBS) takes those rates as constraints and
tunes their weights during training. Objectives pull apart: goal-conditioned GFlowNets sample inside a chosen direction.
DBS is the one we test hardest, and the one to reach for first, because a rate such as lava in at most one step of a
hundred is something a designer can state, whereas a penalty weight is not. The catch: a saddle point is usually a
mixture of policies, so the last iterate may hover around its limits; contradictory limits shut the task reward off
without a word; and we could not obtain the thesis's numeric tables, so its claims are recorded without figures.`,
  method: [
    {
      text: 'DBS: behaviours are indicator costs $C_k$ with limits on how often they occur under the discounted visit distribution $x_\\pi$; desired behaviours flip the sign.',
      tex: String.raw`\max_\pi J_R(\pi)\quad\text{s.t.}\quad \mathbb E_{(s,a)\sim x_\pi}\big[C_k(s,a)\big]\le\tilde d_k`,
    },
    {
      text: 'The Lagrangian is kept bounded by taking the multipliers from a softmax with one dummy entry; reward and costs have separate critics. If one constraint means success, the task weight never falls below its multiplier.',
      tex: String.raw`\min_{\lambda\ge0}\max_\pi\ \lambda_0J_R-\sum_k\mathrm{sgn}_k\,\lambda_k\big(J_{C_k}-\tilde d_k\big),\qquad \lambda_0=1-\sum_k\lambda_k`,
    },
    {
      text: 'ASAF: build the discriminator out of two policies, so that its optimum already is the imitator; copy it, collect data and repeat.',
      tex: String.raw`D_{\tilde\pi,\pi_G}(\tau)=\frac{q_{\tilde\pi}(\tau)}{q_{\tilde\pi}(\tau)+q_{\pi_G}(\tau)},\qquad q_\pi(\tau)=\prod_t\pi(a_t\mid s_t)`,
    },
    {
      text: 'Coordination: TeamReg penalises errors in predicting teammates on both sides; CoachReg lets a training-time coach choose a shared sub-policy that agents learn to infer alone.',
      tex: String.raw`J_E=\frac1N\sum_i\mathrm{KL}\big(p^c(e\mid o)\,\|\,p^i(e\mid o^i)\big)`,
    },
    {
      text: 'Goal-conditioned GFlowNets: pay only inside a cone around the requested direction $g$ of objective space, falling off towards its border at cosine $c$.',
      tex: String.raw`\log R_g(x)=\beta\log\bar r(x)+\frac{\log m_g}{\log c}\,\log\cos\!\big(r(x),g\big)\quad\text{if }\cos\!\big(r(x),g\big)\ge c`,
    },
  ],
  pitfalls: [
    'The solution of a constrained problem is in general randomised. Report averages over iterates, since the last one can swing around the limit.',
    'Multipliers must follow recent transitions; estimated on a whole replay buffer they answer to old policies.',
    'Contradictory limits drive the task weight to zero in silence: raise an alarm below 0.01.',
    'Limits refer to discounted visits in theory and to plain recent averages in the released code; episodes that reset make these diverge.',
    'ASAF over long windows saturates its classifier and overflows without a log-sum-exp.',
    'Predictability can be had by doing nothing. Watch action entropy when TeamReg weights are large.',
  ],
  claims: {
    'constraints-beat-weights': {
      statement:
        'Stating rates as constraints meets up to six behaviour limits while solving the task, without a search over penalty weights.',
      reported: 'qualitative (plots)',
      setting: 'Arena (Unity) and a proprietary open-world game',
      baseline: 'fixed penalty weights: few grid points, or none, meet every limit',
      test: 'experiment',
      judged:
        'E1, exact grid world over 20 layouts: the share of layouts that are feasible (±0.01) with at least 90% of the LP optimum, Lagrangian minus the best of 216 weight settings, has a paired-bootstrap interval above 0. Refuted if one fixed setting does as well on most layouts.',
    },
    'coordination-helps': {
      statement:
        'Losses that favour predictable and synchronised behaviour help teams find cooperative policies sooner and more reliably.',
      reported: 'qualitative; CoachReg best',
      setting: 'four continuous sparse-reward tasks and 3v2 football',
      baseline: 'MADDPG, shared policy',
      test: 'experiment',
      judged:
        "E4, the thesis's toy chain with two independent Q-learners, 20 seeds: the ratio of episodes to solve, coordinated over full action space, has an interval below 1. TeamReg and CoachReg themselves run on a rendezvous task without a rule.",
    },
    'goals-control-compromise': {
      statement:
        'Conditioning on a direction in objective space controls where samples land and covers the Pareto front more evenly.',
      reported: 'qualitative',
      setting: 'fragment-based molecule design with 2 to 4 objectives',
      baseline: 'preference conditioning, whose samples cluster',
      test: 'experiment',
      judged:
        'E5, 32×32 hypergrid with two objectives, 5 seeds: share of samples inside the requested cone, goal − preference conditioning, has an interval above 0. Coverage entropy is reported.',
    },
    'imitation-without-rl': {
      statement:
        'Classification-only imitation matches adversarial imitation with an RL inner loop, at fewer interactions.',
      reported: 'qualitative',
      setting: 'MuJoCo, Pommerman',
      baseline: 'GAIL and AIRL with PPO, SQIL',
      test: 'experiment',
      judged:
        "E3, slip grid and point mass with 2, 5 or 20 demonstrations, equal interactions, 10 seeds: non-inferiority, the return of ASAF-1 lies within 10% of GAIL's (one-sided 95%).",
    },
    'bootstrap-needed': {
      statement:
        'With many constraints at once the task is abandoned unless a success constraint keeps its reward alive.',
      reported: 'qualitative',
      setting: 'Arena with all six constraints',
      baseline: 'no bootstrap constraint',
      test: 'record',
      judged: 'E2 switches it on and off in a point-mass arena; the acceptance rule does not cover it.',
    },
    'normalised-multipliers': {
      statement: 'Normalising the multipliers keeps them steady, where clipped ones oscillate.',
      reported: 'qualitative',
      setting: 'DBS training',
      baseline: 'clipped multipliers',
      test: 'record',
      judged: 'Unnormalised multipliers are an arm of E1 and plotted; no verdict depends on them.',
    },
  },
});
