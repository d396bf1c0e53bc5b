import { definePaper } from '@laurel/core/paper';

/** Not a paper of the page but a study of our own: what the papers about process rewards say of each other. */
export const paper = definePaper({
  slug: 'process-rewards',
  title: 'Process rewards compared: twelve ways to reward a chain of thought, on one task and one budget',
  name: 'Process rewards compared',
  arxiv: null,
  date: '2026-11',
  authors: ['The Laurel project'],
  venue: 'A study of Laurel',
  code: null,
  links: [
    { label: 'PURE (sum, mean, min)', url: 'https://arxiv.org/abs/2504.15275' },
    { label: 'clip and delta', url: 'https://arxiv.org/abs/2410.15115' },
    { label: 'PRIME (implicit)', url: 'https://arxiv.org/abs/2502.01456' },
    { label: 'PAV (progress)', url: 'https://arxiv.org/abs/2410.08146' },
    { label: 'HRM (hierarchical)', url: 'https://arxiv.org/abs/2503.13551' },
    { label: 'SPA (attributed)', url: 'https://arxiv.org/abs/2505.20732' },
  ],
  tags: ['process reward model', 'reward hacking', 'credit assignment', 'RLVR', 'comparison'],
  rooms: ['credit', 'model', 'policy'],
  summary: `Nine papers argue about process rewards, each on its own models, data and budget, so that their figures cannot be
laid side by side. Here they can: one policy that is right four times in ten, one task in which filler is easy to write,
one budget of rollouts, the same seeds and the same update for all, and for each form its own tuned weight beside the verifier. The forms are the sum,
mean and minimum of a process reward model's scores; scores clipped, and paid as differences (clip and delta); implicit
rewards learned along the way from outcomes; progress under a prover; a scorer trained on merged steps; a reward attributed to
steps by regression; an outcome model; and the verifier alone.

Two questions are asked of each. With the verified outcome beside it, does the dense part learn faster than the verifier alone? And
without any verified outcome, what does the policy make of it: better answers, or one of the known hacks (filler, repetition, answers
that never come)?`,
  method: [
    {
      text: 'One update for all forms: a group of responses to each problem, advantages from the form, a clipped policy-gradient step. A process score $g_k$ of step $k$ becomes credit by the form, and the verified outcome $o$ is added as a stream of its own with a leave-one-out baseline:',
      tex: 'A_t = \\alpha\\,\\big(R_t - b_t\\big) + \\Big(o - \\tfrac{1}{K-1}\\sum_{j \\neq i} o_j\\Big)',
    },
    {
      text: 'The process reward model is trained once on Monte-Carlo labels: from the end of every line of sampled solutions the base policy completes four times, and the share of right answers is the label.',
    },
    {
      text: 'A hack is read off the responses themselves: lines that neither compute nor answer, lines said before, responses that never answer, beside the score that the form itself gives.',
    },
  ],
  pitfalls: [
    'The ranking holds for a policy of some thirty thousand parameters on modular arithmetic; what carries over is which forms can be farmed, since that follows from their arithmetic, not which one wins.',
    'Equal rollouts are not equal compute: training a process reward model costs rollouts and updates of its own, which are reported beside the curves.',
    'A form that collapses without a verifier may be the best one with it.',
  ],
  claims: {
    'sum-is-farmed': {
      statement: 'A policy that is paid the sum of process scores alone gives up right answers for filler.',
      reported:
        'collapse within a few hundred steps (PURE); accuracy from 24.9 to 11.2 with raw process rewards beside a verifier (clip and delta)',
      setting: 'Qwen2.5-Math-7B; Qwen2-1.5B-Instruct on MATH',
      baseline: 'the base policy',
      test: 'experiment',
      judged:
        'Holds when the interval of final accuracy under the sum alone less the accuracy of the base lies below 0, over seeds.',
    },
    'bounded-forms-resist': {
      statement: 'Without a verifier, the minimum and clip-and-delta keep more right answers than the sum.',
      reported: 'qualitative',
      setting: 'as above',
      baseline: 'the sum of process scores',
      test: 'experiment',
      judged:
        'Holds when the intervals of final accuracy less that under the sum lie above 0 for both the minimum and clip-and-delta.',
    },
    'outcome-model-falls-short': {
      statement: 'An outcome reward model in the place of the verifier ends below the verifier.',
      reported: 'qualitative',
      setting: 'reward over-optimisation in general',
      baseline: 'the verifier',
      test: 'experiment',
      judged:
        'Holds when the interval of final accuracy with the outcome model less that with the verifier lies below 0.',
    },
    'dense-beats-verifier': {
      statement: 'With the verified outcome beside it, a dense reward learns faster than the verified outcome alone.',
      reported: '2.5 times fewer steps (PRIME); 5 to 6 times fewer samples (PAV); +7 % training reward (PRIME)',
      setting: '7B and 2B to 9B models',
      baseline: 'the verifier alone',
      test: 'experiment',
      judged:
        'Each of minimum, clip-and-delta, implicit, progress, hierarchical and attributed is compared by the area under its accuracy curve less the verifier’s; holds when all intervals (95 %, Bonferroni over the six) lie above 0, refuted when all lie below, mixed when forms differ.',
    },
  },
});
