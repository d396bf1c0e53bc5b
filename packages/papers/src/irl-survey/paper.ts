import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'irl-survey',
  title: 'Inverse Reinforcement Learning Meets Large Language Model Post-Training: Basics, Advances, and Opportunities',
  name: 'IRL for LLM post-training',
  arxiv: '2507.13158',
  date: '2025-07-17',
  authors: ['Hao Sun', 'Mihaela van der Schaar'],
  venue: 'preprint',
  code: null,
  links: [{ label: 'tutorial', url: 'https://sites.google.com/view/irl-llm' }],
  tags: ['inverse rl', 'imitation learning', 'reward modelling', 'rlhf', 'active preference learning', 'survey'],
  rooms: ['model', 'policy', 'search', 'assess'],
  summary:
    'For a language model the dynamics are known (append a token) and the reward is what is missing. This survey therefore files the whole of post-training under inverse reinforcement learning: supervised tuning is behaviour cloning; preference models, DPO and verifiers each infer a reward from a different kind of evidence; best-of-n, policy gradients and guided decoding then spend it. It is most useful as a map from the data one holds (demonstrations, an expert to ask, pairs, logs, several groups of annotators) to the objective to fit, with reasons why a learned reward can be worth its trouble: it uses cheap feedback, generalises where imitation lets errors pile up, and can be optimised against at inference. It warns that rewards are not unique, overfit and are fitted off-policy. Being a survey it measures nothing; some of its statements are bounds or identities, others rest on cited studies and should be re-tested before one relies on them.',
  method: [
    {
      text: String.raw`Imitation by likelihood alone pays for its own mistakes: with error $\epsilon$ on expert states and horizon $T$, cloning grows with the square of the horizon, while asking the expert on the learner's own states (DAgger) keeps it linear.`,
      tex: String.raw`\ell_{\rm BC}\le C+T^2\epsilon,\qquad \ell_{\rm DAgger}\le C+T\epsilon`,
    },
    {
      text: 'Adversarial imitation methods are one min–max problem; the choice of $f$ decides which divergence between occupancies is driven down (GAIL, AIRL, FAIRL).',
      tex: String.raw`\min_\pi\max_{T_\omega}\ \mathbb E_{D}\big[T_\omega(s,a)\big]-\mathbb E_{\pi}\big[f^*(T_\omega(s,a))\big]`,
    },
    {
      text: 'A Bradley-Terry reward is fitted to pairs and fixed only up to a constant per prompt. Classifying chosen against rejected and using the logit is the alternative recommended under noisy labels.',
      tex: String.raw`\max_\theta\sum_i\log\sigma\big(r_\theta(x_i,y_i^+)-r_\theta(x_i,y_i^-)\big)`,
    },
    {
      text: 'DPO is the same inference with the reward written through the policy that would be optimal for it.',
      tex: String.raw`r(x,y)=\beta\log\frac{\pi^*(y\mid x)}{\pi_{\rm ref}(y\mid x)}+\beta\log Z(x)`,
    },
    {
      text: 'For the next labels, pick the pairs with the largest Fisher gain, with difference features $d$, predicted preference $p$ and information matrix $I$.',
      tex: String.raw`\max_{d}\ p(1-p)\,d^\top I^{-1}d,\qquad I=\sum_i p_i(1-p_i)\,d_id_i^\top+\lambda\,\mathbb 1`,
    },
    {
      text: 'From demonstrations alone, matching trajectories in forward KL is supervised tuning; the reverse KL leads to a discriminator reward, for instance between samples of the tuned and of the initial model.',
      tex: String.raw`r=\log D_\phi-\log(1-D_\phi)`,
    },
  ],
  pitfalls: [
    'Bradley-Terry rewards carry an unknown offset for each prompt. Remove it before pooling scores or setting a threshold.',
    'A classification reward learns how hard prompts are when prompts differ; keep per-prompt centring as a control.',
    'GAIL rewards are non-negative and AIRL rewards can be negative: with episodes of varying length one pays for surviving, the other for ending.',
    'Discriminators saturate; use a gradient penalty, smoothed labels or fewer updates.',
    'Optimal design needs a ridge until enough labels are in, and fresh preference estimates for each batch.',
    'Several boxes contain slips (DPO without reference and with inverted β, doubled min/max signs, a repeated index): implement the standard forms.',
  ],
  claims: {
    'compounding-error': {
      statement:
        'The error of cloning grows with the square of the horizon, that of interactive imitation only linearly.',
      reported: 'bounds T²ε and Tε',
      setting: 'horizon T, error ε on expert states',
      baseline: 'each other',
      test: 'experiment',
      judged:
        'E1, drift corridor, T from 10 to 160, 20 seeds: slope of mistakes per step in T has its 95% interval above 0 for cloning and includes 0 (±1e-5) for DAgger, and cloning minus DAgger at T = 160 is above 0.',
    },
    'learned-reward-transfers': {
      statement:
        'A reward inferred from a few demonstrations carries over to changed dynamics better than a cloned policy.',
      reported: 'qualitative',
      setting: 'argument for learned rewards',
      baseline: 'behaviour cloning',
      test: 'experiment',
      judged:
        'E2, 8×8 gridworld with slip and walls changed after learning, 20 seeds: return with 4 demonstrations, maximum-entropy IRL (and AIRL with a state-only reward) minus cloning, above 0 (paired 95% interval).',
    },
    'forward-covers-reverse-seeks': {
      statement:
        'Supervised tuning is forward KL and covers modes; adversarial alignment is reverse KL and seeks them.',
      reported: 'identity',
      setting: 'trajectory level, demonstrations only',
      baseline: 'each other',
      test: 'experiment',
      judged:
        'E3, exact mixtures with a model too small to fit: forward KL has higher coverage and lower precision than reverse KL, both 95% intervals excluding 0.',
    },
    'classification-under-noise': {
      statement: 'Under noisy labels a classification loss can serve better than Bradley-Terry estimation.',
      reported: 'qualitative (cited work)',
      setting: 'reward models on preference data',
      baseline: 'Bradley-Terry',
      test: 'experiment',
      judged:
        'E4: gain of best-of-32 over flip rates 0 to 40% and three levels of prompt offset, 30 seeds, plus heads on a tiny model; verdict by interval in each cell. Our linear calibration finds Bradley-Terry better or equal everywhere, so the page shows where, if anywhere, the statement holds.',
    },
    'optimal-design-wins': {
      statement: 'Choosing the pairs to label by optimal design beats heuristic acquisition.',
      reported: 'qualitative (cited work)',
      setting: 'active preference collection',
      baseline: 'random, uncertainty, maximum difference',
      test: 'experiment',
      judged:
        'E5, 80 labels from 1,500 pairs, 30 seeds: test pair accuracy of optimal design minus random and minus maximum difference above 0 (95% intervals); against uncertainty it is reported.',
    },
    'reward-enables-search': {
      statement:
        'Only a reward model makes optimisation at inference possible, even when it was fitted to demonstrations alone.',
      reported: 'qualitative',
      setting: 'inference-time optimisation',
      baseline: 'supervised tuning, prompting',
      test: 'experiment',
      judged:
        'E6, tiny language model tuned on 500 demonstrations: best-of-16 by a reward learned from tuned against initial samples minus the tuned model alone, accuracy above 0 (95% interval).',
    },
    'one-adversarial-problem': {
      statement: 'The adversarial imitation methods are one min–max problem that differs in its divergence.',
      reported: 'table of identities',
      setting: 'GAIL, AIRL, FAIRL',
      baseline: null,
      test: 'record',
      judged: 'Algebra; the corrected forms stand in the method.',
    },
    'rlhf-and-dpo-are-irl': {
      statement:
        'RLHF and DPO infer rewards from the same evidence; tuned PPO can come out ahead, DPO is the easier of the two.',
      reported: 'qualitative (cited studies)',
      setting: 'language-model alignment',
      baseline: 'each other',
      test: 'model',
      judged: 'The comparison rests on large models.',
    },
    'central-obstacles': {
      statement: 'Over-optimised rewards and data from other policies are the main obstacles.',
      reported: 'qualitative',
      setting: 'assessment by the authors',
      baseline: null,
      test: 'record',
      judged: 'An opinion about the field.',
    },
  },
});
