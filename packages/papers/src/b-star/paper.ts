import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'b-star',
  title: 'B-STaR: Monitoring and Balancing Exploration and Exploitation in Self-Taught Reasoners',
  name: 'B-STaR',
  arxiv: '2412.17256',
  date: '2024-12-23',
  authors: ['Weihao Zeng', 'Yuzhen Huang', 'Lulu Zhao', 'Yijun Wang', 'Zifei Shan', 'Junxian He'],
  venue: 'ICLR 2025',
  code: 'https://github.com/hkust-nlp/B-STaR',
  links: [{ label: 'data', url: 'https://huggingface.co/AndrewZeng' }],
  tags: [
    'self-improvement',
    'rejection sampling',
    'star',
    'exploration-exploitation',
    'pass@k',
    'process reward model',
  ],
  rooms: ['policy', 'assess', 'reward'],
  summary: `Sample, filter, fine-tune, repeat: self-training climbs for a few rounds and then sits still. The authors blame
settings that stay frozen while the model changes. As it sharpens, it offers fewer different correct solutions, and the
filter separates good from bad less well. B-STaR measures both and condenses them into one number per query, high when
enough distinct correct answers are kept and few wrong ones slip in. Before each round it samples a few hundred training
queries at several temperatures, tries every reward threshold on those samples and takes the pair with the best average.
That costs one small extra sampling pass and needs no gradients, and the monitors alone are worth having: they say why a
run has stalled. It suits verifiable tasks with many valid solutions. The catch: the number relies on reference answers,
so without ground truth there is nothing to compute; it is greedy, round by round; and published gains carry no error
bars, so a random or ramped temperature belongs in the comparison.`,
  method: [
    {
      text: 'The loop under control is online rejection fine-tuning. With a process model, a response is kept when its combined reward exceeds the threshold $\\tau$.',
      tex: String.raw`r(x,\hat y)=\mathbf 1(\hat a=a^*)+\min_{\text{steps}}\mathrm{PRM}(x,\hat y),\qquad \min\mathrm{PRM}\in[-1,1],\qquad \text{keep if } r>\tau`,
    },
    {
      text: 'Exploration is watched by Pass@$K$-$S$ (at least $S$ distinct correct responses among $K$), exploitation by Reward@$K$-$S$ (the $S$ best-scored responses are all correct).',
    },
    {
      text: 'For query $i$, let $n_i$ responses be kept, of which $n_i^{\\prime}$ are correct and distinct; $N$ samples are wanted from $M$ queries. The cap keeps easy queries from dominating, the ratio punishes wrong survivors.',
      tex: String.raw`bs_i=\min\!\Big(\frac{n_i'}{n^\star},\,1\Big)\cdot\frac{n_i'}{n_i},\qquad n^\star=\Big\lceil\frac NM\Big\rceil`,
    },
    {
      text: 'Before round $i$ the controller maximises the average over a fixed subset $Q$. Temperatures need fresh samples; thresholds only re-filter them.',
      tex: String.raw`(t_i,\tau_i)=\arg\max_{t,\tau}\ \frac1{|Q|}\sum_{x\in Q}bs_x(t,\tau)`,
    },
  ],
  pitfalls: [
    'Count a query from which nothing survives as 0. If such queries are skipped, extreme thresholds look excellent because they retain the easy ones.',
    'Exact-text uniqueness exaggerates diversity; compare canonical forms of solutions.',
    'Adding the reference solution to every query, as the scripts do, masks queries that came up empty.',
    'With a weak process model a threshold below 0 lets wrong but well-scored answers through; the score sees it only thanks to ground truth.',
    'The settings at which a run ends are not good settings to start with: used throughout, they gave 18.2 on MATH against 23.2 for the defaults.',
    'Hosted fine-tuning often resets the optimiser between rounds, which silently changes the loop into another baseline.',
  ],
  claims: {
    'beats-online-rft': {
      statement:
        'Re-tuning temperature and threshold every round ends at higher accuracy than running the same loop with fixed defaults.',
      reported: 'pass@1: GSM8K 53.8, MATH 27.8 (pass@32 93.6 and 67.2, pass@32-4 81.0 and 42.2)',
      setting: 'Mistral-7B, 9 rounds, answer + process reward',
      baseline: 'online RFT: 46.8 and 23.2 (91.4 and 62.6, 76.5 and 39.2); best other MATH pass@1 24.4',
      test: 'experiment',
      judged:
        'Part (i), Countdown with a 150k-parameter GPT, 5 seeds, 6 rounds, extra samples charged: final greedy pass@1 of B-STaR minus online RFT has a paired-bootstrap 95% interval above 0. Refuted if not, or if a random configuration per round does as well.',
    },
    'beats-best-fixed': {
      statement: 'Adapting the two settings is better than any one fixed pair, even the best in hindsight.',
      reported:
        'MATH 27.8; the default static pair reaches 23.2, the final pair used throughout 18.2 (GSM8K 53.8, 46.8, 40.4)',
      setting: 'Mistral-7B, maths',
      baseline: 'fixed configurations from a grid; t = 1.1 with threshold −0.1 throughout',
      test: 'experiment',
      judged:
        'Part (ii): B-STaR minus the best of a 4×4 grid, chosen on the test metric itself, must not lie below −1 point (95% interval); whether it lies above 0, as the paper holds, is reported.',
    },
    'exploration-decays': {
      statement:
        'Under fixed settings the model keeps fewer and fewer different correct solutions, and gains level off early.',
      reported: 'qualitative; a process reward slows the decline',
      setting: 'case study on maths, Mistral-7B',
      baseline: 'earlier rounds of the same run',
      test: 'experiment',
      judged:
        'Part (iii), online RFT: Pass@16-3 in the last round minus its maximum over rounds is below 0 by the 95% interval over seeds and test questions.',
    },
    'score-predicts-gain': {
      statement: 'The balance score rises over training and marks configurations from which the model improves.',
      reported: 'score 0.470 to 0.679 over the run',
      setting: 'maths, Mistral-7B',
      baseline: null,
      test: 'experiment',
      judged:
        'Part (iv): the Spearman correlation over (seed, round, configuration) between the score and the pass@1 gain of the next round has a 95% interval above 0.',
    },
    'both-knobs-needed': {
      statement: 'Temperature and threshold each help a little, and together clearly more.',
      reported: 'MATH: temperature only 25.0, threshold only 24.6, both 27.8',
      setting: 'Mistral-7B',
      baseline: 'online RFT 23.2',
      test: 'model',
      judged: 'Temperature-only and threshold-only arms run here, but no rule separates effects of two points.',
    },
    'code-and-commonsense': {
      statement: 'The improvement extends to program synthesis and science questions.',
      reported: 'APPS pass@1 / pass@32 / pass@32-4 19.6 / 49.3 / 30.7; ARC-C 73.0',
      setting: 'Llama-3-8B for APPS, Mistral-7B-Instruct for ARC-C',
      baseline: 'online RFT 17.3 / 45.8 / 27.8; 71.2',
      test: 'model',
      judged: 'Needs 7B to 8B models on APPS and ARC-C.',
    },
    'other-model-family': {
      statement: 'A second, stronger base model shows the same ordering by smaller margins.',
      reported: 'GSM8K 61.6, MATH 29.2, APPS 18.1, ARC-C 86.3',
      setting: 'Llama-3.1-8B',
      baseline: 'best baseline per column: 60.2, 28.2, 17.1, 85.5',
      test: 'model',
      judged: 'Margins of about a point on a real 8B model.',
    },
    'chosen-settings': {
      statement: 'The controller starts cool and grows warmer, with a slightly lenient threshold.',
      reported: 'temperature 0.5, 0.8, 0.9, 1.0, 1.1, 1.1, 0.9, 1.1, 1.1; threshold 0, then −0.1',
      setting: 'maths, nine rounds',
      baseline: null,
      test: 'record',
      judged: 'Our run plots its own choices; there is no reason for them to coincide.',
    },
  },
});
