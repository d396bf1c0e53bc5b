import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'prime',
  title: 'Process Reinforcement through Implicit Rewards',
  name: 'PRIME',
  arxiv: '2502.01456',
  date: '2025-01',
  authors: [
    'Ganqu Cui',
    'Lifan Yuan',
    'Zefan Wang',
    'Hanbin Wang',
    'Yuchen Zhang',
    'Jiacheng Chen',
    'Wendi Li',
    'Bingxiang He',
    'Yuchen Fan',
    'Tianyu Yu',
    'Qixin Xu',
    'Weize Chen',
    'Jiarui Yuan',
    'Huayu Chen',
    'Kaiyan Zhang',
    'Xingtai Lv',
    'Shuo Wang',
    'Yuan Yao',
    'Xu Han',
    'Hao Peng',
    'Yu Cheng',
    'Zhiyuan Liu',
    'Maosong Sun',
    'Bowen Zhou',
    'Ning Ding',
  ],
  venue: 'preprint',
  code: 'https://github.com/PRIME-RL/PRIME',
  links: [{ label: 'models and data', url: 'https://huggingface.co/PRIME-RL' }],
  tags: [
    'implicit process reward',
    'online reward model',
    'token-level credit',
    'rloo',
    'reward over-optimisation',
    'verifiable rewards',
  ],
  rooms: ['credit', 'model', 'policy', 'assess'],
  summary: `A verifier that checks final answers cannot say which tokens earned them, and training a step-level grader
needs labels and goes stale as soon as the policy moves. PRIME keeps a second copy of the language model next to the
policy and teaches it, by plain right-or-wrong classification of whole responses, so that its log-ratio to a frozen
reference predicts success. A log-ratio is a sum over tokens, so each token receives a reward without anybody
labelling steps; and as the training signal is the verifier itself, the second model can be refreshed on every batch
of rollouts. Token returns and outcome are each centred by a leave-one-out baseline and added. The bill is one more
trainable model and about a quarter more time per step. Use it where answers are checkable and rollouts are expensive.
It inherits the blind spots of the verifier: lucky answers praise the wrong tokens. Formula and released code disagree
about the scaling of the two streams, which matters in practice.`,
  method: [
    {
      text: String.raw`The reward model $\pi_\phi$ is a language model, and its token reward is a scaled log-ratio to a fixed reference. As all models start from the same weights, every reward is zero at the first iteration.`,
      tex: String.raw`r_\phi(y_t)=\beta\log\frac{\pi_\phi(y_t\mid y_{<t})}{\pi_{\mathrm{ref}}(y_t\mid y_{<t})},\qquad r_\phi(y)=\sum_t r_\phi(y_t)`,
    },
    {
      text: 'It is trained online by cross-entropy on whole responses; the only label is the outcome $r_o$ from the verifier.',
      tex: String.raw`\mathcal L_{CE}(\phi)=-\mathbb E\big[r_o\log\sigma(r_\phi(y))+(1-r_o)\log(1-\sigma(r_\phi(y)))\big]`,
    },
    {
      text: 'Two streams are added. Both are centred on the other responses of the group of $K$, the process stream by their average reward per token.',
      tex: String.raw`A^i_t=\sum_{s\ge t}\gamma^{s-t}\Big[r_\phi(y^i_s)-\frac1{K-1}\sum_{j\ne i}\frac{r_\phi(y^j)}{|y^j|}\Big]+r_o(y^i)-\frac1{K-1}\sum_{j\ne i}r_o(y^j)`,
    },
    {
      text: String.raw`With $\gamma=1$ the process return equals the score of the whole response less that of the prefix, hence shaping of a potential kind rather than free-floating bonuses.`,
      tex: String.raw`\sum_{s\ge t}r_\phi(y_s)=r_\phi(y)-v_\phi(y_{<t}),\qquad v_\phi(y_{<t})=\sum_{i<t}r_\phi(y_i)`,
    },
    {
      text: 'Groups with more than 80% or fewer than 20% right answers are skipped. The released code divides process returns by their largest size in the batch, adds the streams one to one and whitens the sum.',
    },
  ],
  pitfalls: [
    'A sum of log-ratios over thousands of tokens is large; unscaled, it drowns the outcome stream.',
    'The baseline charges a constant per token, so a negative mean reward makes long remainders attractive; watch response length.',
    'Groups that are all right or all wrong carry no outcome signal but still a process signal, and then the reward model steers alone.',
    'Use the same temperature and masks for policy, reward model and reference, float32 log-probabilities, and keep the end token.',
    'Scores are relative to the reference: zero is no calibrated threshold between right and wrong.',
    'The headline gain is 15.1% on seven benchmarks but 16.7% on five of mathematics; name the set.',
  ],
  claims: {
    'fewer-steps': {
      statement:
        'Adding the implicit process stream reaches the training reward of outcome-only RLOO in far fewer steps.',
      reported: '2.5× fewer steps; final training reward +6.9%',
      setting: 'Eurus-2-7B-SFT, 240 steps',
      baseline: 'RLOO with the outcome verifier only',
      test: 'experiment',
      judged:
        'Left-to-right arithmetic modulo 10, from a base that is right six times in ten: the area under the curve of held-out accuracy, PRIME − RLOO, has a 95% paired bootstrap interval above zero over 6 seeds (3 in quick, too few for a verdict). Refuted if the interval lies below zero, otherwise inconclusive.',
    },
    'online-stays-accurate': {
      statement:
        'A reward model frozen before RL loses accuracy on the rollouts of the moving policy, an online one gains.',
      reported: 'qualitative (curves of pair accuracy)',
      setting: 'Eurus-2-7B-SFT run',
      baseline: 'frozen reward model',
      test: 'experiment',
      judged:
        'All three, each by a 95% paired bootstrap over 6 seeds: pair accuracy on current rollouts in the last quarter, PRIME’s online model − a pre-trained frozen one, is above zero; from the first quarter to the last the online model gains; the frozen one loses. Refuted if the difference lies below zero or all three are refuted, mixed if some hold and others are refuted, otherwise inconclusive.',
    },
    'pays-off-per-second': {
      statement: 'Although a step takes longer, equal reward is reached sooner on the clock.',
      reported: '680 s against 531 s per step (+24–28%); still about 2× faster to equal reward',
      setting: '8×A800',
      baseline: 'RLOO',
      test: 'experiment',
      judged:
        'Compute-matched contrast: RLOO with so many more problems an iteration that it takes as long, by times measured once for this implementation. The area under the curve of held-out accuracy, PRIME − this arm, has a 95% paired bootstrap interval above zero over 6 seeds; refuted below zero, otherwise inconclusive.',
    },
    'benchmark-average': {
      statement: 'The gain carries over to held-out mathematics and code benchmarks.',
      reported: '41.0 against 36.9 at 240 steps; 43.9 at 592 steps (SFT start 28.8)',
      setting: 'seven benchmarks, Eurus-2-7B-SFT',
      baseline: 'RLOO',
      test: 'model',
      judged: 'Benchmark averages of a 7B model.',
    },
    'any-estimator': {
      statement: 'The process stream helps other policy-gradient estimators as well.',
      reported: 'REINFORCE 36.0 → 37.8, GRPO 36.1 → 37.8, PPO 35.8 → 39.4',
      setting: '240 steps, seven benchmarks',
      baseline: 'each estimator without PRIME',
      test: 'model',
      judged: 'Differences of two to four benchmark points at 7B; our arms use RLOO.',
    },
    'longer-and-wider': {
      statement: 'The advantage persists in longer training and with more rollouts per prompt.',
      reported: '+3.7% at 800 rollout steps; +4.4% with K = 16',
      setting: 'Eurus-2-7B-SFT',
      baseline: 'RLOO',
      test: 'model',
      judged: 'Needs long runs of a large model.',
    },
    'cheaper-than-vineppo': {
      statement: 'It matches Monte-Carlo credit assignment at a small part of its time.',
      reported: '1.22 h against 13.94 h (11×), 18.8 against 18.4%',
      setting: 'RhoMath 1.1B, 96 steps',
      baseline: 'VinePPO',
      test: 'model',
      judged: 'A wall-clock comparison on real models.',
    },
    'sft-weights-suffice': {
      statement:
        'Starting the reward model from the SFT weights beats starting it from a specially trained process model.',
      reported: 'qualitative',
      setting: 'same run',
      baseline: 'EurusPRM, frozen or online (500k extra samples)',
      test: 'model',
      judged:
        'Depends on the distance between SFT data and extra data; our pre-trained online arm is reported without a rule.',
    },
    'reward-not-value': {
      statement: 'The implicit model serves better as a reward than as a value baseline.',
      reported: 'qualitative',
      setting: 'REINFORCE variants',
      baseline: 'value head; implicit model as value',
      test: 'model',
      judged: 'Our value arm (three seeds) is shown as a bar and not judged.',
    },
    'details-matter-little': {
      statement: 'Reference choice, single or double forward pass, reward-model size and loss make little difference.',
      reported: 'qualitative (3B / 7B / 14B reward models; CE against DPO)',
      setting: 'ablations',
      baseline: null,
      test: 'record',
      judged: 'A null result over many switches; kept for the record.',
    },
    'zero-rl-saturates': {
      statement: 'From a base model without SFT, learning is quicker at first and then levels off.',
      reported: 'about 50 steps',
      setting: 'Qwen2.5-Math-7B, Qwen2.5-32B',
      baseline: 'SFT start',
      test: 'model',
      judged: 'A property of pretrained base models.',
    },
  },
});
