import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'reward-robust',
  title: 'Reward-Robust RLHF in LLMs',
  name: 'BRME',
  arxiv: '2409.15360',
  date: '2024-09-18',
  authors: [
    'Yuzi Yan',
    'Xingzhou Lou',
    'Jialian Li',
    'Yiping Zhang',
    'Jian Xie',
    'Chao Yu',
    'Yu Wang',
    'Dong Yan',
    'Yuan Shen',
  ],
  venue: 'arXiv',
  code: null,
  tags: ['reward model ensembles', 'robust optimisation', 'uncertainty', 'worst-case reward', 'reward hacking', 'rlhf'],
  rooms: ['model', 'policy', 'reward', 'assess'],
  summary: `Preference data covers a small part of what a policy can write, so a reward model is bound to be wrong
somewhere, and the optimiser will find the place. This work hedges. A trunk with several heads, each giving a mean and
a spread, stands for a set of plausible rewards; the policy is paid mostly by the head that is surest of itself and,
in a small share, by the most pessimistic one. A dial runs from ordinary RLHF to pure worst case; the authors find the
best settings near the ordinary end. Their case for pessimism is an asymmetry: overrating a bad response draws the
policy towards it, underrating a good one merely loses it. Heads on a shared trunk cost next to nothing, and with
endpoints several judges can play their part. The catches: heads need a common origin before a minimum means anything,
shared trunks share mistakes, and the natural squared-error training drives all spreads to zero. No code was found;
ask always whether a plain ensemble mean does as well.`,
  method: [
    {
      text: String.raw`The robust objective mixes the nominal reward with the worst in an uncertainty set, by a weight $\lambda$ on robustness (our letter and direction; accounts of the paper differ).`,
      tex: String.raw`\max_\pi\ (1-\lambda)\,\mathbb E[r_{\mathrm{nom}}]+\lambda\min_{r\in\mathcal R}\mathbb E[r]-\beta\,\mathrm{KL}(\pi\,\|\,\pi_{\mathrm{ref}})`,
    },
    {
      text: String.raw`In PPO the minimum is taken per sample over the head means $\mu_k$, which bounds the objective from below. Nominal is whichever head reports the smallest $\sigma_k$ on the input at hand.`,
      tex: String.raw`r_{\mathrm{rob}}(x,y)=(1-\lambda)\,\mu_{k^\star}(x,y)+\lambda\min_k\mu_k(x,y),\qquad k^\star=\arg\min_k\sigma_k(x,y)`,
    },
    {
      text: 'Training has two stages: an ordinary Bradley–Terry model first, then the heads on its trunk with a squared-error objective, each on its own part of the data.',
    },
    {
      text: 'Plain squared error on reparameterised samples pushes every spread to zero, as one line shows; our default is the Gaussian negative log-likelihood.',
      tex: String.raw`\mathbb E_\epsilon(\mu+\sigma\epsilon-t)^2=(\mu-t)^2+\sigma^2`,
    },
    {
      text: 'If the set grows without limit its minimum becomes constant and only the KL term is left: pessimism fails towards doing nothing, which is safer than following noise.',
    },
  ],
  pitfalls: [
    'Bradley–Terry heads differ by arbitrary constants; calibrate on reference samples before taking a minimum.',
    'Heads on one trunk share its errors, and their disagreement understates uncertainty off the data.',
    'The most confident head need not be the most accurate: off the data its spread is an extrapolation too.',
    'A minimum per sample hits novel responses hardest, so entropy falls; watch diversity.',
    'The robustness weight and the KL weight both hold the policy near its reference; compare runs at matched KL, too.',
    'Reviewers missed comparisons with other ensemble methods; run the mean and the mean minus a spread penalty beside it.',
  ],
  claims: {
    'small-dose-helps': {
      statement: 'Mixing a moderate share of the worst case into the reward beats using the nominal reward alone.',
      reported: '0.2 and 0.4 best at 200 steps (sweep from 0 to 1 in steps of 0.2)',
      setting: 'LLaMA3-8B-Instruct actor, five heads',
      baseline: 'λ = 0',
      test: 'experiment',
      judged:
        'Rule (a), main verdict together with (c), coverage toy: true reward at λ = 0.3 (mean of 0.2 and 0.4, fixed in advance) minus λ = 0 above zero; paired bootstrap 95% over 200 worlds (60 in quick). Refuted if the interval lies below zero. Whether the plain ensemble mean matches is reported.',
    },
    'pure-worst-case-is-timid': {
      statement: 'Training on the worst case alone is over-conservative.',
      reported: 'qualitative',
      setting: 'λ = 1',
      baseline: 'mixture',
      test: 'experiment',
      judged:
        'Rule (b), coverage toy: true reward at λ = 0.3 minus λ = 1 above zero; paired bootstrap over worlds, 95%.',
    },
    'over-scoring-is-worse': {
      statement: 'Errors that overrate responses hurt more than errors that underrate them.',
      reported: 'qualitative',
      setting: 'perturbed rewards',
      baseline: null,
      test: 'experiment',
      judged:
        'Rule (c), main verdict together with (a), exact: regret with upward errors minus regret with downward errors of the same size on a random quarter of the cells, above zero; 95%.',
    },
    'confident-head-beats-single': {
      statement: 'Paying by the most confident head alone already beats a single-head reward model.',
      reported: 'qualitative',
      setting: 'λ = 0',
      baseline: 'single-head reward model',
      test: 'experiment',
      judged:
        'Rule (d), coverage toy: true reward of the nominal head minus single head above zero; paired bootstrap over worlds, 95%.',
    },
    'robust-beats-standard': {
      statement: 'Robust RLHF ends above standard RLHF.',
      reported: 'average accuracy about +4 points (secondary summaries)',
      setting: 'LLaMA3-8B, 800 PPO steps, 12–16 benchmarks',
      baseline: 'standard PPO with a single-head reward model',
      test: 'experiment',
      judged:
        'Rule (e), small-scale analogue in tiny RLHF: gold reward at the end in the λ = 0.3 band minus single head above zero; 6 seeds, paired bootstrap, 95%.',
    },
    'long-runs-stay-stable': {
      statement: 'Long runs stay stable while standard PPO degrades.',
      reported: 'qualitative',
      setting: '800 PPO steps',
      baseline: 'standard PPO',
      test: 'model',
      judged: 'The length and the failure belong to the real run; our gold curves and areas are reported.',
    },
    'perfect-labels-imperfect-reward': {
      statement:
        'Even noise-free preferences, if they leave responses uncovered, give a reward model with a wrong optimum; the robust objective recovers the right one.',
      reported: 'toy, 8 prompts × 8 responses',
      setting: 'partial coverage, three-layer MLP policy',
      baseline: 'optimal actor; standard PPO',
      test: 'record',
      judged:
        'The coverage toy rebuilds this world and reports regret to the true optimum; recovery itself has no rule.',
    },
    'annotators-disagree': {
      statement: 'Annotators are inconsistent enough to make any single reward doubtful.',
      reported: 'about 70% human and about 64% AI agreement with experts',
      setting: 'preference annotation',
      baseline: null,
      test: 'record',
      judged: 'A property of annotators; kept for the record.',
    },
  },
});
