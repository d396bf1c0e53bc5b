import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'moose-chem2',
  title: 'MOOSE-Chem2: Exploring LLM Limits in Fine-Grained Scientific Hypothesis Discovery via Hierarchical Search',
  name: 'MOOSE-Chem2',
  arxiv: '2505.19209',
  date: '2025-05-25',
  authors: [
    'Zonglin Yang',
    'Wanhao Liu',
    'Ben Gao',
    'Yujie Liu',
    'Wei Li',
    'Tong Xie',
    'Lidong Bing',
    'Wanli Ouyang',
    'Erik Cambria',
    'Dongzhan Zhou',
  ],
  venue: 'NeurIPS 2025',
  code: 'https://github.com/ZonglinY/MOOSE-Chem2',
  tags: ['llm-as-judge', 'pairwise comparison', 'hill climbing', 'coarse-to-fine search', 'hypothesis generation'],
  rooms: ['search', 'judge', 'assess'],
  summary:
    'A vague research idea becomes useful when it names reagents, amounts and conditions. MOOSE-Chem2 treats the filling-in as hill climbing with a judge as the only compass: propose one edit, ask whether the new version beats the last, keep it if so, stop after a few refusals. Climbing through all details at once gets stuck, so the search settles one level of abstraction after another (five for chemistry, from mechanism to conditions), climbs from several starts on each and merges what it finds. The authors hold that judging an abstract version averages over its concretisations and so smooths the landscape. Nothing in the recipe is chemical; plans, prompts and reward code can be refined the same way with a chat endpoint. The catch: the judge that steers also tends to mark, novelty does not improve, and the compared methods spent between 4 and 29 times fewer steps, so an equal-budget test is still owed.',
  method: [
    {
      text: 'A detailed hypothesis is the coarse one $h_c$ plus edits $D^{*}$; the search factorises over levels $i$, each conditioned on what was settled above.',
      tex: String.raw`P(h_f\mid b,h_c)=\prod_{i=1}^{p}P\big(D^{*(i)}\mid b,h_c,D^{*(<i)},D^{(i)}\big)`,
    },
    {
      text: 'Within a level, one edit at a time is proposed, criticised, revised and compared with the current version; after $k$ refusals in a row the line has reached a local optimum.',
      tex: String.raw`h\leftarrow h'\ \text{ if }\ h'\succ_{J}h,\qquad \text{stop after }k\text{ refusals}`,
    },
    {
      text: 'Three lines per level start independently. A tournament picks the best end point, and a recombining climb, shown all local optima, tries to improve on it before the search moves to the next level.',
    },
    {
      text: 'The comparison is a single call or a committee of three identical judges; when they disagree, a fourth call weighs their reasons and settles it.',
    },
    {
      text: 'Against the expert hypothesis, each reference component is scored 0 to 3 for recall.',
      tex: String.raw`\mathrm{Soft}=\frac{\#\{\text{score}>0\}}{n_{\rm ref}},\qquad \mathrm{Hard}=\frac{\sum\text{score}}{3\,n_{\rm ref}}`,
    },
  ],
  pitfalls: [
    'The climb compares in one fixed order, and judges favour positions. Measure how often an identical candidate is accepted; it should be close to never.',
    'The judge that steers will like the result. Evaluate with another judge, with people or with the truth.',
    'Detail can be bought with length; control for tokens.',
    'Methods in the paper differ by a factor of 4 to 29 in steps. Compare at equal calls.',
    'In a tournament with a running champion, early entries have the advantage and preferences may go in circles; play both orders.',
    'Reading the verdict as the first digit in free text misreads the reasons. Ask for JSON.',
  ],
  claims: {
    'beats-flat-search': {
      statement:
        'Descending level by level ends in better hypotheses than flat climbing with restarts and recombination.',
      reported:
        'against greedy with self-consistency: judge win/tie/lose 53.43/33.82/12.75%, experts 74.51/17.65/7.84%',
      setting: '51 chemistry questions, GPT-4o-mini, unequal numbers of steps',
      baseline: 'greedy with self-consistency (flat search with recombination)',
      test: 'experiment',
      judged:
        '(i) RecipeWorld, learned judge, coupling 0.5: true utility at equal calls, hierarchical minus flat with recombination, above 0 (paired bootstrap over instances and seeds, 95%). Refuted if this fails, or if a shuffled order of levels does as well.',
    },
    'abstraction-smooths': {
      statement:
        'The advantage comes from judges averaging over the ways in which an abstract version could be made concrete.',
      reported: 'argued',
      setting: 'reward landscape of a language-model judge',
      baseline: 'judging concrete versions only',
      test: 'experiment',
      judged:
        '(ii) RecipeWorld: the difference in (i) is larger with a judge that averages over completions than with one that fills in defaults (95%).',
    },
    'three-judges-or-one': {
      statement: 'A committee of three identical judges is a better compass than one judge.',
      reported:
        'recall 40.35/23.04 with three against 32.40/19.95 with one; pairwise even overall (82% ties), three ahead on novelty, one on feasibility',
      setting: '51 questions, 282 against 748 steps',
      baseline: 'a single judge',
      test: 'experiment',
      judged:
        '(iii) Utility of three judges minus one at equal calls, reported with its sign and interval; no pass mark.',
    },
    'judge-tracks-truth': {
      statement: 'What the judge prefers tends to be closer to the truth.',
      reported: 'qualitative; more steps help only up to a point',
      setting: 'judge preference against overlap with the expert hypothesis',
      baseline: null,
      test: 'experiment',
      judged: '(iv) Correlation across arms between judge preference and true utility above 0 (95%).',
    },
    'beats-greedy': {
      statement: 'Judge and experts prefer the hierarchical result to a greedy one, though not for its novelty.',
      reported:
        'overall 73.53/18.63/7.84% by the judge and 76.47/15.69/7.84% by experts; wins on effectiveness 74.51, detail 71.57, feasibility 67.65, novelty 41.18 (lost 40.20)',
      setting: '51 questions; the experts are two PhD students',
      baseline: 'greedy search',
      test: 'model',
      judged: 'Needs a real language model and expert readers.',
    },
    'recalls-more': {
      statement: 'More components of the expert hypothesis are found.',
      reported: 'soft/hard recall 40.35/23.04 in 282 steps',
      setting: '51 questions',
      baseline: 'greedy 16.60/9.92 (9.7 steps), self-consistency 31.53/17.73 (67.6 steps), MOOSE-Chem 19.99/11.98',
      test: 'model',
      judged: 'Needs a real language model; what counts as a step is not defined.',
    },
    'refusals-in-context-hurt': {
      statement: 'Putting refused candidates and their reasons into the prompt makes the search worse.',
      reported: 'recall 33.63/21.29 in 531 steps',
      setting: '51 questions',
      baseline: 'without them 40.35/23.04',
      test: 'model',
      judged: 'An effect of long contexts on a real model.',
    },
    'strong-committee-beats-mixed': {
      statement:
        'Three copies of the strongest judge serve better than a mixture, and a mixture better than three of the weakest.',
      reported: 'GPT-4o-mini, then mixed, then Gemini-1.5-flash',
      setting: 'pairwise by two evaluators',
      baseline: 'each other',
      test: 'model',
      judged: 'Needs the three real models.',
    },
  },
});
