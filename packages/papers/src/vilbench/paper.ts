import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'vilbench',
  title: 'ViLBench: A Suite for Vision-Language Process Reward Modeling',
  name: 'ViLBench / ViLPRM',
  arxiv: '2503.20271',
  date: '2025-03-26',
  authors: ['Haoqin Tu', 'Weitao Feng', 'Hardy Chen', 'Hui Liu', 'Xianfeng Tang', 'Cihang Xie'],
  venue: 'EMNLP 2025',
  code: 'https://github.com/UCSC-VLAA/ViLBench',
  links: [
    { label: 'project page', url: 'https://ucsc-vlaa.github.io/ViLBench' },
    { label: 'benchmark (600)', url: 'https://huggingface.co/datasets/UCSC-VLAA/ViLBench' },
    { label: 'step values (73K)', url: 'https://huggingface.co/datasets/UCSC-VLAA/ViLReward-73K' },
  ],
  tags: [
    'process reward model',
    'outcome reward model',
    'best-of-n',
    'tree-search labels',
    'multimodal reasoning',
    'benchmark',
  ],
  rooms: ['search', 'model', 'assess', 'env'],
  summary: `Is a solution to a question about an image better scored by its last step or by all of them? Seven vision-language models mark every step; best-of-n then selects by the last mark or by the mean. Neither rule wins throughout, a good solver need not be a good scorer, the mean of a few final steps is often best, and the benefit lies with text-heavy questions. From these results the authors keep 600 questions on which step marks helped, a benchmark meant to need process reward, and train a 3B step scorer on about 73,000 values from tree search that selects better than larger general models. Use it as a guide when building a selector: tune how many final steps count, and do not pick a scorer by its solving accuracy. The catch: the 600 questions were chosen with the scorers compared on them, gains of two or three points come without intervals, and integer marks tie constantly.`,
  method: [
    {
      text: String.raw`A scorer marks every step of a solution $y$ with $K$ steps; selection uses the mean of the last $\ell$ marks. $\ell=1$ is outcome scoring in our reading, $\ell=K$ process scoring.`,
      tex: String.raw`R_\ell(y)=\frac1{\min(\ell,K)}\sum_{k>K-\ell}r_k,\qquad\hat y=\arg\max_nR_\ell(y^{(n)})`,
    },
    {
      text: 'The benchmark keeps the questions on which most open scorers select rightly by process marks and wrongly by outcome marks, with a quota for each of five sources.',
    },
    {
      text: 'Step values come from a tree search: the value of a prefix is the share of its completions that reach the reference answer. The search engine is only sketched in the sources; the selection rule shown is ours.',
      tex: String.raw`V(s_{\le k})=\frac1M\sum_{m=1}^M\mathbb 1[\text{completion }m\text{ is right}],\qquad\arg\max_n\ Q(n)+c\sqrt{\frac{\ln N(\text{parent})}{1+N(n)}}`,
    },
    {
      text: 'ViLPRM puts a value output on a 3B vision-language model at every step end and regresses these values (the loss is our choice).',
      tex: String.raw`\mathcal L=-V\log\hat v-(1-V)\log(1-\hat v)`,
    },
  ],
  pitfalls: [
    'Marks from 1 to 5 tie often, and taking the first of the best favours the order of generation. Break ties at random and report how many there are.',
    'A set filtered by some scorers shows an advantage for those scorers by selection alone; measure on others, with fresh candidates.',
    'The mean rewards long, safe openings, the minimum short solutions, and both depend on how steps are split. Fix the splitter.',
    'A completion-based value also credits the policy for recovering; a wrong step may earn 0.5.',
    'The standard error on 600 questions is about 1.9 points, the size of the reported gains.',
    'A follow-up (arXiv 2509.23250) reports that such labels are noisy and the resulting scorers better at judging outcomes than at guiding steps.',
  ],
  claims: {
    'neither-dominates': {
      statement: 'Scoring by all steps and scoring by the last step win on different benchmarks.',
      reported:
        'all/last: MathVista 62.2/62.4, MathVerse 47.4/47.8, MMStar 62.7/63.0, RealWorldQA 64.6/62.9, MMMU-Pro 67.1/67.3',
      setting: 'GPT-4o candidates, mean over seven scorers and n',
      baseline: 'outcome scoring',
      test: 'experiment',
      judged:
        'Rule (i), question families times scorers: process minus outcome accuracy varies more than under permutation (p < 0.05), with significant cells of either sign. Refuted if one rule wins everywhere.',
    },
    'last-few-steps-best': {
      statement: 'Averaging a few final steps selects better than either extreme.',
      reported:
        'MMStar 63.27, 63.68, 63.37, 63.44, 63.21 and MathVista 62.99, 63.56, 63.39, 63.16, 63.13 for 1, 2, 4, 8, all steps',
      setting: '16 candidates',
      baseline: 'last step; all steps',
      test: 'experiment',
      judged:
        'Rule (ii): best fixed count of 2 or 4, chosen on a development split, minus the better extreme above 0 (paired bootstrap over seeds and questions, 95%).',
    },
    'text-heavy-gains': {
      statement:
        'Selection helps on questions whose content is in the text and can hurt on those whose content is in the picture.',
      reported: 'greedy 58.9 / 51.0; outcome +3.3 / −2.0; process +3.1 / −2.1 points',
      setting: 'MathVerse, text- and vision-dominant parts',
      baseline: 'greedy decoding',
      test: 'experiment',
      judged:
        'Rule (iii): gain on text-dominant minus gain on vision-dominant questions above 0 (paired bootstrap over seeds and questions, 95%).',
    },
    'trained-scorer-best': {
      statement: 'A small step scorer trained on tree-search values selects better than general models.',
      reported: '31.5 on average against 30.6, 30.2 and 28.9',
      setting: 'ViLBench, mean over generators, n from 2 to 16',
      baseline: 'URSA-8B, the untrained 3B, Qwen2.5-VL-7B',
      test: 'experiment',
      judged:
        'Rule (iv): trained scorer minus the best general scorer above 0 at 16 candidates (paired bootstrap, 95%). Refuted if an outcome scorer trained on as many completions matches it.',
    },
    'no-decay-with-n': {
      statement: 'With more candidates the trained scorer holds its level while general models lose theirs.',
      reported: '31.5, 32.0, 31.0, 31.3 at 2, 4, 8, 16; untrained 3B 31.5 at 4 and 28.8 at 16',
      setting: 'ViLBench',
      baseline: 'general vision-language scorers',
      test: 'experiment',
      judged:
        'Rule (v): change of the trained scorer from 4 to 16 candidates has a lower bound above −1 point while the mean gain of general scorers flattens or falls.',
    },
    'process-reward-helps-on-filtered-set': {
      statement: 'On the selected questions step marks are worth more than outcome marks.',
      reported: 'outcome to process: 30.8 to 31.1 (3B), 27.8 to 28.7 (8B), 28.1 to 31.1 (GPT-4o), 34.9 to 34.9 (o1)',
      setting: 'ViLBench, by generator of candidates',
      baseline: 'outcome scoring',
      test: 'experiment',
      judged:
        'Rule (vi): process minus outcome above 0 on a filtered set, with scorers not used for filtering and fresh candidates. Refuted if it vanishes, since the filter then selects noise.',
    },
    'solver-is-not-scorer': {
      statement: 'How well a model solves says little about how well it scores.',
      reported: 'Pearson r: MMStar 0.003 and 0.251, MathVista 0.116 and 0.311 (process, outcome); all p > 0.6',
      setting: 'five models',
      baseline: null,
      test: 'record',
      judged: 'The correlation is reported with its interval and no verdict; five models could not support one.',
    },
    'benchmark-is-hard': {
      statement: 'A leading closed model solves little more than a quarter of the benchmark.',
      reported: 'GPT-4o with chain-of-thought 27.3%',
      setting: '600 questions',
      baseline: null,
      test: 'model',
      judged: 'Needs the model and the benchmark.',
    },
    'headline-gains': {
      statement: 'The trained scorer adds a few points over plain chain-of-thought and over its untrained self.',
      reported: '+3.3 on average over chain-of-thought; up to +2.5 over the untrained 3B with o1 candidates',
      setting: 'ViLBench',
      baseline: 'standard chain-of-thought; untrained 3B',
      test: 'model',
      judged: 'Needs the generators, the scorer and the benchmark.',
    },
  },
});
