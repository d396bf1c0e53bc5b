import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'dporm',
  title:
    'On the Limited Generalization Capability of the Implicit Reward Model Induced by Direct Preference Optimization',
  name: 'DPORM',
  arxiv: '2409.03650',
  date: '2024-09-05',
  authors: [
    'Yong Lin',
    'Skyler Seto',
    'Maartje ter Hoeve',
    'Katherine Metcalf',
    'Barry-John Theobald',
    'Xuan Wang',
    'Yizhe Zhang',
    'Chen Huang',
    'Tong Zhang',
  ],
  venue: 'Findings of EMNLP 2024',
  code: null,
  links: [{ label: 'follow-up code (other authors)', url: 'https://github.com/princeton-pli/exrm-vs-imrm' }],
  tags: ['dpo', 'implicit reward', 'reward model generalisation', 'distribution shift', 'iterative dpo'],
  rooms: ['model', 'policy', 'assess'],
  summary: `After DPO you own a free judge: how much likelier the tuned policy finds a response than its reference does. Many
pipelines use this log-ratio to label the next round of pairs. Here it meets a scalar head trained on the same data from
the same start. On familiar data they are level; when prompts or the style of the responses change, the free judge
ranks worse, and iterating DPO on its labels gives weaker policies. So measure it on shifted data before you trust it
with labels, and if in doubt pay for one more fine-tune and train the head. The log-ratio also needs log-probabilities
from two models and is defined only within one prompt. The catch: the size of the gap depends on the kind of shift. A
later study agrees about changed wording, where a paraphrase can be pushed down by an update that praised its twin, but
finds implicit rewards as good or better when the domain changes. Test your shift, not shift in general.`,
  method: [
    {
      text: 'The explicit model puts a linear head on the last hidden state of the common starting model and uses the pairwise logistic loss.',
      tex: String.raw`r_{EX}(x,y)=u^\top h_{x,y},\qquad \mathcal L_{EX}=-\mathbb E\log\sigma\big(r_{EX}(x,y_w)-r_{EX}(x,y_l)\big)`,
    },
    {
      text: 'The implicit model is the log-ratio of policy and reference, trained by the same loss, which then is DPO. A prompt-dependent constant is missing, hence no comparison across prompts.',
      tex: String.raw`r_{IM}(x,y)=\beta\log\frac{\pi_\theta(y\mid x)}{\pi_{ref}(y\mid x)}=\beta\sum_t\big[\log\pi_\theta(y_t\mid\cdot)-\log\pi_{ref}(y_t\mid\cdot)\big]`,
    },
    {
      text: 'Both are selected on in-distribution validation data and compared by pairwise accuracy when prompts, responses or both come from elsewhere.',
      tex: String.raw`\mathrm{acc}=\Pr\big[r(x,y_w)>r(x,y_l)\big]`,
    },
    {
      text: 'A later analysis suggests why: a step on one pair moves the explicit reward of another response by hidden-state similarity only ($g>0$), while the implicit one adds token-match coefficients that may turn negative for a paraphrase.',
      tex: String.raw`\Delta r_{EX}(\bar x,\bar y)=\eta\,g\,\big\langle h_{\bar x,\bar y},\ h_{x,y^+}-h_{x,y^-}\big\rangle`,
    },
  ],
  pitfalls: [
    'Compare implicit rewards within a prompt only; pooling raw scores over prompts is meaningless.',
    'An under-trained implicit model already looks poor at home. Check training accuracy before blaming generalisation.',
    'Summing over tokens makes the log-ratio sensitive to length: report accuracy by length difference.',
    'A fair budget is not identical settings. A fresh head wants a higher rate than the backbone, and several head seeds.',
    'Score response tokens only, include the end token and use identical templates for both models.',
  ],
  cautions: [
    {
      kind: 'disputed',
      text: 'A 2025 follow-up (arXiv 2507.07981) confirms the gap in distribution and under token-level shift, but under domain shift it finds the implicit model equal or better (0.720 against 0.621 for the explicit one).',
    },
  ],
  claims: {
    'same-fit': {
      statement: 'On the training data the implicit model fits as well as the explicit one.',
      reported: 'comparable (qualitative)',
      setting: 'training and in-distribution data',
      baseline: 'explicit reward model',
      test: 'experiment',
      judged:
        'Part (a), tiny GPTs from a common checkpoint, 8 seeds: training-pair accuracies differ by at most 3 points; the difference on in-distribution test pairs is reported.',
    },
    'explicit-generalises-better': {
      statement:
        'Outside the training distribution the implicit model ranks pairs less accurately than the explicit one.',
      reported: 'mean drop 3 points, at most 7',
      setting: 'five out-of-distribution settings',
      baseline: 'explicit reward model',
      test: 'experiment',
      judged:
        'Part (b), the main verdict: mean accuracy over our five shifted sets, explicit − implicit, above 0 (paired bootstrap over seeds and items, 95%). Refuted if the interval lies below 0, or includes 0 with a half-width under 1 point.',
    },
    'prompt-and-response-shift': {
      statement: 'Both new kinds of prompts and responses from other generators open the gap.',
      reported: 'qualitative',
      setting: 'prompt shift and response shift',
      baseline: 'explicit reward model',
      test: 'experiment',
      judged:
        'Differences are shown per shift with intervals; the verdict is "mixed" when response shifts favour the explicit model and the prompt shift the implicit one, which is the pattern of the follow-up.',
    },
    'better-iterative-labels': {
      statement: 'Iterative DPO gets further when an explicit model labels the new pairs.',
      reported: 'qualitative (judge win rate)',
      setting: 'iterative DPO',
      baseline: 'labels from the implicit reward',
      test: 'experiment',
      judged: 'Part (d): gold accuracy after round 3, explicit − implicit labels, has a 95% interval above 0.',
    },
    'paraphrase-breaks-implicit': {
      statement: 'Rewording the responses is enough to mislead the implicit model.',
      reported: 'after paraphrase: explicit 1.00, implicit 0.02; both 1.00 before (follow-up, arXiv 2507.07981)',
      setting: 'Persona data, follow-up study by other authors',
      baseline: 'explicit reward model',
      test: 'experiment',
      judged:
        'Part (c): accuracy on in-distribution test responses rewritten by a synonym table, explicit − implicit, has a 95% interval above 0.',
    },
    'holds-over-sizes': {
      statement: 'The gap appears at every model size tried.',
      reported: 'three scales (qualitative)',
      setting: 'three model sizes',
      baseline: 'explicit reward model',
      test: 'model',
      judged: 'Three tiny widths run in the full profile, but real model sizes are the point; no rule.',
    },
    'rewardbench-agrees': {
      statement:
        'An independent benchmark of public models also sees implicit rewards trail classifier heads and vary more.',
      reported: 'qualitative (RewardBench, arXiv 2403.13787)',
      setting: 'more than 80 public models, older preference test sets',
      baseline: 'classifier reward models',
      test: 'record',
      judged: 'Evidence by others about public models.',
    },
    'follow-up-split': {
      statement:
        'The follow-up sees the explicit model ahead in distribution and under token shift, and behind under domain shift.',
      reported: 'explicit against implicit: ID 0.752 / 0.646, token shift 0.665 / 0.602, domain shift 0.621 / 0.720',
      setting: 'UltraFeedback, 1B to 8B models, arXiv 2507.07981',
      baseline: null,
      test: 'record',
      judged: 'Figures of another paper, kept because the last one speaks against this one.',
    },
  },
});
