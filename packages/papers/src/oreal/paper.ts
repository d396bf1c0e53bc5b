import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'oreal',
  title: 'Exploring the Limit of Outcome Reward for Learning Mathematical Reasoning',
  name: 'OREAL',
  arxiv: '2502.06781',
  date: '2025-02-10',
  authors: [
    'Chengqi Lyu',
    'Songyang Gao',
    'Yuzhe Gu',
    'Wenwei Zhang',
    'Jianfei Gao',
    'Kuikun Liu',
    'Ziyi Wang',
    'Shuaibin Li',
    'Qian Zhao',
    'Haian Huang',
    'Weihan Cao',
    'Jiangning Liu',
    'Hongwei Liu',
    'Junnan Liu',
    'Songyang Zhang',
    'Dahua Lin',
    'Kai Chen',
  ],
  venue: 'arXiv',
  code: 'https://github.com/InternLM/OREAL',
  links: [
    { label: 'model 7B', url: 'https://huggingface.co/internlm/OREAL-7B' },
    { label: 'model 32B', url: 'https://huggingface.co/internlm/OREAL-32B' },
    { label: 'prompts', url: 'https://huggingface.co/datasets/internlm/OREAL-RL-Prompts' },
  ],
  tags: ['outcome reward', 'rlvr', 'best-of-n', 'behaviour cloning', 'token-level credit', 'rloo'],
  rooms: ['policy', 'credit', 'model', 'reward'],
  summary:
    'If all you know is whether the final answer is right, which loss should you use? OREAL splits the samples. Right ones are all equally good, so they are cloned by likelihood, which moves the policy along the same family as the KL-regularised optimum. Wrong ones are pushed down by an amount that depends on how often the question is solved, to keep the two gradients consistent. And since a long solution should not be praised or blamed evenly, a small token-level model, trained on nothing but outcomes, decides which prefixes deserve cloning and which punishing. The authors reach 91.0 on MATH-500 with 7B without distillation. For verifiable tasks it is an alternative to GRPO that brings token credit without a value network. The catch: the stated rule for wrong samples and the released estimator disagree in trend, the token model yields no gradient until it has moved, and headline figures come from single runs with checkpoints picked on the test sets.',
  method: [
    {
      text: "With pass rate $p$, best-of-$n$ reweights right and wrong answers, yet conditioned on being right it equals the policy's own distribution whatever $n$ is. A single correct draw thus stands in for the winner of many.",
      tex: String.raw`\pi_{\rm bon}(y)=\pi(y)\Big[R(y)\,\frac{1-(1-p)^n}{p}+(1-R(y))(1-p)^{n-1}\Big]`,
    },
    {
      text: 'Right samples are therefore cloned, with a KL charge to stay near the old policy.',
      tex: String.raw`\mathcal L_1=\mathbb E_{y\sim\mathcal D_+}[-\log\pi_\theta(y)]+\beta\,\mathrm{KL}(\pi_\theta\,\|\,\pi_{\rm old})`,
    },
    {
      text: 'Wrong samples get a reward scaled by $1-p$ (a leave-one-out advantage in the code), so that their gradient matches unit reward for right ones.',
      tex: String.raw`\mathcal L_2=\mathbb E_{y\sim S_-}\Big[F(1-p)\,\log\frac{\pi_\theta(y)}{\pi_{\rm old}(y)}\Big]+\beta\,\mathrm{KL}(\pi_\theta\,\|\,\pi_{\rm old})`,
    },
    {
      text: String.raw`A token model $w$, trained so that the squashed mean of its scores predicts the outcome, gives weights through its running mean $\bar w_t$: trusted prefixes are cloned, distrusted ones punished.`,
      tex: String.raw`\omega^+_t=\max\big(2\sigma(\bar w_t)-1,\,0\big),\qquad \omega^-_t=\max\big(1-2\sigma(\bar w_t),\,0\big)`,
    },
    {
      text: 'The total loss puts the parts together, over questions that are solved sometimes and not always.',
      tex: String.raw`\mathcal L=\mathbb E_{y\sim S}\sum_t\Big[-\omega^+_t\log\pi_\theta(y_t)\,\mathbf 1_+ +\eta\,\omega^-_t\log\frac{\pi_\theta(y_t)}{\pi_{\rm old}(y_t)}\,\mathbf 1_-\Big]+\beta\,\mathrm{KL}`,
    },
  ],
  pitfalls: [
    'A zero-initialised token head makes both weights zero: the policy gets no gradient until the head moves. That is why the policy is frozen for the first steps.',
    'The rule in the text punishes wrong answers more on hard questions, the leave-one-out estimator in the code more on easy ones. Test both.',
    'The right samples in the scripts are multiplied by their advantage, so they are not plain cloning.',
    'Nothing clips the ratio on wrong samples, so take one pass over each batch.',
    'The printed algorithm filters out the questions that text and code keep.',
    'Averaging per token within right and wrong sets or per sequence changes their balance.',
  ],
  claims: {
    'beats-reinforce': {
      statement: 'The whole recipe ends well above plain REINFORCE from the same start.',
      reported:
        'MATH-500 (7B), cumulative: start 84.8, REINFORCE 85.8, shaping 86.6, cloning 87.6, token weights 89.0, skill data 91.0',
      setting: 'ablation, single runs',
      baseline: 'REINFORCE and each previous rung',
      test: 'experiment',
      judged:
        '(i) ArithChain and Countdown-3: final accuracy, OREAL minus REINFORCE with tuned learning rates, above 0 (paired bootstrap over seeds and questions, 95%); failing this refutes. GRPO is reported beside it without a rule.',
    },
    'token-weights-help': {
      statement: 'Weighting tokens by a model trained on outcomes only adds to the sequence-level losses.',
      reported: '87.6 → 89.0; slower at first, best in the end',
      setting: 'MATH-500 (7B)',
      baseline: 'the same without token weights',
      test: 'experiment',
      judged:
        '(ii) OREAL minus the version without weights above 0 on at least one task and not below 0 on the other; (iii) minus shuffled weights above 0 (95%). If (iii) fails the gain is only that fewer tokens are updated, and the claim is refuted.',
    },
    'shaping-stabilises': {
      statement: 'Rescaling the wrong samples steadies training.',
      reported: 'REINFORCE alone unstable, shaping stabilises (curves)',
      setting: 'training curves, 7B',
      baseline: 'REINFORCE',
      test: 'experiment',
      judged: '(iv) Seed-to-seed deviation of the curve lower with shaping than for REINFORCE.',
    },
    'cloning-winners-suffices': {
      statement: 'With right/wrong feedback, cloning best-of-n winners is enough to learn the KL-regularised optimum.',
      reported: 'proved',
      setting: 'bandit view, one question',
      baseline: null,
      test: 'experiment',
      judged:
        'Exact part: the best-of-n formula must hold by enumeration, and for each prompt the n that matches a given regularisation must reproduce its optimum. One n for all prompts is not one common optimum; the gap is reported in nats.',
    },
    'headline-benchmarks': {
      statement: 'From supervised starts, 7B and 32B models gain on most mathematics benchmarks.',
      reported: 'MATH-500/AIME24/AIME25-I/LiveMath/Olympiad: 7B 91.0/33.3/33.3/62.6/59.9; 32B 95.0/60.0/46.7/74.8/72.4',
      setting: 'pass@1, greedy',
      baseline: 'supervised starts 86.4/26.7/26.7/54.2/56.0 and 92.6/43.3/46.7/71.9/68.7',
      test: 'model',
      judged: 'Needs the real models; the ablation starts from 84.8 instead of 86.4 on MATH-500.',
    },
    'stronger-start-stronger-end': {
      statement: 'A stronger starting policy ends stronger, though single benchmarks can drop.',
      reported: '94.0/50.0/40.0/65.6/66.1',
      setting: 'DeepSeek-R1-Distill-Qwen-7B, the same five benchmarks',
      baseline: 'before training 92.8/55.5/40.0/65.6/64.1',
      test: 'model',
      judged: 'Needs the real models.',
    },
  },
});
