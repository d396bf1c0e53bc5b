import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'flr',
  title: 'Aligning Language Models Using Follow-up Likelihood as Reward Signal',
  name: 'FLR',
  arxiv: '2409.13948',
  date: '2024-09-20',
  authors: [
    'Chen Zhang',
    'Dading Chong',
    'Feng Jiang',
    'Chengguang Tang',
    'Anningzhe Gao',
    'Guohua Tang',
    'Haizhou Li',
  ],
  venue: 'AAAI 2025',
  code: 'https://github.com/e0397123/FLR',
  tags: ['likelihood reward', 'implicit feedback', 'annotation-free reward', 'dpo', 'dialogue'],
  rooms: ['judge', 'policy', 'env'],
  summary:
    'How a user is likely to reply says a lot about the answer they just read. FLR turns that into a score: put fixed lists of pleased and displeased user replies after a response, let an off-the-shelf language model compute how probable each is, and take the mean log-likelihood of the pleased ones minus that of the displeased ones. Nothing is trained or generated, and the reply lists can be rewritten for any domain, which makes it about the cheapest judge available when the endpoint returns log-probabilities for text you supply. The authors report ranking accuracy near that of trained reward models on pairwise and rating benchmarks, use the score to choose DPO or KTO pairs among what the policy itself generates, and sharpen it by tuning the scorer on written feedback. The catch: it is a model of user mood. Politeness earns polite replies, user turns may be poorly calibrated in chat models, and scores compare only within one prompt.',
  method: [
    {
      text: 'The follow-up $f$ is placed as the next user turn after context $c$ and response $y$; its score is the mean log-probability per token.',
      tex: String.raw`\ell(f\mid c,y)=\frac1L\sum_{t=1}^{L}\log p_\theta(f_t\mid c,y,f_{<t})`,
    },
    {
      text: 'For each quality aspect $g$ (six in the release, ten positive and ten negative replies each) the negative mean is subtracted from the positive one, which cancels whatever makes any user turn likely here; the aspects are averaged.',
      tex: String.raw`\mathrm{FLR}(c,y)=\frac1{|G|}\sum_{g\in G}\Big[\frac1{|P_g|}\sum_{f\in P_g}\ell(f\mid c,y)-\frac1{|N_g|}\sum_{f\in N_g}\ell(f\mid c,y)\Big]`,
    },
    {
      text: 'To align a policy, eight samples per prompt are scored; the best and the worst become a pair for DPO (or labelled examples for KTO).',
      tex: String.raw`\mathcal L=-\log\sigma\Big(\beta\log\tfrac{\pi(y_w\mid x)}{\pi_{\rm ref}(y_w\mid x)}-\beta\log\tfrac{\pi(y_l\mid x)}{\pi_{\rm ref}(y_l\mid x)}\Big)`,
    },
    {
      text: 'The scorer can be tuned on dialogues in which somebody comments on an answer. Roles are swapped so that the comment is the assistant turn and carries the loss.',
    },
  ],
  pitfalls: [
    'Alignment of tokens: the probability of a token is read one position earlier, and template tokens do not count. The released script averages raw logits and, as far as we can tell, without that shift.',
    'Flattering or emotional answers attract thanks. Attack the score with self-praise and sign-offs before training on it.',
    'Templates change absolute values, so compare responses to one prompt with one model only.',
    'Chat models are trained on assistant turns and may predict users badly; a base model or a feedback-tuned one can be the better scorer.',
    'Judge and policy are often the same model, and self-preference leaks in; score with another model where possible.',
    'It needs log-probabilities of given text; hosted chat endpoints without them cannot run it at all.',
  ],
  claims: {
    'ranks-without-labels': {
      statement: 'The likelihood of follow-ups tells better responses from worse without a single label.',
      reported: 'qualitative',
      setting: 'eight pairwise and four rating benchmarks, Llama-3-8B-Instruct and other chat models',
      baseline: 'likelihood of the response itself, length, chance',
      test: 'experiment',
      judged:
        'World Helpdesk, 1000 held-out pairs: FLR accuracy minus the best of response log-likelihood, length and random above 0 (bootstrap over seeds and items, 95%). Part of the main verdict; an interval around or below 0 refutes it.',
    },
    'worth-labels': {
      statement: 'The untrained score is worth a substantial number of preference labels.',
      reported: 'qualitative: said to match trained reward models',
      setting: 'eight pairwise benchmarks',
      baseline: 'Bradley-Terry reward models',
      test: 'experiment',
      judged:
        'World Helpdesk: at least 200 equivalent labels, meaning that FLR minus a Bradley-Terry head trained on 200 pairs stays above −2 points (bootstrap over seeds and items, 95%).',
    },
    'matches-strong-models': {
      statement: 'It reaches reward models trained on large human or GPT-4 preference data.',
      reported: 'qualitative (table not verified)',
      setting: 'eight pairwise and four rating benchmarks',
      baseline: 'reward models trained on human or GPT-4 preferences',
      test: 'model',
      judged: 'Only real chat models and real reward models can tell; judged when an endpoint is configured.',
    },
    'tuning-scorer-helps': {
      statement: 'Training the scorer on natural-language feedback sharpens the score and the policy aligned with it.',
      reported: 'qualitative',
      setting: 'scorer tuned on feedback dialogues',
      baseline: 'untuned scorer',
      test: 'experiment',
      judged:
        'World Helpdesk with 1000 extra commented dialogues: accuracy of the tuned minus the untuned scorer above 0 (bootstrap over seeds and items, 95%).',
    },
    'mined-pairs-align': {
      statement: 'Preference pairs picked by the score from a policy’s own samples improve that policy.',
      reported: 'qualitative',
      setting: 'DPO and KTO on the model’s own generations',
      baseline: 'the base model',
      test: 'experiment',
      judged:
        'World Helpdesk: gold accuracy after DPO on FLR pairs minus that of the base policy above 0 (bootstrap over seeds and items, 95%). Part of the main verdict; an interval below 0 refutes it.',
    },
    'two-sided-helps': {
      statement: 'Subtracting the negative replies is better than using pleased or displeased replies alone.',
      reported: 'part of the method; no figure verified',
      setting: 'positive and negative reply lists',
      baseline: 'the better of the two one-sided scores',
      test: 'experiment',
      judged: 'World Helpdesk: accuracy of the difference minus the better one-sided score above 0 (95%).',
    },
    'splits-by-aspect': {
      statement: 'Reply lists can be divided by aspect, so that one response gets several readable scores.',
      reported: 'six categories, 10 + 10 replies each',
      setting: 'reply lists in the release',
      baseline: null,
      test: 'record',
      judged: 'A property of the design; per-category scores are shown without a rule.',
    },
  },
});
