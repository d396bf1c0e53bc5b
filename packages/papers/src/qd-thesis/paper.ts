import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'qd-thesis',
  title: 'Learning in Sparse Rewards settings through Quality-Diversity algorithms',
  name: 'TAXONS and SERENE',
  arxiv: '2203.01027',
  date: '2022-03-02',
  authors: ['Giuseppe Paolo'],
  venue: 'PhD thesis, Sorbonne Université',
  code: 'https://github.com/GPaolo/STAX',
  links: [
    { label: 'TAXONS', url: 'https://github.com/GPaolo/taxons' },
    { label: 'SERENE', url: 'https://github.com/GPaolo/SERENE' },
    { label: 'Novelty Search', url: 'https://github.com/GPaolo/novelty_search_gym' },
  ],
  tags: [
    'novelty search',
    'quality-diversity',
    'sparse reward',
    'behaviour descriptor',
    'path signature',
    'evolutionary emitters',
  ],
  rooms: ['explore', 'env', 'nn', 'assess'],
  summary: `If the reward is zero nearly everywhere, there is no slope to climb, but one can still collect policies
that behave differently until some of them hit something. That is Novelty Search, and this thesis takes away two of
its burdens. The first is choosing the space in which behaviours are compared: TAXONS learns it, with an autoencoder
on the final image of an episode, and also follows reconstruction error as a sign of the unfamiliar. Where a single
snapshot is not enough, a path signature summarises the entire trajectory. The second is that Novelty Search shrugs
when it finds reward: SERENE alternates between searching widely and sending out small local evolution runs, called
emitters, from each rewarding policy. A third method, STAX, joins the two and has an entry of its own. Everything is
free of gradients and trivially parallel, which suits simulators with small controllers; half a million rollouts is
the scale to expect. Exact figures of the thesis could not be checked, so its claims are read here as orderings.`,
  method: [
    {
      text: 'Novelty of a policy is its mean distance, in descriptor space, to the $k=15$ nearest others among population, offspring and archive; the most novel survive and a few random offspring enter the archive.',
      tex: String.raw`\eta(\theta)=\frac1k\sum_{j=1}^{k}\lVert b(\theta)-b_{(j)}\rVert_2`,
    },
    {
      text: 'TAXONS takes the code of the last observation as descriptor and flips a coin per generation between novelty and surprise. The encoder is retrained at intervals, after which the archive must be encoded afresh.',
      tex: String.raw`b=\mathrm{enc}(o_T),\qquad s=\lVert o_T-\mathrm{dec}(\mathrm{enc}(o_T))\rVert^2`,
    },
    {
      text: String.raw`The path signature describes the whole trajectory by iterated integrals; at order two, one update per segment with increment $\Delta$ suffices.`,
      tex: String.raw`S^{ij}\mathrel{+}=S^i\Delta^j+\tfrac12\Delta^i\Delta^j,\qquad S^i\mathrel{+}=\Delta^i`,
    },
    {
      text: String.raw`SERENE splits the budget into equal chunks of exploring and exploiting. A rewarding policy founds an emitter that mutates with step $\sigma_i$ and is kept only if its rewards improve.`,
      tex: String.raw`\sigma_i=\tfrac13\min_{j\ne i}\lVert\theta_i-\theta_j\rVert_2,\qquad I_i=\max\big(0,\ \overline r_{\text{last 3}}-\overline r_{\text{first 3}}\big)`,
    },
    {
      text: 'Which emitter runs next is drawn from the first Pareto front of ancestor novelty and improvement; what it finds feeds both a reward archive and, in part, the novelty archive.',
    },
  ],
  pitfalls: [
    'The emitter step uses a norm over all genes as the deviation of each gene, so it mutates more coarsely than the search around it; divide by the root of the genome length.',
    'Recompute archived descriptors whenever the encoder changes, or distances mix two spaces.',
    'Counting everything ever evaluated gives more coverage than counting the archive, so name the one you plot; and put obstacles in the world, for without them random search fills the grid as well.',
    'Signatures forget the starting point, their terms differ widely in scale, and they explode with order; standardise them and stay at order two.',
    'Stochastic environments break the habit of evaluating once; average or re-evaluate archive members.',
    'Nearest neighbours cost quadratic time in the archive; use a tree or hashing.',
  ],
  claims: {
    'novelty-covers-more': {
      statement:
        'Selecting for novelty reaches far more of the behaviour space than random search or selection by a rarely firing reward.',
      reported: 'qualitative (the premise of the thesis)',
      setting: 'sparse-reward simulations',
      baseline: 'random search, fitness-only search',
      test: 'experiment',
      judged:
        'Rule A, U-maze: coverage of Novelty Search minus random above zero and minus fitness-only above zero; paired bootstrap 95% over 12 seeds (4 in quick). Refuted by an opposite sign with an interval excluding zero.',
    },
    'emitters-exploit': {
      statement:
        'SERENE finds all reward areas about as fast as Novelty Search and climbs higher in each, even where methods driven by reward never arrive.',
      reported: 'qualitative ordering',
      setting: 'curling, hard maze, redundant arm, ant maze',
      baseline: 'NS, NSGA-II, CMA-ES, MAP-Elites, CMA-ME',
      test: 'experiment',
      judged:
        'Rule B: sum of best rewards over the four discs, SERENE (scale-corrected step) − NS, above zero while coverage is at least 0.8 of that of NS; paired bootstrap 95%. The published step rule is reported too.',
    },
    'trajectory-descriptors': {
      statement:
        'Describing the whole trajectory, for instance by its signature, removes the need to decide when to look.',
      reported: 'qualitative',
      setting: 'descriptor study of the thesis',
      baseline: 'last observation',
      test: 'experiment',
      judged:
        'Rule C, in a variant where the informative event is mid-episode: at least one whole-trajectory descriptor minus last observation above zero in coverage; paired bootstrap 95%.',
    },
    'learned-descriptor': {
      statement:
        'With a learned descriptor the search covers much of the space of true outcomes although nobody described that space to it.',
      reported: 'qualitative: below NS with the true descriptor, above untrained, random and policy-space descriptors',
      setting: 'billiard, maze, ant',
      baseline: 'NS with the true descriptor; PS, RBD, NT, random search',
      test: 'experiment',
      judged:
        'Rule D: coverage of TAXONS minus an untrained encoder above zero, and NS with the true descriptor minus TAXONS at least zero; paired bootstrap 95%.',
    },
    'novelty-and-surprise': {
      statement: 'Novelty and surprise both help, and together they are more robust than either alone.',
      reported: 'qualitative',
      setting: 'billiard, maze, ant',
      baseline: 'TAXO-N, TAXO-S',
      test: 'record',
      judged: 'Both ablations run in leg D and are plotted; no rule is attached.',
    },
    'separation-avoids-deception': {
      statement: 'Keeping exploration and exploitation apart avoids both deception and wasted evaluations.',
      reported: 'qualitative',
      setting: 'same worlds as SERENE',
      baseline: 'quality-diversity in a single loop',
      test: 'record',
      judged:
        'An interpretation of the comparison in leg B; MAP-Elites and NSGA-II are reported there without a rule of their own.',
    },
  },
});
