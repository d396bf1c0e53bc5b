import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'unified-reward-think',
  title: 'Unified Multimodal Chain-of-Thought Reward Model through Reinforcement Fine-Tuning',
  name: 'UnifiedReward-Think',
  arxiv: '2505.03318',
  date: '2025-05-06',
  authors: ['Yibin Wang', 'Zhimin Li', 'Yuhang Zang', 'Chunyu Wang', 'Qinglin Lu', 'Cheng Jin', 'Jiaqi Wang'],
  venue: 'NeurIPS 2025',
  code: 'https://github.com/CodeGoat24/UnifiedReward',
  links: [
    { label: '7B model', url: 'https://huggingface.co/CodeGoat24/UnifiedReward-Think-7b' },
    { label: 'cold-start data', url: 'https://huggingface.co/datasets/CodeGoat24/ImageGen-CoT-Reward-5K' },
  ],
  tags: [
    'multimodal reward model',
    'chain-of-thought',
    'rejection sampling',
    'grpo',
    'implicit reasoning',
    'preference',
  ],
  rooms: ['judge', 'nn', 'env', 'policy', 'assess'],
  summary: `A visual judge that marks before it decides. For two images, two clips or two answers about a picture it goes through named dimensions, gives each candidate a mark out of ten, adds the marks and states the winner. Training has three stages. A few thousand traces from a strong model, for image generation alone, teach the form. It next judges a large pool covering four tasks, and the traces with a right verdict are imitated. What it got wrong is kept for GRPO with a reward for form and verdict. Two lessons travel: imitate on the easy items and explore on the hard ones, and a model that learned to reason judges better even when told to answer at once, so most of the gain comes at low latency. The catch: nothing forces the verdict to follow the marks, mislabelled items pile up among the failures of a good judge, and the paper lacks a control with equally many extra updates.`,
  method: [
    {
      text: 'Stage one imitates about 5,000 traces of a strong model on image-generation preferences, filtered for the right verdict.',
      tex: String.raw`\mathcal L=-\sum_i\log p_\theta(y_i\mid x,y_{<i})`,
    },
    {
      text: 'Stage two samples one trace for each item of a pool of about 105,000 preferences over four tasks. Right verdicts become fine-tuning data, wrong ones the training set of the next stage.',
    },
    {
      text: 'Stage three is GRPO on the failures, with one point for the form and one for the answer string.',
      tex: String.raw`R=\mathbb 1[\text{think block, then answer block}]+\mathbb 1[\text{answer}=\text{label}]`,
    },
    {
      text: String.raw`Eight outputs per item are normalised within the group; the KL weight is $\beta=0.04$. The same weights can be asked for the verdict alone.`,
      tex: String.raw`\hat A^{(i)}=\frac{R^{(i)}-\operatorname{mean}(R)}{\operatorname{std}(R)},\qquad\max\ \mathbb E\big[\min(\rho^{(i)}\hat A^{(i)},\operatorname{clip}(\rho^{(i)},1-\delta,1+\delta)\hat A^{(i)})-\beta D_{\rm KL}(\pi_\theta\|\pi_{\rm ref})\big]`,
    },
  ],
  pitfalls: [
    'The label is a sentence, and a trailing full stop makes exact matching fail. Normalise, and log how often it happens.',
    'Two released evaluation scripts match loosely: one accepts the label anywhere in the trace, another tests containment the wrong way round. Parse the answer tag.',
    'Verdict and totals can contradict each other. Measure it, and consider deciding from the totals.',
    'GRPO on failures only concentrates label noise and yields many groups that are wrong throughout. Cap items that never succeed.',
    'One sample per item keeps lucky guesses as training traces.',
    'Judges favour positions; randomise the order of the candidates and test both.',
  ],
  claims: {
    'reasoning-improves-judge': {
      statement: 'Training a visual judge to reason raises its accuracy.',
      reported: 'overall 67.5 to 73.8, macro 66.6 to 72.3',
      setting: 'VL-RewardBench, 7B',
      baseline: 'UnifiedReward-7B, the direct-answer judge it starts from',
      test: 'experiment',
      judged:
        'Rule (i), rendered scenes: full pipeline minus the direct judge with equally many updates above 0 in mean accuracy (paired bootstrap over 5 seeds, 95%). By rule (v) shuffling images between items must bring every arm within 2 points of a text-only judge. Refuted if the control matches the pipeline.',
    },
    'implicit-reasoning': {
      statement: 'After training to reason, answering directly is better than before too.',
      reported: '73.1 overall and 71.3 macro without reasoning at test time',
      setting: 'VL-RewardBench, same weights asked for the verdict',
      baseline: 'UnifiedReward-7B, 67.5 and 66.6',
      test: 'experiment',
      judged:
        'Rule (iii): trained model answering directly minus the direct judge with equally many updates above 0 (paired bootstrap over seeds, 95%). Refuted if it is no better.',
    },
    'later-stages-add': {
      statement: 'The cold start alone does not help; rejection sampling and GRPO each do.',
      reported: '67.5 base, 66.9 cold start, 72.1 rejection sampling, 73.8 GRPO',
      setting: 'VL-RewardBench overall',
      baseline: 'the previous stage',
      test: 'experiment',
      judged:
        'Rule (ii): stage two minus stage one and stage three minus stage two both above 0 (paired bootstrap over seeds, 95%).',
    },
    'rl-needs-reasoning': {
      statement: 'GRPO on bare verdicts gains much less than GRPO with reasoning.',
      reported: '69.0 against 73.8',
      setting: 'VL-RewardBench overall',
      baseline: 'base with GRPO, no reasoning',
      test: 'experiment',
      judged:
        'Rule (iv): gain of the full pipeline over the base minus gain of GRPO without reasoning above 0 (paired bootstrap over seeds, 95%).',
    },
    'generation-tasks-too': {
      statement: 'Judging of generated images and videos improves as well.',
      reported: 'GenAI-Bench image 70.9 to 72.5, video 77.2 to 82.3; VideoGen-RewardBench 79.3 to 80.5 (without ties)',
      setting: 'accuracy on pairs without human ties',
      baseline: 'UnifiedReward-7B',
      test: 'model',
      judged: 'Needs the real judge and benchmarks.',
    },
    'form-transfers': {
      statement: 'A format learned on image generation carries over to the other three tasks.',
      reported: 'qualitative',
      setting: 'cold start on one task',
      baseline: 'direct judge',
      test: 'record',
      judged: 'Stage one minus the direct judge on the other tasks is reported without a verdict.',
    },
  },
});
