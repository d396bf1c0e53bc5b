import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'pure',
  title: 'Stop Summation: Min-Form Credit Assignment Is All Process Reward Model Needs for Reasoning',
  otherTitles: ['Stop Gamma Decay'],
  name: 'PURE',
  arxiv: '2504.15275',
  date: '2025-02-22',
  authors: [
    'Jie Cheng',
    'Gang Xiong',
    'Ruixi Qiao',
    'Lijun Li',
    'Chao Guo',
    'Junle Wang',
    'Yisheng Lv',
    'Fei-Yue Wang',
  ],
  venue: 'NeurIPS 2025',
  code: 'https://github.com/CJReinforce/PURE',
  links: [
    { label: 'PURE-PRM-7B', url: 'https://huggingface.co/jinachris/PURE-PRM-7B' },
    { label: 'model collection', url: 'https://huggingface.co/collections/jinachris/pure-67a85510dc24acd26bb8109f' },
  ],
  tags: ['credit assignment', 'process reward model', 'reward hacking', 'rloo', 'verifiable rewards'],
  rooms: ['credit', 'model', 'assess'],
  summary: `When a process reward model reranks answers, a chain counts for as much as its weakest step. In RL the
same scores get added, and then a policy can grow rich by writing more well-rated steps: planning, and planning again,
without ever computing. PURE carries the weakest-link rule over into training. Everything up to and including the
worst step earns that one score, everything after it earns nothing, and a softmax over the step rewards brings this
about in one line, so that the usual returns and baselines work unchanged. The range of values stops growing with the
number of steps and so does the damage done by errors of the reward model. It is the first thing to try when dense
process rewards make a run collapse. It is no cure: filler alone still has a high minimum, the authors see later hacks
of other kinds, and a tenth of prompts with checkable answers postpones them further. The evidence is one run per
configuration with checkpoints picked by benchmark, and a mean-form baseline is missing.`,
  method: [
    {
      text: 'The objective is the expected score of the worst step. With $w$ its (first) position, the return of a step is that score up to $w$ and zero later.',
      tex: String.raw`G(s_t,a_t\mid\tau)=\begin{cases}\min(r^p_t,\dots,r^p_n)=r^p_w & t\le w\\ 0 & t>w\end{cases}`,
    },
    {
      text: String.raw`In practice the rewards are reweighted by a softmax towards the lowest, at temperature $T=0.1$, and then summed as always without discount; $T\to0^+$ gives the return above.`,
      tex: String.raw`r^{p*}_i=\frac{e^{-r^p_i/T}}{\sum_{j=1}^{n}e^{-r^p_j/T}}\;r^p_i`,
    },
    {
      text: String.raw`Why it is safer: if each step score is off by at most $\epsilon$, errors accumulate under a sum and do not under a minimum.`,
      tex: String.raw`|Q_{\mathrm{sum}}-Q^*_{\mathrm{sum}}|\le\epsilon\,\frac{1-\gamma^{\,n-t+1}}{1-\gamma},\qquad |Q_{\mathrm{min}}-Q^*_{\mathrm{min}}|\le\epsilon`,
    },
    {
      text: 'The process advantage subtracts a token-level leave-one-out baseline divided by the maximum length $N$; a baseline per step would reward writing few, giant steps. Where an answer is known, a leave-one-out outcome term is added.',
      tex: String.raw`\sum_{j\ge t}r^{p*}_{i,j}-\frac{1}{(K-1)\,N}\sum_{k\ne i}\sum_{l=1}^{N}\sum_{j\ge l}r^{p*}_{k,j}`,
    },
  ],
  pitfalls: [
    'A response consisting only of well-rated filler still has a high minimum. Give a missing answer a low score, or the filler optimum remains.',
    'With scores in [0, 1] every step is positive and the minimum cannot punish; centre them first.',
    'The temperature is in units of reward: rescaling the rewards without it changes the method.',
    'In the OpenRLHF branch, switching the weighting off yields a mean-form and not a sum; in the verl branch the strict option takes a minimum over tokens, whose zeros erase positive minima.',
    'Define the reward of an empty response explicitly, or saying nothing becomes a free hack.',
    'If the policy can avoid writing the step separator it will merge steps; split with length in mind.',
  ],
  claims: {
    'min-beats-sum': {
      statement:
        'Training on the sum of step rewards collapses early; training on their minimum stays stable and accurate.',
      reported:
        'sum-form collapses at step 25, about 30 average at step 80 (base 39.5); min-form stable for over 200 steps',
      setting: 'Qwen2.5-Math-7B, PRM and PRM+VR',
      baseline: 'same code with summed rewards',
      test: 'experiment',
      judged:
        'Tabular filler chain, 300 iterations, missing answer unscored and scored. At equal settings: final accuracy min − best sum-form (three discounts) above zero (95% paired bootstrap over seeds) and fewer collapses; refuted if min is no better or collapses as often. With learning rate, divergence weight and discount tuned for each: final accuracy min − sum above zero. All four parts must hold. A language model is judged in a claim of its own.',
    },
    'hack-is-postponed': {
      statement: 'With process rewards alone the min-form is hacked too, only much later.',
      reported: 'step 270 (reward up, verifier down), against step 25 for the sum-form',
      setting: 'PURE-PRM; sum-form run on Qwen2.5-Math-7B',
      baseline: 'sum-form',
      test: 'experiment',
      judged:
        'Tabular filler chain, missing answer unscored: onset(min) − onset(latest sum-form) above zero, where onset is the first iteration at which accuracy is below 80% of its start (one more than all iterations if never), and the share of min-form runs that end below it above one half; 95% bootstrap over seeds, both parts must hold.',
    },
    'a-tenth-of-answers': {
      statement: 'The best policy comes from process rewards plus checkable answers on every tenth prompt.',
      reported: '53.3 average, AMC23 82.5, MATH-500 82.6',
      setting: 'Qwen2.5-Math-7B, five benchmarks',
      baseline: 'PURE-PRM 49.3, PURE-VR 48.3, PRIME 48.9, SimpleRL-Zoo 48.0, DPO-Zero 47.0',
      test: 'experiment',
      judged:
        'Tabular filler chain: final accuracy of the min-form with answers for a tenth of the prompts − min-form without, above zero in both variants (missing answer unscored and scored); paired bootstrap over seeds, 95%.',
    },
    'language-min-beats-sum': {
      statement:
        'A language model trained on the sum of learned line scores collapses; trained on their minimum it stays accurate.',
      reported: 'sum-form collapses at step 25; min-form stable for over 200 steps',
      setting: 'Qwen2.5-Math-7B, PRM and PRM+VR',
      baseline: 'same code with summed rewards',
      test: 'experiment',
      judged:
        'Tiny GPT with a trained process reward model, 60 iterations, missing answer unscored, equal settings: held-out accuracy at the end (mean of the last three measurements), min − sum, above zero (95% paired bootstrap over six seeds) and fewer collapses; refuted if min is no better or collapses as often, inconclusive if neither collapses. The sum is not tuned on its own here.',
    },
    'language-hack-is-postponed': {
      statement: 'A language model trained on the minimum of learned line scores is hacked too, only later.',
      reported: 'step 270 (reward up, verifier down), against step 25 for the sum-form',
      setting: 'PURE-PRM; sum-form run on Qwen2.5-Math-7B',
      baseline: 'sum-form',
      test: 'experiment',
      judged:
        'Tiny GPT as above: onset(min) − onset(sum) above zero, where onset is the first of two measurements in a row, four iterations apart, with a held-out accuracy below 80% of the start (one more than all iterations if never), and the share of min-form runs that end below it above one half; 95% bootstrap over six seeds, both parts must hold.',
    },
    'language-tenth-of-answers': {
      statement: 'Checkable answers on every tenth problem keep a language model trained on the minimum from the hack.',
      reported: '53.3 average with them, 49.3 without',
      setting: 'Qwen2.5-Math-7B, five benchmarks',
      baseline: 'PURE-PRM without answers',
      test: 'experiment',
      judged:
        'Tiny GPT as above: held-out accuracy at the end of the min-form with answers for a tenth of the problems − min-form without, above zero (95% paired bootstrap over six seeds).',
    },
    'matches-the-verifier': {
      statement: 'Process rewards without any answers reach the accuracy of training on verified answers, and sooner.',
      reported: '49.3 against 48.3 average; about 30% of the steps to equal MATH-500 accuracy',
      setting: 'Qwen2.5-Math series, five benchmarks',
      baseline: 'PURE-VR',
      test: 'model',
      judged:
        'Depends on a 7B process reward model trained on human step labels; our runs on answers alone stand beside the others.',
    },
    'other-bases': {
      statement: 'The pattern holds for two further base models.',
      reported: 'PRM / VR / both: Qwen2.5-7B 45.6 / 43.8 / 47.6 (base 38.6); Math-1.5B 40.3 / 40.6 / 43.3 (base 33.5)',
      setting: 'five-benchmark average',
      baseline: 'base models',
      test: 'model',
      judged: 'Benchmark averages of real models.',
    },
    'temperature-matters': {
      statement: 'A moderate softmax temperature beats a much lower and a much higher one.',
      reported: '42.8 / 45.6 / 42.8 for T = 0.01 / 0.1 / 1',
      setting: 'Qwen2.5-7B, 230 steps',
      baseline: null,
      test: 'record',
      judged:
        'The middle value repeats, figure for figure, a row of the main table with another label, so one label is wrong; indicative only.',
    },
    'three-kinds-of-hack': {
      statement:
        'Hacks come in three kinds: thinking without solving, a single giant step, an empty or merely polite reply.',
      reported: 'qualitative',
      setting: 'training logs',
      baseline: null,
      test: 'record',
      judged: 'A catalogue of observations; example rollouts from our runs are shown.',
    },
    'collapse-is-sudden': {
      statement:
        'Collapse can take a handful of updates, set off by long repetitive answers that the verifier accepts.',
      reported: '5 gradient steps',
      setting: 'run with doubled process reward',
      baseline: null,
      test: 'model',
      judged: 'Tied to long generations of a real model.',
    },
    'reward-model-quality': {
      statement: 'The two-stage process reward model is slightly better than earlier ones.',
      reported: 'ProcessBench F1 57.5; best-of-1024 MATH 62.6, GSM8K 91.6',
      setting: 'Qwen2.5-Math-7B on PRM800K',
      baseline: 'prior best F1 56.5',
      test: 'model',
      judged: 'A benchmark score of a released model.',
    },
  },
});
