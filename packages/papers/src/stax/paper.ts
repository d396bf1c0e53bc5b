import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'stax',
  title: 'Discovering and Exploiting Sparse Rewards in a Learned Behavior Space',
  name: 'STAX',
  arxiv: '2111.01919',
  date: '2021-11-02',
  authors: ['Giuseppe Paolo', 'Miranda Coninx', 'Alban Laflaquiere', 'Stephane Doncieux'],
  venue: 'Evolutionary Computation 32(3), 2024',
  code: 'https://github.com/GPaolo/STAX',
  links: [{ label: 'journal article', url: 'https://doi.org/10.1162/evco_a_00343' }],
  tags: ['quality-diversity', 'learned behaviour descriptor', 'autoencoder', 'surprise', 'emitters', 'sparse reward'],
  rooms: ['explore', 'nn', 'env', 'assess'],
  summary: `An evolutionary search for tasks whose reward is almost always zero and where nobody knows which feature of behaviour to count. An autoencoder is trained on images from the rollouts; policies are kept because their code is far from the others or because they reconstruct badly. Whenever a policy collects reward, a small local evolution strategy (an emitter) starts there and climbs. Exploring and exploiting take turns with equal budgets, and after each retraining of the autoencoder everything stored is encoded anew. It fits simulators that are cheap to run, deterministic, and observable through a camera or a log. The catch: unpredictable pixels look surprising for ever and soak up half of the search, distances change with every retraining, and an untrained encoder may serve as well in simple worlds, so that arm has to be run. We could confirm qualitative results only, since the tables of the article were not accessible.`,
  method: [
    {
      text: String.raw`A rollout of genome $\theta$ yields $m$ views $o^{(j)}$ (by default the last frame only). Their codes form the behaviour descriptor.`,
      tex: String.raw`b(\theta)=\big[E_w(o^{(1)});\dots;E_w(o^{(m)})\big]\in\mathbb R^{10m}`,
    },
    {
      text: 'Two criteria drive exploration: novelty, the mean distance to the 15 nearest descriptors, and surprise, the reconstruction error. A coin flip picks one of them for each generation.',
      tex: String.raw`\eta(\theta)=\frac1{15}\sum_{j=1}^{15}\|b(\theta)-b_{(j)}\|_2,\qquad s(\theta)=\sum_{j=1}^m\frac1{|o|}\big\|o^{(j)}-D_w(E_w(o^{(j)}))\big\|_2^2`,
    },
    {
      text: 'Every policy with positive reward becomes the ancestor of an emitter: an elitist strategy whose mutation width is a third of the distance to the nearest genome. Emitters are tried briefly, kept if reward improves, and then chosen from the Pareto front of novelty and improvement.',
      tex: String.raw`\sigma_i=\tfrac13\min_{j\ne i}\|\theta_i-\theta_j\|,\qquad I_i=\max\big(0,\ \bar r_{\text{last 3}}-\bar r_{\text{first 3}}\big)`,
    },
    {
      text: 'The two phases alternate in chunks of 1,000 rollouts. The autoencoder is retrained after the first exploration chunk and then at growing intervals, on archives, population and latest offspring.',
    },
  ],
  pitfalls: [
    'Re-encode everything that is ever compared after retraining, emitter ancestors and buffers included; novelty from different trainings is on different scales.',
    'Surprise is drawn to noise. A flickering screen or a clock in the image attracts half of the generations.',
    'A rectifier on the decoder output can leave dark pixels without gradient; use a sigmoid for small images.',
    'In the released variant with an untrained encoder the population is never updated; a fair ablation has to select by novelty.',
    'The validation split holds near-duplicates of the training views, so it cannot detect overfitting to the archive.',
    'The emitter width is a norm used as a per-gene deviation; a per-dimension width did better in our pilot.',
  ],
  claims: {
    'matches-given-space': {
      statement: 'Learning the behaviour space on the way costs little compared with being told which space to use.',
      reported: 'qualitative: comparable performance',
      setting: 'three sparse-reward simulators (repository: curling, redundant arm, ant maze)',
      baseline: 'searches with a designed space: NS, SERENE, MAP-Elites, CMA-ME, NSGA-II',
      test: 'experiment',
      judged:
        'Rule (i), U-maze: sum of best rewards of STAX minus 0.8 times that of SERENE with the true descriptor has a lower bound above 0 (paired bootstrap over 10 seeds, 95%). Refuted if the upper bound is below 0.',
    },
    'learned-space-explores': {
      statement: 'Novelty in the learned codes spreads policies over the true space of behaviours.',
      reported: 'qualitative: high coverage',
      setting: 'the same simulators',
      baseline: 'true-descriptor novelty search (upper end), untrained encoder (lower end)',
      test: 'experiment',
      judged:
        'Rule (ii): coverage of STAX minus its untrained-encoder variant above 0 (paired bootstrap over seeds, 95%); otherwise the page says that random features suffice here.',
    },
    'emitters-exploit-discoveries': {
      statement: 'Emitters raise every reward that exploration finds, which exploration alone would not.',
      reported: 'qualitative: each discovered area reaches high reward',
      setting: 'the same simulators',
      baseline: 'exploration without emitters',
      test: 'experiment',
      judged:
        'Rule (iii): sum of best rewards, STAX minus TAXONS (no emitters), above 0 (paired bootstrap over seeds, 95%).',
    },
    'finds-rare-rewards': {
      statement: 'The search discovers rewards that undirected sampling misses, from images alone.',
      reported: 'qualitative: reward areas are discovered and exploited',
      setting: 'the same simulators, with observations as the only information',
      baseline: 'random search',
      test: 'experiment',
      judged:
        'Rule (iv): reward discs found, STAX minus random search, above 0 (paired bootstrap over seeds, 95%). Refuted if STAX finds fewer than novelty search on raw pixels with an interval below 0.',
    },
    'separate-phases': {
      statement: 'Keeping exploration and exploitation in separate phases matters.',
      reported: 'qualitative',
      setting: 'the same simulators',
      baseline: 'mixtures in a single objective',
      test: 'record',
      judged: 'Other schedulers are available as variants, but no rule compares them.',
    },
  },
});
