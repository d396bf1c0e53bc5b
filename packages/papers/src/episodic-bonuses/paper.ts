import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'episodic-bonuses',
  title: 'A Study of Global and Episodic Bonuses for Exploration in Contextual MDPs',
  otherTitles: ['Integrating Episodic and Global Novelty Bonuses for Efficient Exploration'],
  name: 'Global × episodic bonuses',
  arxiv: '2306.03236',
  date: '2023-06-05',
  authors: ['Mikael Henaff', 'Minqi Jiang', 'Roberta Raileanu'],
  venue: 'ICML 2023',
  code: 'https://github.com/facebookresearch/e3b',
  tags: [
    'intrinsic motivation',
    'contextual mdp',
    'count-based exploration',
    'random network distillation',
    'elliptical bonus',
    'procedural generation',
  ],
  rooms: ['explore', 'env', 'policy', 'assess'],
  summary: `When every episode brings a new level, novel can mean never seen in all of training or not yet seen today. The
first kind (counts, RND, NovelD) loses interest in a spot for good, which is right when valuable spots stay put and wrong
when they move from level to level. The second (first visits, E3B) starts afresh each episode, which is right when an
episode can cover the level and wasteful when it is short and several branches look equally new. Which one wins
follows from how much the value of a place varies between levels. Their product needs no such knowledge: it is decent
throughout, and with E3B as the episodic half it led on a MiniHack suite. Adding the two brings little, because the
global term fades while the episodic one stays. A good default for procedurally generated tasks with sparse reward, and
cheap to try. The catch: no combination is best everywhere, bonus scales need care, and counts depend on a feature that
you choose.`,
  method: [
    {
      text: 'The agent maximises task reward plus a weighted bonus. Counts $N$ run over all of training, $N_e$ over the current episode, on a chosen feature $\\psi$ of the state.',
      tex: String.raw`b_g(s)=\frac1{\sqrt{N(\psi(s))}},\qquad b_e(s)=\mathbf 1\big[N_e(\psi(s))=1\big],\qquad b_\times=b_e\,b_g`,
    },
    {
      text: 'With features instead of counts, the episodic part is an elliptical bonus whose matrix is reset every episode; the features come from an inverse-dynamics model.',
      tex: String.raw`b_{E3B}(s_t)=\phi(s_t)^\top C_{t-1}^{-1}\phi(s_t),\qquad C_{t-1}=\lambda I+\sum_{i=t_0}^{t-1}\phi(s_i)\phi(s_i)^\top`,
    },
    {
      text: 'The global part is the error of a network chasing a fixed random one; the two are multiplied and divided by a running deviation.',
      tex: String.raw`b=b_{E3B}\cdot b_{RND},\qquad b_{RND}(s)=\lVert f(s)-\bar f(s)\rVert_2^2`,
    },
    {
      text: 'As a diagnostic we normalise the variance of the value over contexts $c$ (the paper argues qualitatively): near 1 speaks against a global bonus, near 0 for it.',
      tex: String.raw`\mathrm{ctxVar}=\frac{\frac1{|\mathcal Z|}\sum_z\operatorname{Var}_c\big[V^\star_{\psi,c}(z)\big]}{\operatorname{Var}_{c,z}\big[V^\star_{\psi,c}(z)\big]}`,
    },
  ],
  pitfalls: [
    'The elliptical bonus of the first state is huge. The authors set it to zero, and so should you.',
    'Published counts are shared by all actors, the released code keeps one dictionary per actor; decide which you mean.',
    'Clipping the total reward after adding the bonus can drown the task reward when the bonus is near 1.',
    'A running deviation that approaches zero blows up a near-constant bonus: put a floor under it.',
    'Do not let evaluation episodes enter the counts.',
    'A sum of both bonuses quietly turns episodic, since its global part decays.',
  ],
  claims: {
    'episodic-wins-unseen': {
      statement:
        'When no level repeats and valuable places move, a first-visit bonus still works where a lifetime count fails.',
      reported: 'about 0.87 ± 0.10 at infinitely many contexts',
      setting: 'MiniHack-MultiRoom-N6-Lava, feature = position',
      baseline: 'global bonus, 0.00 ± 0.00',
      test: 'experiment',
      judged:
        'Part (i), lava paths with unlimited contexts, tabular Q(λ), best α per cell, 20 seeds, paired bootstrap: goal rate, episodic − global, above 0 (95%). Refuted if the sign is reversed with an interval that excludes 0.',
    },
    'global-degrades': {
      statement: 'A lifetime count loses its effect as the number of different levels grows.',
      reported: '0.99 ± 0.00 with one context down to 0.00 ± 0.00 with infinitely many',
      setting: 'MiniHack-MultiRoom-N6-Lava, feature = position',
      baseline: 'the same bonus with a single context',
      test: 'experiment',
      judged: 'Part (ii), same leg: global at one context − global at unlimited contexts above 0 (95%).',
    },
    'global-wins-singleton': {
      statement: 'With one fixed level, short episodes and several equivalent branches, the lifetime count wins.',
      reported: 'success across seeds against inconsistent success',
      setting: 'MiniHack-Corridor-R5, one context',
      baseline: 'episodic bonus, which finds one of M branches by chance 1/M',
      test: 'experiment',
      judged:
        'Part (iii), four corridors with a horizon of exactly one corridor: global − episodic above 0 (95%). Refuted if the sign is reversed with an interval that excludes 0.',
    },
    'product-robust': {
      statement: 'Multiplying the two is good wherever either of them is good.',
      reported: 'good on all three tasks (qualitative)',
      setting: 'count bonuses on lava rooms, corridors and key rooms',
      baseline: 'each bonus alone',
      test: 'experiment',
      judged:
        'Part (iv): the minimum over the three legs is higher for the product than for each single bonus (95% interval). Refuted if both single minima exceed that of the product.',
    },
    'product-beats-sum': {
      statement: 'The product brings a gain that adding the two bonuses does not.',
      reported: 'no meaningful gain from additive combinations',
      setting: '16 MiniHack tasks, tuned mixing weight',
      baseline: 'E3B + β·global',
      test: 'experiment',
      judged: 'Part (v), corridors: goal rate, product − sum, above 0 (95% interval over seeds).',
    },
    'shared-features': {
      statement: 'If the feature means the same in every level, both bonuses work.',
      reported: 'both succeed',
      setting: 'KeyRoom-S10, feature = message, infinitely many contexts',
      baseline: 'no bonus',
      test: 'record',
      judged: 'Key-door rooms are a leg of (iv), where the scores are reported; this claim has no rule of its own.',
    },
    'minihack-suite': {
      statement:
        'With learned features the product of E3B and RND or NovelD beats E3B in mean and median over a suite.',
      reported: 'statistically significant (bars only, no figures available)',
      setting: '16 MiniHack tasks (18 in the first version), 50M frames, 5 seeds, interquartile mean',
      baseline: 'E3B, IMPALA, RND, ICM, RIDE, NovelD',
      test: 'record',
      judged: 'Needs MiniHack and 50M frames a run. Our PPO leg reports the interquartile mean without a verdict.',
    },
    'pixels-mixed': {
      statement: 'On pixels the better single bonus depends on the task, and the product lies between them on both.',
      reported: "qualitative: E3B ahead on Habitat, RND ahead on Montezuma's Revenge",
      setting: "Habitat and Montezuma's Revenge",
      baseline: 'single bonuses',
      test: 'record',
      judged: 'Pixel simulators are out of our reach.',
    },
  },
});
