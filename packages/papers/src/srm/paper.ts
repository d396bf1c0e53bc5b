import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'srm',
  title:
    'What Are Step-Level Reward Models Rewarding? Counterintuitive Findings from MCTS-Boosted Mathematical Reasoning',
  name: 'SRM input ablation',
  arxiv: '2412.15904',
  date: '2024-12-20',
  authors: ['Yiran Ma', 'Zui Chen', 'Tianqiao Liu', 'Mi Tian', 'Zhuo Liu', 'Zitao Liu', 'Weiqi Luo'],
  venue: 'AAAI 2025',
  code: null,
  tags: ['step-level reward model', 'mcts preference data', 'input ablation', 'pairwise ranking', 'greedy search'],
  rooms: ['search', 'model', 'assess'],
  summary: `An audit of what step scorers for mathematics look at. Every reasoning step is split into a sentence that says what to do and a formula that does it. Four scorers are trained on the same tree-search preferences but see different fields, and each steers the same greedy search. The formula-only scorer keeps up with the one that sees everything; a scorer limited to the newest formula loses points; a scorer asked to rate the next sentence before it is carried out hardly helps on most settings. So drop the sentences, show all formulas so far, and score a step after it has been carried out. The general idea, asking which fields a reward model may see and what that costs, is a cheap test for any scorer. The catch: "no difference" in the paper rests on non-significant t-tests, the formulas contain the plan anyway, and the sentence scorer is disadvantaged by luck of execution that it cannot see. We found no code.`,
  method: [
    {
      text: 'Reasoning is a decision process: the state holds thoughts and expressions so far, an agent model proposes the next thought, and a world model executes it into the next expression.',
      tex: String.raw`s_i=(T_k,E_k)_{k=0}^i,\qquad a_i=T_{i+1},\qquad s_{i+1}=s_i\cup(T_{i+1},E_{i+1})`,
    },
    {
      text: 'Preferences come from Monte Carlo tree search with six children per node and 500 iterations per problem; $c$ counts correct outcomes and $N$ visits. Pairs of nodes are kept when their values differ by more than 0.7.',
      tex: String.raw`\arg\max_{s'}\ \frac{c(s')}{N(s')}+w_{\exp}\sqrt{\frac{\log N(s)}{N(s')}},\qquad V(s)=\frac{c(s)}{N(s)}`,
    },
    {
      text: 'Four scorers share base model and pairs: full context, mathematics only, newest expression only, and next thought before execution. All use a ranking loss.',
      tex: String.raw`\mathcal L=-\log\sigma\big(V(s^+)-V(s^-)\big)`,
    },
    {
      text: 'Each scorer guides beam search: sample $c$ thoughts for each of $B$ states, execute them, and keep the $B$ best. The main setting is greedy, $B=1$ with $c=5$.',
    },
  ],
  pitfalls: [
    'A formula carries operands and operation, so hiding the prose does not hide the plan.',
    'Values from few visits make noisy pairs; a larger margin buys cleaner labels with fewer data.',
    'Pairs from different depths teach depth and not quality. Prefer siblings.',
    'The thought scorer is trained on outcomes that also depend on execution luck: what looks like a weakness in language may be missing information.',
    'A non-significant t-test is no evidence of equality; fix an equivalence margin beforehand.',
    'Search under these scorers shortens solutions; compare at matched length.',
  ],
  claims: {
    'prose-unneeded': {
      statement: 'A scorer that sees only the formulas steers the search as well as one that also sees the sentences.',
      reported: 'GSM8K 86.20 and 85.82, MATH 38.58 and 39.64 (DeepSeek base); t-tests p = 0.86, 0.89, 0.44, 0.45',
      setting: 'Llama-3-8B-Instruct policy, greedy search with five candidates; two scorer bases',
      baseline: 'full-context scorer',
      test: 'experiment',
      judged:
        'C1: equivalence test, the 95% interval of formula-only minus full-context search accuracy lies inside ±2 points (paired bootstrap over at least 6 seeds). Refuted if full context leads by more than 2 points; if the formulas lead by more, inconclusive.',
    },
    'coherence-is-judged': {
      statement: 'Earlier formulas matter: seeing only the newest one costs accuracy.',
      reported: '+2.0 to +3.7 points in all four cells',
      setting: 'GSM8K and MATH, DeepSeek-Math-7B and Qwen2-7B as scorer bases',
      baseline: 'newest-expression scorer',
      test: 'experiment',
      judged:
        'C2: search accuracy of the formula chain minus the newest formula alone above 0 (paired bootstrap over at least 6 seeds, 95%). Refuted if the single formula does as well. It also lacks the problem; a control that has it is shown beside.',
    },
    'plans-hard-to-judge': {
      statement: 'Rating a sentence that proposes the next step, before it is executed, is a weak guide.',
      reported: 'gain −0.18 and +0.24 on MATH, +0.91 on GSM8K; but +3.26 on GSM8K with Qwen2',
      setting: 'gain over three-shot pass@1 (78.47 and 31.16)',
      baseline: 'formula-only scorer; no search',
      test: 'experiment',
      judged:
        'C3: thought scorer minus formula scorer below 0, and its gain over unguided sampling includes 0 or stays below 2 points (95%, at least 6 seeds). Inconclusive if the thought scorer ranks held-out pairs no better than chance: then it has not learned to read. Templated prose may be too easy; then it reads as not reproduced at this scale.',
    },
    'weak-guides-strong': {
      statement: 'A scorer built from data of an 8B policy still improves a 70B policy.',
      reported: 'GSM8K 90.37 to 92.95, MATH 48.48 to 54.12',
      setting: '70B policy, formula-only scorer',
      baseline: 'unguided 70B policy',
      test: 'model',
      judged: 'A stronger toy policy is guided for illustration; the claim is about the 70B model.',
    },
    'wider-search-plateaus': {
      statement: 'More beams and candidates add little.',
      reported: '85.82/39.64 (1,5), 85.90/40.06 (1,10), 88.17/40.24 (3,10)',
      setting: 'formula-only scorer, DeepSeek base, GSM8K/MATH',
      baseline: 'greedy search with five candidates',
      test: 'record',
      judged: 'The sweep is run on three seeds and shown without a rule.',
    },
    'base-model-matters': {
      statement: 'The base of the scorer matters in ways its own mathematical skill does not predict.',
      reported: 'qualitative: the Llama-3-8B base is worst despite its ability',
      setting: 'four scorer bases',
      baseline: null,
      test: 'model',
      judged: 'A comparison of real pre-trained models.',
    },
    'shorter-paths': {
      statement: 'Guided search prefers shorter solutions.',
      reported: 'qualitative',
      setting: 'path lengths under guided search',
      baseline: 'unguided sampling',
      test: 'record',
      judged: 'Mean path length is reported beside accuracy, with no verdict.',
    },
  },
});
