import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'fl-gfn',
  title: 'Better Training of GFlowNets with Local Credit and Incomplete Trajectories',
  name: 'FL-GFN',
  arxiv: '2302.01687',
  date: '2023-02-03',
  authors: ['Ling Pan', 'Nikolay Malkin', 'Dinghuai Zhang', 'Yoshua Bengio'],
  venue: 'ICML 2023',
  code: 'https://github.com/ling-pan/FL-GFN',
  tags: ['gflownet', 'detailed balance', 'sub-trajectory balance', 'credit assignment', 'energy-based sampling'],
  rooms: ['credit', 'policy', 'reward', 'search'],
  summary:
    'GFlowNets draw objects, built up piece by piece, in proportion to a reward, which gives many good candidates instead of one. Their trouble is that the reward arrives with the last piece. If half-built objects have an energy of their own, that energy can be taken out of the state flow, and only the remainder has to be learnt. Each step then carries the energy difference it caused, so feedback is local, and even a construction broken off in the middle is usable data. Nothing changes about the distribution aimed at: the trick is a change of variables, the sampling cousin of potential-based shaping, and adds one term to detailed balance or sub-trajectory balance. Use it when partial scores are meaningful and cheap, for instance additive energies, docking proxies or process reward models. It costs one energy call per step, and when the partial energy swings wildly on the way the local signal misleads more than it helps.',
  method: [
    {
      text: String.raw`Detailed balance asks the flow $F$ of a state, pushed forward by the policy, to equal the flow of its child pulled back; finished objects have flow $R(x)=e^{-\mathcal E(x)}$.`,
      tex: String.raw`\delta_{\rm DB}=\log F(s)+\log P_F(s'\mid s)-\log F(s')-\log P_B(s\mid s')`,
    },
    {
      text: String.raw`The energy, extended to unfinished states, is taken out of the flow; a network learns only the forward-looking factor $\tilde F$, fixed to 1 on finished objects.`,
      tex: String.raw`\log F(s)=-\mathcal E(s)+\log\tilde F(s),\qquad \tilde F(x)=1`,
    },
    {
      text: String.raw`Substitution leaves the energy change of the step, $\mathcal E(s\to s')=\mathcal E(s')-\mathcal E(s)$, as an extra term of the residual.`,
      tex: String.raw`\delta_{\rm FL\text{-}DB}=\log\tilde F(s)+\log P_F(s'\mid s)-\log\tilde F(s')-\log P_B(s\mid s')+\mathcal E(s\to s')`,
    },
    {
      text: String.raw`The sub-trajectory form sums the same terms between any two states of a path, weighted by $\lambda^{j-i}$.`,
      tex: String.raw`\delta_{ij}=\log\tilde F(s_i)-\log\tilde F(s_j)+\sum_{k=i}^{j-1}\Big[\log\frac{P_F(s_{k+1}\mid s_k)}{P_B(s_k\mid s_{k+1})}+\mathcal E(s_k\to s_{k+1})\Big]`,
    },
    {
      text: String.raw`Training minimises the squared residuals over the transitions at hand. A transition needs no finished object, so prefixes count; some terminal steps must still be seen to pin down $\tilde F$.`,
    },
  ],
  pitfalls: [
    'Pin the forward-looking flow to 1 at finished objects. The released set code leaves it free and the molecule code lets it cancel, so that the result depends on initialisation.',
    'Objects that may stop at any length need an explicit stop step; a state and the finished object that looks like it are not the same node.',
    'Partial energies that swing along the path give noisy or wrong local credit; learned energy decomposition (arXiv 2310.03301) was proposed for such cases.',
    'The energy is called at every step instead of once per object. Compare methods at equal energy calls as well as equal updates.',
    'The sign of the step energy is easily flipped: test on a two-step toy whose answer is known.',
    'Mask invalid actions before the softmax; multiplying by large numbers loses precision in single floats.',
  ],
  claims: {
    'converges-faster': {
      statement: 'With local energies in the residual, the sampler approaches its target in fewer updates.',
      reported: 'qualitative (tables not accessible)',
      setting: 'set generation with 30, 80 and 100 elements; more high-reward objects found',
      baseline: 'trajectory balance, detailed balance, sub-trajectory balance',
      test: 'experiment',
      judged:
        'Sets with an exact target (14 elements, choose 7): area under the log total-variation curve, DB − FL-DB, TB − FL-DB and SubTB − FL-SubTB all above 0 (paired bootstrap over seeds, 95%), each method tuned on its own seeds. Refuted if DB − FL-DB has its interval below 0.',
    },
    'learns-from-prefixes': {
      statement: 'It can train on constructions that were broken off, which the usual objectives cannot use.',
      reported: 'qualitative',
      setting: 'truncated trajectories',
      baseline: 'the same objectives without the forward-looking factor',
      test: 'experiment',
      judged:
        'Exact sets with 90% of trajectories cut at a uniform length: final total variation, best of TB, DB and SubTB minus FL-DB, above 0 (paired bootstrap over seeds, 95%).',
    },
    'same-optimum': {
      statement: 'The gain is one of credit only: the distribution at the optimum is unchanged.',
      reported: 'follows from the change of variables',
      setting: 'theory',
      baseline: 'detailed balance',
      test: 'experiment',
      judged:
        'Exact sets with the learning rate annealed to 0: final total variation of FL-DB not larger than that of DB by more than 0.02. A task with a misleading partial energy is reported beside it, where the advantage should shrink or reverse.',
    },
    'gap-grows-with-length': {
      statement: 'The longer the construction, the larger the advantage.',
      reported: 'qualitative',
      setting: 'set generation, small to large',
      baseline: 'TB, DB, SubTB',
      test: 'record',
      judged: 'A sweep over sets of 3, 5 and 7 elements is shown, but no rule was fixed for it.',
    },
    'more-modes': {
      statement: 'More of the known modes are discovered in bit-sequence generation.',
      reported: 'qualitative (numbers not confirmed)',
      setting: 'bit sequences with rewards by distance to a set of modes',
      baseline: 'DB, SubTB, TB',
      test: 'record',
      judged: 'Mode definitions and prefix energies of the task could not be recovered.',
    },
    'better-molecules': {
      statement: 'The best molecules score higher while their diversity is kept.',
      reported: 'qualitative (tables not accessible)',
      setting: 'fragment-based molecule design, sEH docking proxy',
      baseline: 'DB, TB and others',
      test: 'model',
      judged: 'Needs the pretrained docking proxy.',
    },
  },
});
