import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'amft',
  title: 'AMFT: Aligning LLM Reasoners by Meta-Learning the Optimal Imitation-Exploration Balance',
  name: 'AMFT',
  arxiv: '2508.06944',
  date: '2025-08-09',
  authors: ['Lixuan He', 'Jie Feng', 'Yong Li'],
  venue: 'arXiv',
  code: null,
  tags: ['supervised fine-tuning', 'rlvr', 'meta-gradient', 'bilevel optimisation', 'entropy regularisation'],
  rooms: ['policy', 'credit', 'assess'],
  summary: `Training on demonstrations and then with RL risks losing in the second stage what the first one taught. AMFT
runs both losses side by side and lets a single number decide their mix. Every few steps it computes which way that
number should have been nudged for the updated model to earn more reward on held-out prompts, and moves it accordingly;
an entropy term is meant to stop collapse and aimless wandering alike. The device is general: any scalar between two
losses can be tuned in this manner for the price of one validation gradient and two inner products. It suits runs where
you own the weights and have spare verifiable prompts. Two warnings. The arXiv record says that withdrawal was requested
amid a misconduct inquiry, so treat the published figures as hearsay; we test only the mathematical idea. And a one-step look
ahead, estimated from a few binary outcomes, is noisy and short-sighted: a fixed mix or a plain decay is a serious
competitor.`,
  method: [
    {
      text: 'Imitation and reward share one objective; $\\mu$ is the share of imitation, and $L_{\\mathrm{RL}}$ a clipped PPO loss on 0/1 rewards.',
      tex: String.raw`L_{\mathrm{total}}(\theta;\mu)=(1-\mu)\,L_{\mathrm{RL}}(\theta)+\mu\,L_{\mathrm{SFT}}(\theta),\qquad \mu\in[\mu_{\min},\mu_{\max}]`,
    },
    {
      text: 'The weight is scored by the expected reward $U$ on held-out prompts. Differentiating through the latest update only, and assuming plain gradient descent with rate $\\alpha$, gives an inner product.',
      tex: String.raw`g_\mu=\alpha\,\big\langle \nabla_\theta U(\theta_t),\ \nabla L_{\mathrm{RL}}(\theta_{t-1})-\nabla L_{\mathrm{SFT}}(\theta_{t-1})\big\rangle`,
    },
    {
      text: 'The validation gradient comes from scored samples with a leave-one-out baseline.',
      tex: String.raw`\widehat{\nabla U}=\frac1n\sum_i\big(R_i-b_{-i}\big)\,\nabla\log\pi_\theta(\tau_i)`,
    },
    {
      text: 'The weight then takes a clipped step, with a pull towards the entropy $H^*$ of the warm-up model. As printed, this pull acts against its own description; our default flips its sign.',
      tex: String.raw`\mu_{t+1}=\mathrm{clip}\big(\mu_t+\eta_\mu g_\mu+\eta_H\,(H^*-H(\pi_{\theta_t})),\ \mu_{\min},\ \mu_{\max}\big)`,
    },
    {
      text: 'Our default replaces the raw product by cosines, because the two gradients differ widely in length.',
      tex: String.raw`\tilde g_\mu=\cos\!\big(\nabla U,-\nabla L_{\mathrm{SFT}}\big)-\cos\!\big(\nabla U,-\nabla L_{\mathrm{RL}}\big)`,
    },
  ],
  pitfalls: [
    'With raw inner products the controller mostly reacts to which gradient is longer. Log both norms and prefer cosines.',
    'A validation gradient from a handful of pass/fail samples is mostly noise, and exactly zero when all agree; smooth it over time.',
    'If the validation prompts are the RL prompts, the controller has no reason left to favour imitation.',
    'The derivative belongs to the previous step: pairing it with current gradients is another method.',
    'Imitation pays late, and a one-step view cannot see that. Compare against training briefly with the weight moved up and down.',
    'A weight stuck at its bound looks calm; record the value before clipping.',
  ],
  cautions: [
    {
      kind: 'withdrawn',
      text: 'The arXiv listing of version 3 (2025-10-10) says that the paper is under investigation for possible academic misconduct and that the authors asked for its withdrawal. The scope of the concerns is not public; no reported number should be relied on. The announced repository (hlxtsyj/AMFT) is gone.',
    },
  ],
  claims: {
    'maths-average': {
      statement:
        'A learned mix of imitation and RL scores above earlier single-stage recipes on mathematics, at home and out of distribution.',
      reported: '61.3 in-distribution, 63.3 out-of-distribution (average scores, version 1)',
      setting: 'Qwen2.5-Math-7B',
      baseline: 'SRFT 59.5 and 62.5',
      test: 'record',
      judged: 'Kept as published in a paper whose withdrawal was requested; we compare nothing with these figures.',
    },
    'beats-two-stage': {
      statement: 'Mixing both losses under a learned weight ends higher than imitation followed by RL.',
      reported: 'General Points: 72.1 in-distribution, 45.8 rule shift, 70.3 visual shift',
      setting: 'LLaMA-3.2-Vision-11B, visual General Points (version 1)',
      baseline: 'SFT, RL, SFT then RL and LUFFY, all lower',
      test: 'experiment',
      judged:
        'Part (i), Points-24 with a 350k-parameter GPT, 5 seeds, equal rollouts, paired bootstrap over seeds and items: AMFT minus a tuned SFT-then-RL in in-distribution accuracy must have a 95% interval above 0.',
    },
    'meta-gradient-matters': {
      statement: 'Choosing the weight by meta-gradient is what brings the gain; without it the score falls clearly.',
      reported: '57.0 without the meta-gradient against 61.3 with it (55.0 without entropy term, 56.2 without warm-up)',
      setting: 'Qwen2.5-Math-7B, in-distribution maths (version 1)',
      baseline: 'AMFT with one component removed',
      test: 'experiment',
      judged:
        'Part (ii), same runs: AMFT minus the best fixed weight stays above −1 point in-distribution and above 0 under the rule shift (95% interval). Refuted at this scale if a random-walk weight, or a replay of the average weight curve from other seeds, does as well.',
    },
    'gradient-points-right': {
      statement: 'The one-step meta-gradient points the weight in the direction that really raises validation reward.',
      reported: 'qualitative; presupposed by the method',
      setting: 'no direct measurement is known to us',
      baseline: 'sign agreement by chance, 50%',
      test: 'experiment',
      judged:
        'Part (iii): the sign of the meta-gradient agrees with a finite difference (five steps with the weight moved by ±0.1 from one checkpoint, 20 probes a seed) in more than 50% of probes by a binomial interval. Failure refutes the idea at this scale.',
    },
    'rollout-savings': {
      statement:
        'A target accuracy is reached with fewer steps and rollouts than with RL alone or a fixed off-policy share.',
      reported: '60% on General Points after about 310 steps and 15.8k rollouts',
      setting: 'LLaMA-3.2-Vision-11B (version 1)',
      baseline: 'RL 480 steps, 30.7k rollouts; LUFFY 400 steps, 22.4k rollouts',
      test: 'record',
      judged:
        'Unverified figure of a paper under investigation; our rule compares accuracies at equal rollouts instead.',
    },
    'navigation-scores': {
      statement: 'The same recipe leads on vision-and-language navigation, also under rule and visual shifts.',
      reported: '95.2 in-distribution, 71.4 rule shift, 85.2 visual shift',
      setting: 'LLaMA-3.2-Vision-11B on V-IRL (version 1)',
      baseline: 'SFT, RL, SFT then RL, LUFFY',
      test: 'record',
      judged: 'Needs an 11B vision model, and the figures stand unverified.',
    },
    'imitation-first': {
      statement:
        'RL alone loses its entropy, whereas the learned weight drifts from mostly imitation to mostly exploration.',
      reported: 'qualitative',
      setting: 'training curves (version 1)',
      baseline: 'pure RL',
      test: 'record',
      judged: 'We plot the weight and entropy curves; the acceptance rule passes no verdict on their shape.',
    },
  },
});
