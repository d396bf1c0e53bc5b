import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'research-idea',
  title: 'Learning to Generate Research Idea with Dynamic Control',
  otherTitles: ['LDC: Learning to Generate Research Ideas with Dynamic Control'],
  name: 'LDC',
  arxiv: '2412.14626',
  date: '2024-12-19',
  authors: ['Ruochen Li', 'Liqiang Jing', 'Chi Han', 'Jiawei Zhou', 'Xinya Du'],
  venue: "EMNLP 2026 (according to the authors' repository)",
  code: 'https://github.com/du-nlp-lab/LDC',
  tags: ['multi-objective rlhf', 'controllable generation', 'reward models', 'steering', 'ideation', 'ppo'],
  rooms: ['model', 'reward', 'policy', 'search', 'judge'],
  summary: `A proposal should be new, practicable and likely to work, and pushing one of these tends to hurt another.
Instead of fixing a weighted sum beforehand, this work keeps the axes apart all the way through. A language model
first imitates real follow-up ideas, each paired with the paper it builds on. Three reward models, distilled from the
reviews of several thousand conference submissions, then score novelty, feasibility and effectiveness, and
reinforcement learning fits one small steering module per axis, whose strength can be turned up or down at generation
time. A sentence-level decoder sets the three dials as the text unfolds, so that a method sentence may be daring and a
plan sentence sober. The pattern carries over to any writing task with conflicting qualities. Two warnings. The labels
are a language model's reading of reviews rather than the reviewers' own scores. And neither training code nor result
tables were available to us: the steering and decoder equations below are our reconstruction, and the claims are
qualitative.`,
  method: [
    {
      text: 'Stage one is plain imitation: given title and abstract of a supporting paper $x$, write the method and experiment plan $y$ of the paper that followed it.',
      tex: String.raw`\mathcal L_{\mathrm{SFT}}=-\sum_t\log\pi_\theta(y_t\mid x,y_{<t})`,
    },
    {
      text: String.raw`Each axis gets a controller, a low-rank linear map $W_d$ on the last hidden state $c_t$, scaled by a strength $\epsilon_d$ (reconstruction in the style of linear steering).`,
      tex: String.raw`c'_t=c_t+\sum_{d\in\{n,f,e\}}\epsilon_d\,W_d\,c_t`,
    },
    {
      text: 'Controllers are trained by PPO, one axis per batch with its strength at one, against the reward model of that axis minus a KL penalty (reconstruction).',
      tex: String.raw`r_d(x,y)=R_d(x,y)-\beta\,\mathrm{KL}(\pi_{\theta,\epsilon}\,\|\,\pi_{\mathrm{SFT}})`,
    },
    {
      text: 'At generation a recurrent decoder reads an embedding $z_j$ of every finished sentence and sets the strengths for the next one (reconstruction).',
      tex: String.raw`h_j=\mathrm{GRU}(h_{j-1},z_j),\qquad \epsilon^{(j+1)}=\epsilon_{\max}\,\sigma(Ah_j+b)`,
    },
  ],
  pitfalls: [
    'Scores that a model reads out of reviews are not reviewer scores; measure the correlation, and look for leaked accept or reject phrases.',
    'Novelty as distance to retrieved work pays for nonsense; pair it with a floor on effectiveness or grammar.',
    'Large strengths break fluency, as the linear map holds only locally; bound the shift and log perplexity.',
    'Controllers trained one by one need not add up; test combinations.',
    'A mean over axes conceals imbalance; show the weakest axis and the frontier as well.',
    'Judging with the family of models that wrote the training scores favours the trained system.',
  ],
  claims: {
    'knobs-move-their-axis': {
      statement: 'Each controller raises the quality it was trained for.',
      reported: 'qualitative',
      setting: 'static control on held-out papers',
      baseline: 'uncontrolled generation',
      test: 'experiment',
      judged:
        'Rule (i), IdeaWorld: slope on the own axis above zero for all three controllers, and larger than the absolute cross-talk for at least two; paired bootstrap over 5 seeds (1 in quick) and inputs, 95%. Refuted if it fails.',
    },
    'dynamic-beats-static': {
      statement: 'Setting the strengths sentence by sentence handles the trade-off better than constant strengths.',
      reported: 'qualitative',
      setting: 'sentence-level strengths',
      baseline: 'static strengths',
      test: 'experiment',
      judged:
        'Rule (ii), split world: true geometric mean, dynamic − best static (tuned on the truth), above zero, 95%. Refuted if it fails while tuned per-segment strengths succeed, as a learned decoder would then be unnecessary.',
    },
    'gain-comes-from-position': {
      statement: 'Dynamic control helps because different parts of an idea serve different axes.',
      reported: 'qualitative (argument of the authors)',
      setting: 'method sentences against experiment-plan sentences',
      baseline: null,
      test: 'experiment',
      judged:
        'Rule (iii), honesty check: in the mixed world, where every sentence affects all axes alike, the dynamic − static difference does not exceed that of the split world (expected near zero).',
    },
    'better-balanced-ideas': {
      statement: 'Imitation plus controllable RL yields better-balanced ideas than prompting or imitation alone.',
      reported: 'qualitative (result tables not available to us)',
      setting: 'held-out papers, model and human scoring',
      baseline: 'prompted models, SFT, RLHF without control',
      test: 'experiment',
      judged:
        'Rule (iv), small-scale analogue: hypervolume reached by the controllers minus that of conditioning tokens, reported with its sign. The approach is refuted if conditioning tokens dominate everything. Real ideas need real models and readers.',
    },
    'axes-conflict': {
      statement: 'Novelty and feasibility pull against each other.',
      reported: 'qualitative',
      setting: 'research ideas',
      baseline: null,
      test: 'model',
      judged: 'Our world has the conflict by construction, so only real reviews could confirm it.',
    },
    'data-scale': {
      statement: 'Several thousand recent submissions with reviews were turned into scored training ideas.',
      reported: '6,765 scored papers',
      setting: 'ICLR and NeurIPS 2023–2024',
      baseline: null,
      test: 'record',
      judged: 'A description of the data set.',
    },
  },
});
