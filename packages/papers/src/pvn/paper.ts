import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'pvn',
  title: 'Proto-Value Networks: Scaling Representation Learning with Auxiliary Tasks',
  name: 'PVN',
  arxiv: '2304.12567',
  date: '2023-04-25',
  authors: [
    'Jesse Farebrother',
    'Joshua Greaves',
    'Rishabh Agarwal',
    'Charline Le Lan',
    'Ross Goroshin',
    'Pablo Samuel Castro',
    'Marc G. Bellemare',
  ],
  venue: 'ICLR 2023',
  code: 'https://github.com/google-research/google-research/tree/master/pvn',
  tags: [
    'auxiliary tasks',
    'successor measure',
    'proto-value functions',
    'offline representation learning',
    'linear function approximation',
  ],
  rooms: ['nn', 'reward', 'env', 'policy', 'assess'],
  summary: `Suppose you own logs of an environment but no reward yet. PVN turns them into features by inventing
rewards. Many small random networks each light up on about one observation in a hundred; for every one of them a
shared encoder with a linear head learns how much discounted time a random walk will spend in the lit region. Because
the policy being evaluated is the uniform one, ordinary off-policy temporal differences on any log will do. In a small
MDP with enough tasks the features approach the smooth eigenvectors known as proto-value functions; with convolutions
the same recipe works from Atari pixels. Freeze the encoder, and a linear layer learns a new reward from comparatively
little interaction. It fits whenever rewards arrive late, change often or are expensive to query. The catches: a
uniform target may diverge when the log is narrow, tasks and width should grow together, and random networks latch on
to whatever varies most, a clock for instance. Scores per game could not be checked here.`,
  method: [
    {
      text: String.raw`What is predicted: the discounted time spent in a set $\mathcal S$ under the uniform random policy, which is the action value for the reward "inside the set".`,
      tex: String.raw`\psi^\pi(s,a,\mathcal S)=\sum_{t\ge0}\gamma^t\,\Pr(s_t\in\mathcal S\mid s_0=s,a_0=a,\pi)`,
    },
    {
      text: 'Sets come from frozen random networks $f_i$ with a learned threshold $b_i$. Quantile regression sets the threshold so that a share $p$ (one in a hundred) of the data is active.',
      tex: String.raw`r_i(o)=\mathbb 1[u>0],\quad u=f_i(o)+b_i,\qquad \ell_{QR}(u)=u\,\big((1-p)-\mathbb 1[u<0]\big)`,
    },
    {
      text: 'One logged transition trains all heads at once; the target averages the values of a slowly moving copy over all actions.',
      tex: String.raw`y_i=r_i(o)+\gamma(1-\mathrm{done})\,\frac1{|A|}\sum_{a'}\hat Q_i^{-}(o',a'),\qquad \mathcal L_{TD}=\frac1n\sum_i\tfrac12\big(y_i-\hat Q_i(o,a)\big)^2`,
    },
    {
      text: String.raw`Why random sets suffice: their second moment is a multiple of the identity plus a constant, so on average the task values have the principal components of $\Psi=(I-\gamma P^{\pi_u})^{-1}$ (our derivation).`,
      tex: String.raw`\mathbb E[\Psi rr^\top\Psi^\top]=p(1-p)\,\Psi\Psi^\top+\frac{p^2}{(1-\gamma)^2}\mathbf 1\mathbf 1^\top`,
    },
    {
      text: 'Afterwards the encoder is frozen, and only a linear action value on its features is trained on the true reward.',
    },
  ],
  pitfalls: [
    'Rewards depend on the current observation, not the next; moving them by one step changes the fixed point.',
    'Let thresholds warm up alone. At first every task is always on, and all values sit at 1/(1 − γ).',
    'A final ReLU in the random networks makes many outputs tie at zero, and the quantile threshold jumps.',
    'The active share must exceed one over the number of distinct states, or a task never fires.',
    'If the log covers few actions, learning for the uniform policy may diverge; watch the mean prediction against its bound.',
    'A clock or another dominant input takes over random networks, which then pick out times instead of places.',
  ],
  claims: {
    'linear-control-competes': {
      statement:
        'A linear layer on frozen features competes with established deep agents on little reward interaction.',
      reported: 'about 4M reward-interaction frames',
      setting: 'Arcade Learning Environment, offline pretraining on the DQN Replay Dataset',
      baseline: 'DQN- and Rainbow-type agents trained for more frames',
      test: 'experiment',
      judged:
        'Rule (i), four-rooms analogue: score of PVN with 64 tasks minus end-to-end DQN above zero at 2000 interactions; paired bootstrap over seeds and goals, clustered by seed, 95%, 10 seeds (3 in quick). Refuted if the interval lies below zero.',
    },
    'richer-than-other-objectives': {
      statement: 'The features serve a linear learner better than those of other reward-free objectives.',
      reported: 'qualitative',
      setting: 'Arcade Learning Environment',
      baseline: 'random cumulants, behaviour cloning, contrastive and similar objectives',
      test: 'experiment',
      judged:
        'Rule (ii): PVN(64) − random encoder and PVN(64) − autoencoder both above zero; clustered paired bootstrap, 95%. Refuted if an interval lies below zero.',
    },
    'more-tasks-help': {
      statement: 'More tasks and a larger network improve the features together, and each alone helps less.',
      reported: 'qualitative (experiments centre on 100 tasks)',
      setting: 'Arcade Learning Environment',
      baseline: 'small networks, few tasks',
      test: 'experiment',
      judged:
        'Rule (iii) covers tasks: PVN(64) − PVN(4) above zero. The interaction with width is shown as a heat map without a gate.',
    },
    'recovers-proto-values': {
      statement: 'In a small MDP the method recovers proto-value functions.',
      reported: 'exact in the tabular limit',
      setting: 'small MDPs',
      baseline: 'leading singular vectors',
      test: 'experiment',
      judged:
        'Rule (iv), exact leg: the subspace distance to the top eight singular vectors at 256 tasks is below the one at 4 tasks for every seed.',
    },
    'random-networks-beat-hashes': {
      statement:
        'Sets drawn by thresholded random networks make better tasks than sets drawn by hashing the observation.',
      reported: 'qualitative',
      setting: 'Arcade Learning Environment',
      baseline: 'universal-hash indicators',
      test: 'record',
      judged: 'Our hash and random-cumulant arms are reported without a gate.',
    },
  },
});
