import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'par',
  title: 'Reward Shaping to Mitigate Reward Hacking in RLHF',
  name: 'PAR',
  arxiv: '2502.18770',
  date: '2025-02-26',
  authors: ['Jiayi Fu', 'Xuandong Zhao', 'Chengyuan Yao', 'Heng Wang', 'Qi Han', 'Yanghua Xiao'],
  venue: 'arXiv',
  code: 'https://github.com/PorUna-byte/PAR',
  tags: ['reward hacking', 'reward shaping', 'rlhf', 'ppo', 'reward over-optimisation', 'variance reduction'],
  rooms: ['reward', 'policy', 'assess'],
  summary: `A learned reward model is reliable close to its training data and fiction beyond it, and PPO walks
straight into the fiction. PAR replaces the raw score by the probability, according to the same reward model, that the
new response beats a stored response of the starting policy: a sigmoid of the score difference, averaged over
references. The result lies between zero and one, is steepest where training begins and flattens once the policy
clearly wins, so there is little left to gain from inflating the score. No retraining of the reward model is needed;
one sampled and scored reference per prompt is enough, and the rest is arithmetic. Against a dozen other transforms,
from running standardisation to log-sigmoid, it is reported as the one that still stands at the end of training.
Understand what it buys, though: the best checkpoint is no better than that of ordinary PPO, it is merely kept. With
GRPO, where no critic is fitted, the authors saw no hacking and hence little to repair.`,
  method: [
    {
      text: 'Sample $M$ responses from the starting policy once per prompt, cache their reward-model scores, and pay the policy its mean modelled win probability against them ($M=1$ is said to suffice).',
      tex: String.raw`r_{RL}(x,y)=\frac1M\sum_{m=1}^{M}\sigma\big(r_\phi(x,y)-r_\phi(x,y^m_{\mathrm{ref}})\big)\in(0,1)`,
    },
    {
      text: 'The shaped score is paid on the last token; every token also carries the usual penalty for leaving the reference.',
      tex: String.raw`r_t=\mathbb 1[t=T]\,r_{RL}-\eta\log\frac{\pi_{\mathrm{old}}(y_t\mid\cdot)}{\pi_{\mathrm{ref}}(y_t\mid\cdot)}`,
    },
    {
      text: String.raw`Boundedness limits what the critic must fit: if every per-token reward is below one in size and $\gamma<1$, the variance of the return is capped.`,
      tex: String.raw`\operatorname{Var}[G_t]\le\frac{1}{(1-\gamma)^2}`,
    },
    {
      text: String.raw`Paying the probability $\sigma(z)$ instead of a sampled win $B\sim\mathrm{Bernoulli}(\sigma(z))$ is a Rao–Blackwell step: among rewards $\tilde r$ with that mean, no gradient estimator varies less.`,
      tex: String.raw`\operatorname{Var}(\tilde g)=\operatorname{Var}(g_\sigma)+\mathbb E\big[\|\nabla\log\pi\|^2\,\operatorname{Var}(\tilde r\mid x,y)\big]`,
    },
    {
      text: 'In GRPO the advantage does not change under $ar+b$ with $a>0$, so standardising or min–max scaling with statistics shared by the group does nothing there; the sigmoid does.',
    },
  ],
  pitfalls: [
    'Feed it differences of raw scores. A score that has already been squashed or standardised gets another slope than intended.',
    'The scale of the reward model decides: with a spread of 8 the sigmoid saturates at once, with 0.05 it is a straight line. Aim for a spread of one to three, or set the slope.',
    'When the policy beats the references by several logits the signal vanishes. Fresher references bring the slope back and give up the protection.',
    'Running statistics in the rival transforms drift with the policy, so the same response earns less later.',
    'The released code subtracts a length penalty from the raw score for nearly every method, PAR included; state whether it is on.',
    'The variance bound asks for γ < 1 and bounded log-ratios, while the experiments use γ = 1 and an unbounded log-ratio.',
  ],
  claims: {
    'final-beats-raw': {
      statement:
        'At the end of training a policy paid by PAR is far better than one paid the raw score, which has collapsed.',
      reported: 'AlpacaEval 2 LC 70.81 / win 75.37, MT-Bench 5.063, against 0.10 / 0.37 and 1.925',
      setting: 'Gemma2-2B, UltraFeedback, PPO, one epoch',
      baseline: 'vanilla PPO on the raw score',
      test: 'experiment',
      judged:
        'Rule (a), main verdict: final gold win rate PAR10 − vanilla above zero, paired bootstrap over 5 seeds (2 in quick) and prompts, 95%, given that vanilla PPO hacks at all (otherwise: mixed). Refuted if PAR is not above a hacking vanilla run, or a tuned KL coefficient or ceiling beats it.',
    },
    'beats-other-transforms': {
      statement:
        'PAR ends above the other score transforms, whether they standardise, clip, take log-sigmoids or rise slowly first.',
      reported:
        'LC 70.81 against Minmax 66.98, WARM 60.67, LSC 47.56; Clip, Reg, ODIN, Meanstd about 0; SgFc qualitative',
      setting: 'Gemma2-2B, UltraFeedback, PPO, one epoch',
      baseline: 'Minmax, WARM, LSC, Clip, Reg, ODIN, Meanstd, SgFc',
      test: 'experiment',
      judged:
        'Rule (b): final win rate PAR10 minus each of meanstd, clip, LSC and SgFc above zero (paired bootstrap, 95%). The differences to minmax, the best KL coefficient and the best ceiling are reported without a gate.',
    },
    'one-reference-is-enough': {
      statement: 'A single cached reference per prompt does as well as ten.',
      reported: 'PAR with 1 reference = PAR with 10',
      setting: 'Gemma2-2B',
      baseline: 'ten references',
      test: 'experiment',
      judged:
        'Rule (c), main verdict together with (a): PAR1 − PAR10 > −3 points of final win rate, as a non-inferiority bound on the 95% paired bootstrap interval.',
    },
    'centring-matters': {
      statement: 'Subtracting a reference score before the squashing function beats squashing the score alone.',
      reported: 'qualitative for sigmoid, tanh and polynomial; plain sigmoid clearly worse',
      setting: 'Gemma2-2B, PPO',
      baseline: 'the same function without centring',
      test: 'experiment',
      judged:
        'Rule (d): centred minus uncentred sigmoid, final win rate above zero (paired bootstrap over seeds and prompts, 95%).',
    },
    'peak-is-not-raised': {
      statement:
        'The best checkpoint is about equally good for all transforms, so PAR keeps the peak and does not lift it.',
      reported: 'best-checkpoint LC 68.95–72.24; PAR 69.43, vanilla 70.48',
      setting: 'Gemma2-2B, UltraFeedback',
      baseline: 'best checkpoint of each other method',
      test: 'experiment',
      judged: 'Rule (e): peak(PAR) − peak(vanilla) lies within ±5 points.',
    },
    'estimator-theorems': {
      statement:
        'The win probability has the smallest gradient variance among unbiased stand-ins, and in GRPO linear rescalings cancel.',
      reported: 'proved (variance bound, Rao–Blackwell step); linear transforms identical in GRPO',
      setting: 'any softmax policy; group-normalised advantages',
      baseline: 'sampled win; raw reward',
      test: 'experiment',
      judged:
        'Part A0, exact: by enumeration on a softmax policy with 2 prompts and 6 responses, the variance ordering and the GRPO identity hold to 1e-6.',
    },
    'hacking-past-a-threshold': {
      statement: 'Hacking sets in once the raw score passes a threshold which PAR and min–max scaling never cross.',
      reported: 'about 6.0 raw score',
      setting: 'Gemma2-2B, UltraFeedback',
      baseline: null,
      test: 'model',
      judged: 'The threshold belongs to one trained reward model.',
    },
    'bounding-helps': {
      statement: 'A stronger KL coefficient or a lower ceiling on the score raises the win rate while the proxy falls.',
      reported: 'qualitative',
      setting: 'Gemma2-2B, two epochs',
      baseline: 'vanilla PPO',
      test: 'record',
      judged: 'The tuned KL and ceiling arms are run as rivals of PAR and reported; they have no rule of their own.',
    },
    'stable-for-two-epochs': {
      statement:
        'PAR remains good through a second epoch, in which min–max scaling and weight-averaged reward models fail.',
      reported: 'qualitative',
      setting: 'Gemma2-2B, two epochs',
      baseline: 'Minmax, WARM',
      test: 'model',
      judged: 'Needs runs of that length with a real reward model.',
    },
    'calibrated-up-to-a-point': {
      statement:
        'The hidden preference agrees with judged win rates up to about 0.8; beyond that the real win rate drops.',
      reported: 'calibrated to about 0.8',
      setting: 'all shaping methods, Gemma2-2B',
      baseline: null,
      test: 'model',
      judged: 'Where calibration breaks depends on reward model and judge; our curve is shown without a rule.',
    },
    'grpo-did-not-hack': {
      statement: 'Without a critic, in GRPO, no hacking occurred, and PAR was only slightly better late in training.',
      reported: 'qualitative',
      setting: 'GRPO, group of 5',
      baseline: 'vanilla and linear transforms in GRPO',
      test: 'model',
      judged: 'Absence of hacking in one large-scale set-up cannot be settled by a toy; our GRPO arms are reported.',
    },
  },
});
