import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'rlsp',
  title: 'On the Emergence of Thinking in LLMs I: Searching for the Right Intuition',
  name: 'RLSP',
  arxiv: '2502.06773',
  date: '2025-02-10',
  authors: [
    'Guanghao Ye',
    'Khiem Duc Pham',
    'Xinzhi Zhang',
    'Sivakanth Gopi',
    'Baolin Peng',
    'Beibin Li',
    'Janardhan Kulkarni',
    'Huseyin A. Inan',
  ],
  venue: 'arXiv',
  code: 'https://github.com/GuanghaoYe/Emergence-of-Thinking',
  tags: [
    'exploration reward',
    'outcome verifier',
    'ppo',
    'chain-of-thought length',
    'emergent backtracking',
    'reward hacking',
  ],
  rooms: ['reward', 'policy', 'judge', 'assess'],
  summary: `A recipe for making a language model search while it writes. The reward has two parts that are kept apart: a strict check of the final answer, and a payment for exploring that never looks at whether the answer is right. The payment can be as crude as response length, or a grade for effort given by another model; the check is there so that the payment cannot be earned with padding. Fine-tuning on demonstrations of the reasoning process may come first. The authors see backtracking and self-checking appear with the length term alone. It suits tasks with a reliable verifier and a start model that stops thinking too early. The catch: a length payment is easily farmed by repetition, the length penalty of the released code dwarfs correctness for short answers, and such habits already occur in instruct models. Which term the policy is really maximising has to be measured, and so has a plain entropy bonus, the dull explanation of the same effect.`,
  method: [
    {
      text: String.raw`Correctness and exploration are scored independently and mixed with a fixed weight; the released reward server uses $\alpha=0.8$ when the effort judge is on.`,
      tex: String.raw`R(q,o)=\alpha\,\mathbf 1[\mathrm{Ver}(q,o)=1]+(1-\alpha)\,R_{\mathrm{ex}}(q,o)`,
    },
    {
      text: String.raw`In the length form, $R_0$ is the exact-match check $c$ of the boxed answer, or $-0.5$ if nothing is boxed, and $\ell$ estimates the tokens of reasoning (characters divided by four). Setting $\lambda=0$ gives outcome-only training, $\lambda=1000$ the length-paid run.`,
      tex: String.raw`R=R_0-\frac{\lambda}{\ell},\qquad R_0=\begin{cases}-0.5&\text{no boxed answer}\\c\in\{0,1\}&\text{otherwise}\end{cases}`,
    },
    {
      text: String.raw`In the effort form a cheap chat model returns a grade $g\in[0,1]$ for variety, depth and persistence and is told to ignore correctness; a failed call counts as 0.5.`,
      tex: String.raw`R=0.8\,\big(R_0-\lambda/\ell\big)+0.2\,g(q,o)`,
    },
    {
      text: String.raw`The policy is trained by PPO with reward normalisation, GAE at $\lambda=0.95$ and an initial KL coefficient of 0.05 to the start model. There is no opponent: "self-play" only means that the model learns from its own traces.`,
    },
  ],
  pitfalls: [
    'The length penalty has no floor: an empty response divides by zero, and the released server turns the exception into a reward of 0, which beats a short honest answer. Clamp the length.',
    'Reward normalisation conceals the relative size of the terms; when lengths vary widely at the start, correctness is invisible for many updates.',
    'Not answering costs less than a correct answer of 300 tokens (−0.5 against −2.3), so an early policy may learn never to finish. Track the finish rate.',
    'Length can be grown by repeating attempts, and a judge told to ignore correctness pays for theatrics. Count distinct attempts or penalise repeats.',
    'Compare every behaviour with its frequency in the start model; an instruct model already says "wait, let me check".',
    'When exploration runs into the generation limit it is scored as no answer; allow longer outputs or stop paying beyond a certain length.',
  ],
  claims: {
    'math-gain': {
      statement: 'RLSP lifts an 8B instruct model substantially on competition-style school mathematics.',
      reported: '+23% on MATH-500 (absolute or relative is not stated)',
      setting: 'Llama-3.1-8B-Instruct trained on MATH',
      baseline: 'the starting model',
      test: 'model',
      judged:
        'Needs the 8B model and the MATH data; the absolute accuracies behind the percentage are not known to us.',
    },
    'aime-gain': {
      statement: 'With the effort judge switched on, a 32B model improves on olympiad-qualifier problems.',
      reported: '+10% on AIME 2024 (absolute or relative is not stated)',
      setting: 'Qwen2.5-32B-Instruct trained on AIME problems without 2024',
      baseline: 'the starting model',
      test: 'model',
      judged: 'Needs the 32B model, the judge endpoint and 24 GPUs; nothing small stands in for it.',
    },
    'length-pay-explores': {
      statement: 'Paying for length alone makes a model try more alternatives than training on the outcome does.',
      reported: 'qualitative: backtracking, several ideas and self-checks appear',
      setting: 'several model families and sizes',
      baseline: 'outcome-only PPO',
      test: 'experiment',
      judged:
        'Rule (i), Countdown-4: distinct attempts per trace, length arm minus outcome-only, above 0 in a paired bootstrap over seeds and problems (95%, 5 seeds). Refuted if outcome-only training shows the same rise or if the extra length is repeats without accuracy; the entropy-bonus arm is shown beside it.',
    },
    'exploration-pays-on-hard-problems': {
      statement:
        'Keeping an exploration term apart from correctness beats a single outcome reward where search is needed.',
      reported: 'qualitative',
      setting: 'PPO with both terms in the mathematics runs',
      baseline: 'single outcome reward',
      test: 'experiment',
      judged:
        'Rule (ii), Countdown-4: on hard problems the best exploration arm is more accurate than outcome-only with majority vote at the same number of sampled tokens (difference above 0, paired bootstrap, 95%). Confirmed only together with rule (i).',
    },
    'verifier-stops-hacking': {
      statement: 'Without the outcome check, the exploration payment is collected at the expense of right answers.',
      reported: 'qualitative',
      setting: 'argument for keeping the verifier in the sum',
      baseline: 'exploration reward alone',
      test: 'experiment',
      judged:
        'Rule (iii), Countdown-4: in the arm without verifier, accuracy lies below outcome-only while the exploration term is higher (paired bootstrap over seeds and problems, 95%).',
    },
  },
});
