import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'omegaprm',
  title: 'Improve Mathematical Reasoning in Language Models by Automated Process Supervision',
  name: 'OmegaPRM',
  arxiv: '2406.06592',
  date: '2024-06-05',
  authors: [
    'Liangchen Luo',
    'Yinxiao Liu',
    'Rosanne Liu',
    'Samrat Phatale',
    'Meiqi Guo',
    'Harsh Lara',
    'Yunxuan Li',
    'Lei Shu',
    'Yun Zhu',
    'Lei Meng',
    'Jiao Sun',
    'Abhinav Rastogi',
  ],
  venue: 'arXiv',
  code: null,
  links: [{ label: 'community re-implementation', url: 'https://github.com/openreasoner/openr' }],
  tags: ['process reward model', 'monte-carlo labels', 'process supervision', 'tree search', 'weighted voting'],
  rooms: ['model', 'search', 'judge', 'assess'],
  summary:
    'To label the steps of a solution automatically one completes each prefix several times and counts how often the answer comes out right, at one batch of completions per step. OmegaPRM saves most of it in two ways. What follows the first mistake is of no interest, so the mistake is found by bisection; and every completion drawn on the way is kept in a tree, so that the leftovers of one search are where the next begins. Wrong completions from prefixes that usually succeed are searched first, as the most instructive. The authors count seventy-five times as many labels as exhaustive labelling at equal compute; models trained on them weight a vote slightly better than human labels do, by 0.5 to 1.8 points. It fits wherever answers are checkable and the policy can continue a given prefix. The catch: labels say whether this policy can still finish rather than whether a step is valid, and bisection presumes that a solution once wrong stays wrong.',
  method: [
    {
      text: 'A prefix $s$ is worth the share of its $k=8$ completions that reach the right answer; it counts as broken when none does.',
      tex: String.raw`\mathrm{MC}(s)=\frac{\#\{\text{correct rollouts from }s\}}{\#\{\text{rollouts from }s\}}`,
    },
    {
      text: String.raw`A pool holds wrong rollouts $r$ of prefixes with $0<\mathrm{MC}(s)<1$. The next to bisect maximises the sum of a value, which prefers prefixes that should have succeeded and short rollouts, and a bonus for prefixes seldom visited.`,
      tex: String.raw`Q(s,r)=\alpha^{1-\mathrm{MC}(s)}\,\beta^{\mathrm{len}(r)/L},\qquad U(s)=c_{\rm puct}\frac{\sqrt{\sum_i N(s_i)}}{1+N(s)}`,
    },
    {
      text: String.raw`Bisection completes the middle of the rollout: with any success the search moves right and the prefix joins the tree, with none it moves left. It ends at the first wrong step after about $\lceil\log_2 M\rceil$ estimates instead of $M$.`,
    },
    {
      text: 'The process model is trained on the value after each step, softly in the main results.',
      tex: String.raw`\mathcal L=-\sum_i\big[\hat y_i\log y_i+(1-\hat y_i)\log(1-y_i)\big],\qquad \hat y_i=\mathrm{MC}`,
    },
    {
      text: 'A solution scores the product over its steps, and each answer collects the scores of the solutions that end in it.',
      tex: String.raw`\hat a=\arg\max_a\sum_{i:\,\mathrm{ans}(i)=a}\ \prod_t \mathrm{PRM}_{i,t}`,
    },
  ],
  pitfalls: [
    'No success in a few completions does not mean wrong: a sound prefix of a hard question fails often. Filter questions and report k.',
    'Policies that repair their own errors break bisection; it then finds some transition instead of the first mistake.',
    'Correct rollouts must stay out of the pool, or their last step gets labelled wrong.',
    'The community re-implementation puts bisected rollouts back, counts visits differently and accepts substring answers. Do not copy its bookkeeping.',
    'Products depend on how finely a solution is cut; split alike for training and for scoring.',
    'A checker that misses equivalent answers turns good prefixes into broken ones.',
  ],
  cautions: [
    {
      kind: 'disputed',
      text: 'Later work (the Qwen2.5-Math study of process reward models, arXiv 2501.07301) finds labels from rollouts inferior to labels by judges or people for locating errors.',
    },
  ],
  claims: {
    'more-labels-per-token': {
      statement: 'Bisecting and reusing completions yields far more step labels for the same compute.',
      reported: '15M against 200k edges (75 times)',
      setting: 'MATH questions, equal compute',
      baseline: 'exhaustive rollouts from every step',
      test: 'experiment',
      judged:
        '(i) ArithChain: correct labelled edges per token, tree to exhaustive, ratio above 1 at 16 steps (paired bootstrap over seeds, 95% interval excluding 1) and growing from 8 steps. Refuted if walking forward to the first failure matches it here and in AUROC; 75 times is not expected at this length.',
    },
    'better-step-judge': {
      statement: 'A process model trained on these labels tells right steps from wrong ones better.',
      reported: 'through the vote accuracies only',
      setting: 'equal compute for labels',
      baseline: 'exhaustive labelling',
      test: 'experiment',
      judged: '(ii) ArithChain: AUROC on true step correctness at equal tokens, tree minus exhaustive, above 0 (95%).',
    },
    'lifts-the-vote': {
      statement: 'Weighting a majority vote by the process model improves it, and keeps doing so with more samples.',
      reported: 'margin kept up to 128 samples while other models fall back to the plain vote',
      setting: 'MATH500 and GSM8K, Gemini Pro and Gemma2 27B',
      baseline: 'plain majority vote',
      test: 'experiment',
      judged: '(iii) ArithChain, 64 samples: weighted minus majority vote accuracy above 0 (95%).',
    },
    'soft-labels-best': {
      statement: 'Training on the success share is better than on a hard label or on pairs.',
      reported: 'step accuracy 70.1 soft, 63.3 hard, 64.2 pairwise',
      setting: 'small step-level test set',
      baseline: 'each other',
      test: 'experiment',
      judged: '(iv) ArithChain: AUROC with soft minus hard targets above 0 (95%). A side claim.',
    },
    'beats-human-labels': {
      statement:
        'On real mathematics these labels serve a weighted vote a little better than human and other automatic ones.',
      reported:
        'MATH500 69.4% (Gemini Pro) and 58.2% (Gemma2 27B); GSM8K 93.6% and 92.2%; accuracy without the vote 51 and 42.3 (MATH500), 86.4 and 74.0 (GSM8K)',
      setting: '64 samples, weighted vote',
      baseline:
        'majority / Math-Shepherd / own Math-Shepherd / PRM800K: 67.2/67.2/67.2/67.6, 54.7/57.4/55.2/57.2, 92.7/92.7/91.8/92.9, 90.6/90.5/91.4/91.7',
      test: 'model',
      judged: 'Needs the real models and data.',
    },
    'any-boundary-will-do': {
      statement: 'Steps need not end at meaningful boundaries for a process model to learn.',
      reported: 'splitting into 16 pieces gives a similar distribution of step lengths',
      setting: 'free-form splitting',
      baseline: 'splitting at newlines',
      test: 'record',
      judged: 'Our chains have lines by construction.',
    },
  },
});
