import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'lucy-skg',
  title: 'Lucy-SKG: Learning to Play Rocket League Efficiently Using Deep Reinforcement Learning',
  name: 'Lucy-SKG',
  arxiv: '2305.15801',
  date: '2023-05-25',
  authors: ['Vasileios Moschopoulos', 'Pantelis Kyriakidis', 'Aristotelis Lazaridis', 'Ioannis Vlahavas'],
  venue: 'preprint',
  code: 'https://github.com/Enkhai/lucy-utils',
  links: [
    { label: 'reward analysis', url: 'https://github.com/Enkhai/rlgym-reward-analysis' },
    { label: 'bot and match parameters', url: 'https://github.com/Enkhai/Lucy' },
  ],
  tags: [
    'reward combination',
    'geometric mean',
    'potential-based shaping',
    'reward visualisation',
    'auxiliary tasks',
    'self-play',
  ],
  rooms: ['reward', 'assess', 'policy', 'env'],
  summary:
    'Some situations are good only if several things hold together: near the ball, moving towards it, lined up with the goal. A sum lets two of them pay while the third is hopeless. Lucy-SKG multiplies the components instead, as a geometric mean that turns negative as soon as one of them does, and it shapes each distance term by two parameters chosen while looking at the reward drawn over the arena or along recorded matches. The combinations serve as potentials for shaping; a leaner observation and two auxiliary losses (foresee the class of the next reward, rebuild the observation) do the rest. The resulting Rocket League bot beat the previous champions after a billion steps. What to take away is an AND for dense rewards, fit also for rubric scores, and the habit of inspecting a reward before training on it. The catch: components must share one range, the mean is infinitely steep at zero, and most match figures reached us second hand.',
  method: [
    {
      text: String.raw`The combination of components $R_i\in[-1,1]$ is their geometric mean in size; its sign is positive only when none of them is negative.`,
      tex: String.raw`R_c=\operatorname{sgn}(R)\Big(\prod_{i=1}^{n}|R_i|\Big)^{1/n},\qquad \operatorname{sgn}(R)=\begin{cases}+1&\text{all }R_i\ge 0\\-1&\text{otherwise}\end{cases}`,
    },
    {
      text: 'A distance $d$ is turned into a reward with a spread (dispersion $w_{dis}$) and a lift away from the target (density $w_{den}$). In this plain form only their product counts.',
      tex: String.raw`R_{dist}=\exp\Big(-\frac{d}{2\,c_d\,w_{dis}}\Big)^{1/w_{den}}`,
    },
    {
      text: String.raw`Weighted combinations make up a potential $\Phi$ that shapes the event rewards; with spirit $\tau=0.3$ the result is shared in the team, and the opponents' mean is subtracted.`,
      tex: String.raw`R'=R+\gamma\Phi(s')-\Phi(s),\qquad R''_i=(1-\tau)R'_i+\tau\,\overline{R'}_{\rm team}-\overline{R'}_{\rm opp}`,
    },
    {
      text: 'PPO carries two further losses: the class (positive, negative, none) of the coming reward from the last 20 observations, and reconstruction of the observation through a bottleneck.',
      tex: String.raw`\mathcal L=\mathcal L_{PPO}+\mathcal L_{RP}+\mathcal L_{SR}`,
    },
  ],
  pitfalls: [
    'Bring all components to [−1, 1]; an unscaled one rules the geometric mean.',
    'Near zero the mean is infinitely steep and the reward noisy. Add a small constant, or use it as a potential.',
    'Potentials are combined first and differenced afterwards; a combination of differences is another reward.',
    'The released shaping keeps the potential at terminal states. Set it to zero there for exact invariance.',
    'Subtracting the opponents’ mean gives a zero-sum game only for teams of equal size.',
    'Dispersion and density are one knob in the plain distance form; tune one.',
  ],
  claims: {
    'separates-contacts': {
      statement:
        'The multiplied reward ranks contacts by how they turn out better than the plain mean of the same terms.',
      reported: 'qualitative (arena plots and replay distributions)',
      setting: 'reward analysis without learning',
      baseline: 'mean of alignment, velocity and distance',
      test: 'experiment',
      judged:
        '(i) Disc football, 60,000 random states: Spearman correlation with the outcome among contacts, combination minus mean, above 0 (paired bootstrap over seeds, 95%).',
    },
    'beats-linear-reward': {
      statement: 'Shaping with multiplied components learns better than with their sum.',
      reported: 'the agent is worse with the linear reward of Necto',
      setting: 'Rocket League ablation',
      baseline: 'linear combination',
      test: 'experiment',
      judged:
        '(ii) Disc football, potential form of the same three terms: area under the score curve, combination minus mean, above 0 (95%). Beating nothing but the untuned mean weakens it; a tuned weighted mean that comes out ahead with an interval above 0 refutes it.',
    },
    'auxiliary-losses-help': {
      statement: 'Predicting rewards and rebuilding observations makes learning more sample-efficient.',
      reported: 'qualitative; reward prediction helps more (secondary source)',
      setting: 'Rocket League ablation',
      baseline: 'no auxiliary loss',
      test: 'experiment',
      judged: '(iii) Disc football: both losses minus none above 0 (paired bootstrap over seeds, 95%).',
    },
    'harder-to-farm': {
      statement: 'An agent cannot live off two good components while the third is bad.',
      reported: 'motivation; no figure',
      setting: 'dense rewards for situations that need several things at once',
      baseline: 'mean of the components',
      test: 'experiment',
      judged: '(iv) Direct rewards with a planted idle corner: time spent idle, mean minus combination, above 0 (95%).',
    },
    'beats-champion-bots': {
      statement: 'The bot beats its strongest predecessors after comparatively few steps.',
      reported: '300–4 matches against Necto after 1 billion steps; all matches against Nexto (secondary source)',
      setting: 'Rocket League from the default state; 1v1 by a secondary source, trained 2v2',
      baseline: 'Necto (champion of 2022) and Nexto',
      test: 'record',
      judged: 'Needs the game and billions of steps. A secondary 99.77% does not agree with 300–4 and is not used.',
    },
    'lean-observation': {
      statement: 'A smaller observation with five stacked actions doubles simulation speed at no loss.',
      reported: 'about 4,000 against 2,000 frames per second',
      setting: 'Rocket League training',
      baseline: 'full observation',
      test: 'record',
      judged: 'A property of the game interface.',
    },
  },
});
