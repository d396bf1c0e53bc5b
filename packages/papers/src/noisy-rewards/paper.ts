import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'noisy-rewards',
  title: 'The Climb Carves Wisdom Deeper Than the Summit: On the Noisy Rewards in Learning to Reason',
  otherTitles: ['The Climb Carves Wisdom Deeper Than the Summit: On the Importance of Reasoning Patterns'],
  name: 'Reasoning Pattern Reward',
  arxiv: '2505.22653',
  date: '2025-05-28',
  authors: ['Ang Lv', 'Ruobing Xie', 'Xingwu Sun', 'Zhanhui Kang', 'Rui Yan'],
  venue: 'arXiv',
  code: 'https://github.com/trestad/Noisy-Rewards-in-Learning-to-Reason',
  links: [
    { label: 'model (85%)', url: 'https://huggingface.co/AngLv/NoisyRewards-in-RL-RM-acc-85' },
    { label: 'model (65%)', url: 'https://huggingface.co/AngLv/NoisyRewards-in-RL-RM-acc-65' },
  ],
  tags: ['reward noise', 'rlvr', 'label flipping', 'reward-model accuracy', 'pattern reward', 'reward calibration'],
  rooms: ['reward', 'policy', 'assess', 'model'],
  summary:
    "How much of a reward may be wrong before learning stops? This paper inverts the verdict on whole questions at random: a strong base model trained on mathematics hardly notices 30% of inverted questions, loses four points on MATH-500 at 40%, and falls apart only at half. Then it stops checking answers at all and pays for phrases that go with reasoning, which carries the same model to 70.2% before it drifts into endless thinking. The phrase score comes back in a third role, as a small bonus for answers that an imprecise reward model has marked low. A practitioner gets a robustness curve to draw before paying for better labels, and a cheap repair for false negatives. The catch: random flips below one half keep the gradient's direction by construction, unlike the content-dependent errors of real judges; results depend on what the base model already knows; and they are peaks of single runs without error bars.",
  method: [
    {
      text: 'A question-wise flip is drawn once with probability $p$ and inverts the reward of all its rollouts. In expectation it only shrinks the signal, to nothing at one half.',
      tex: String.raw`\mathbb E[\tilde R]=(1-2p)\,R+p,\qquad \mathbb E[\nabla J_{\tilde R}]=(1-2p)\,\nabla J_R`,
    },
    {
      text: String.raw`The pattern reward counts which of 40 phrases occur (each once, divisor 20 in the code) and subtracts repeated 20-grams $\rho_{20}$ and self-posed user turns $u$. Correctness plays no part.`,
      tex: String.raw`\mathrm{RPR}(y)=\max\!\Big(0,\ \min\big(1,\tfrac1{20}\textstyle\sum_{j=1}^{40}\mathbf 1[\text{phrase}_j\in y]\big)-\rho_{20}(y)-u(y)\Big)`,
    },
    {
      text: String.raw`Calibration adds a little of it, computed on the thinking part, to scores $s$ of a reward model below $\tau=0.5$, with $\alpha=0.1$; high scores stay as they are.`,
      tex: String.raw`s'=\begin{cases}\min(1,\ s+\alpha\,\mathrm{RPR})& s<\tau\\ s& s\ge\tau\end{cases}`,
    },
    {
      text: 'The policy is trained by plain PPO without a KL term, four rollouts per question; reward models of 85, 75 and 65% accuracy are checkpoints of one regression on helpfulness labels.',
    },
  ],
  pitfalls: [
    'Flips per question and flips per output are different experiments even at the same rate. Say which was run.',
    'Redrawing flips each time a question returns averages the noise away; fixed flips are lasting mislabels.',
    'Symmetric noise below one half is benign by construction. Do not read the curve as tolerance of a biased judge.',
    'The phrase score is trivially hackable, and its n-gram penalty does not stop overthinking and truncation.',
    'Unparsable answers can be flipped to full reward in the released code, which pays for not answering at high rates. Give them 0.',
    'Gains on one family of mathematics models may come from almost any reward; repeat on another family.',
  ],
  cautions: [
    {
      kind: 'disputed',
      text: 'A revised version was withdrawn from ICLR 2026 after review (scores 4, 2, 2, 4; the preprint stands): reviewers missed controls for verbosity and a reason for the phrases. Later reports find that spurious rewards also raise scores on the same model family.',
    },
  ],
  claims: {
    'survives-forty-percent': {
      statement:
        'A strong base model still learns most of what there is to learn when 40% of the questions are marked the wrong way round.',
      reported: 'peak 72.02% on MATH-500 at 40% flips; up to 30% about the same accuracy and speed',
      setting: 'Qwen-2.5-7B (start 5%), PPO, question-wise flips',
      baseline: 'clean reward 75.85%',
      test: 'experiment',
      judged:
        '(i), first part: ArithChain, strong base: accuracy at 40% recovers at least 75% of the clean gain (bootstrap over seeds and questions, 95%). Refuted if 20% already loses most of it.',
    },
    'collapses-at-half': {
      statement: 'At 50% flips nothing is left to learn from.',
      reported: 'training collapses',
      setting: 'Qwen-2.5-7B, question-wise flips',
      baseline: 'fewer flips',
      test: 'experiment',
      judged:
        '(i), second part: the interval of the gain at 50% includes 0 or lies below. The exact part checks that the expected gradient shrinks by 1 − 2p and compares the variance of both kinds of flips.',
    },
    'base-model-decides': {
      statement: 'Tolerance of noise is a property of the base model.',
      reported: 'Qwen-2.5-3B as robust, Llama-3.1-8B clearly less',
      setting: 'appendix, question-wise flips',
      baseline: 'Qwen-2.5-7B',
      test: 'experiment',
      judged: '(ii) Share of the gain recovered at 40%: larger for the strong than for the weak base model (95%).',
    },
    'phrases-alone-teach': {
      statement:
        'Paying for reasoning phrases, without looking at the answer, raises accuracy a long way before it degenerates.',
      reported: 'peak 70.21% on MATH-500, later decline by overthinking and truncation',
      setting: 'Qwen-2.5-7B, 40 phrases',
      baseline: 'clean reward 75.85%',
      test: 'experiment',
      judged:
        '(iii) Peak minus the best of random markers, length and format-only rewards above 0 where markers go with correctness, and not above 0 where they do not; final below peak (95%). Refuted if it equals the format-only reward.',
    },
    'bonus-repairs-scorer': {
      statement: 'A small phrase bonus for low-scored answers makes an imprecise reward model more useful.',
      reported:
        'net win 23% (85% model) and 30% (65% model), which belongs to which read from figure order; 85% beats the repaired 65% by 8% instead of 25%',
      setting: 'HelpSteer3, GPT-4o in both orders, 200 items',
      baseline: 'the uncalibrated reward model',
      test: 'experiment',
      judged:
        '(iv) With a scorer of 65% accuracy: phrase calibration minus a constant bonus of the same mean above 0 (95%). Refuted if a random bonus does as well.',
    },
    'accuracy-matters-little-then-much': {
      statement: 'Losing ten points of reward-model accuracy costs little, losing twenty a lot.',
      reported: '85 against 75: net win 4%; 85 against 65: net win 25%',
      setting: 'HelpSteer3, GPT-4o as judge',
      baseline: 'the 85% reward model',
      test: 'model',
      judged: 'Needs real reward models and an open-ended judge.',
    },
    'not-through-variance': {
      statement: 'The repair does not work by spreading the rewards.',
      reported: 'variance 0.1937 / 0.1161 / 0.0672 at 85 / 75 / 65%; after calibration 0.1889 (85) and 0.0653 (65)',
      setting: 'validation set of HelpSteer3',
      baseline: 'before calibration',
      test: 'model',
      judged: 'Needs the real reward models; synthetic scorers of high variance serve as a control in our world.',
    },
  },
});
