import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'vlrmbench',
  title: 'VLRMBench: A Comprehensive and Challenging Benchmark for Vision-Language Reward Models',
  name: 'VLRMBench',
  arxiv: '2503.07478',
  date: '2025-03-10',
  authors: [
    'Jiacheng Ruan',
    'Wenzhen Yuan',
    'Xian Gao',
    'Ye Guo',
    'Daoxin Zhang',
    'Zhe Xu',
    'Yao Hu',
    'Ting Liu',
    'Yuzhuo Fu',
  ],
  venue: 'ICCV 2025',
  code: 'https://github.com/JCruan519/VLRMBench',
  links: [{ label: 'data', url: 'https://huggingface.co/datasets/Winston-Yuan/VLRMBench' }],
  tags: [
    'vision-language reward model',
    'benchmark',
    'process supervision',
    'hallucination detection',
    'critique',
    'weighted f1',
  ],
  rooms: ['assess', 'judge', 'env'],
  summary: `A test bench for judges of visual reasoning, built by planting known errors in 1,000 verified reasoning chains. Eight tasks want a bit per step: plain and confidently worded errors, redundant steps, invented objects, false attributes, details or positions, the wrong image. Two concern outcomes: which of two solutions is better, and will an unfinished one end well. Two ask the judge to explain or to repair the errors. Twenty-six models were tested and none does well on everything; confident wording and redundancy stand out as weak spots. Its lasting use is as a checklist: in any domain with a line checker the same failure modes can be injected into good chains and a process judge probed. The catch: the released parser reads every integer in a reply, skipped items shrink the denominator, two tasks have only 58 and 126 items, and scores of small models partly measure how well they follow the format.`,
  method: [
    {
      text: 'Questions from eight public sources pass two filters (a 7B model answers wrongly without and with the image); chains of a strong reasoner with right answers are cut into steps and checked by people. Edits then place errors at known steps.',
    },
    {
      text: 'Step tasks pool all steps of a task and weight the F1 of each class by the size of the other class, so that the rarer one counts more; $n_1$ steps have an error and $n_0$ are clean.',
      tex: String.raw`F1_c=\frac{2\,TP_c}{2\,TP_c+FP_c+FN_c},\qquad F1_w=\frac{n_0}{n}F1_1+\frac{n_1}{n}F1_0`,
    },
    {
      text: 'Two solutions are marked 0 to 10 in both orders, with the better one first ($f$) and second ($b$); equality counts as wrong.',
      tex: String.raw`\text{correct}\iff f_1+b_2>f_2+b_1`,
    },
    {
      text: 'Forecasting shows the first steps of a chain and asks for yes or no. Explanations and repairs are compared with those of GPT-4o by a judge in both orders, giving win, tie or lose.',
    },
  ],
  pitfalls: [
    'The released parser collects every integer, so "STEP 1: 0, STEP 2: 1" is cut to the opposite of what was said, and short lists are padded with "no error". Parse strictly and report failures.',
    'Exceptions are printed and the item skipped, which shrinks the denominator without notice.',
    'Weighted F1 here uses the count of the opposite class, unlike the support-weighted F1 of common libraries.',
    'A judge that gives equal marks scores 0 on the two-solution task, not one half.',
    'A forecast that contains both "yes" and "no" always counts as right.',
    'Five tasks tell the judge that an error exists and others do not; their scores are not comparable.',
  ],
  claims: {
    'confident-wording-misleads': {
      statement: 'Judges miss more errors when the wrong steps sound confident.',
      reported: 'plain/confident: GPT-4o 73.7/66.6, Claude 70.8/65.7, Qwen-72B 72.8/70.4, Qwen-7B 43.4/37.8',
      setting: 'step correctness against confidence misdirection, weighted F1',
      baseline: 'the same task in plain wording',
      test: 'experiment',
      judged:
        'Rule (i), rendered scenes: plain minus confident weighted F1 above 0 for every judge size where confident words went with correct lines in training, and larger than where they did not (paired bootstrap over seeds and items, 95%). Refuted if the two tasks are equal.',
    },
    'redundancy-is-weak-spot': {
      statement: 'Large models are weakest at spotting redundant steps.',
      reported: 'GPT-4o 50.6, Claude 53.7, Qwen-72B 41.7, the lowest task listed for each',
      setting: 'redundancy task, weighted F1',
      baseline: 'the other step tasks',
      test: 'experiment',
      judged:
        'Rule (ii): the largest judge scores lowest on redundancy among the eight step tasks, by a difference to the next whose interval excludes 0. A failure reads as mixed, since the paper needed large models.',
    },
    'forecasting-unsolved': {
      statement: 'Predicting whether an unfinished solution will end well is far from solved.',
      reported: 'GPT-4o 76.0%, Qwen2.5-VL-72B 80.2, Claude-3.5-Sonnet 75.1, Qwen2.5-VL-7B 70.7',
      setting: 'binary forecasting task',
      baseline: null,
      test: 'experiment',
      judged:
        'Rule (iii): accuracy of the largest judge lies between 55% and 95% and increases with the share of the chain that is shown (95%).',
    },
    'scale-saturates': {
      statement: 'Bigger open models judge better up to a point and then no more.',
      reported: '29.8 below 10B, 45.9 from 10B to 40B, 46.1 above',
      setting: 'step average of open models by size',
      baseline: 'the next smaller class',
      test: 'experiment',
      judged:
        'Rule (iv): gain from 40k to 120k parameters minus gain from 120k to 350k above 0 (paired bootstrap, 95%). Scale-dependent; a failure reads as mixed.',
    },
    'image-needed': {
      statement:
        'Items answerable without the picture are filtered out, so hallucination and position tasks should require looking.',
      reported: '16,550 questions cut to 6,715 by the blind and the difficulty filter',
      setting: 'construction of the benchmark',
      baseline: 'judge without the image',
      test: 'experiment',
      judged:
        'Rule (v): accuracy lost without the image exceeds 5 points on invented objects, wrong attributes and wrong places (paired bootstrap, 95%).',
    },
    'hard-for-everyone': {
      statement: 'On the step tasks even leading models stay near 62 of 100.',
      reported:
        'GPT-4o 62.4, Claude 62.9, Qwen2.5-VL-72B 62.6, Ovis2-34B 57.0, Qwen2.5-VL-7B 33.4, InternVL2.5-8B 28.6',
      setting: 'step average, weighted F1',
      baseline: null,
      test: 'model',
      judged: 'Needs the models and the released data, which load here.',
    },
    'pair-judging-varies': {
      statement: 'Comparing two solutions separates models widely.',
      reported: 'Claude 82.2, Qwen2.5-VL-72B 65.6, GPT-4o 58.4, Qwen2.5-VL-7B 26.0',
      setting: 'two-solution task, both orders, ties wrong',
      baseline: null,
      test: 'model',
      judged: 'A ranking of real models.',
    },
    'open-models-critique': {
      statement: 'A large open model writes explanations that a judge prefers to those of GPT-4o; repairs mostly tie.',
      reported:
        'win/tie/lose: explaining 74.1/15.1/10.8 (Qwen-72B), 60.6/25.5/13.9 (Claude); repairing 15.6/77.0/7.3, 21.2/53.9/24.9',
      setting: 'critique tasks, language-model judge',
      baseline: 'GPT-4o answers',
      test: 'model',
      judged: 'Needs the models and a judge; scores depend on which judge is used.',
    },
    'long-chains-and-images-harder': {
      statement: 'Longer chains and several images make judging harder, and poor instruction following breaks scores.',
      reported: 'qualitative',
      setting: 'analyses in the paper',
      baseline: null,
      test: 'record',
      judged: 'No figure was available and no rule is attached.',
    },
  },
});
