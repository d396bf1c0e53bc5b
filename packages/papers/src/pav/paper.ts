import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'pav',
  title: 'Rewarding Progress: Scaling Automated Process Verifiers for LLM Reasoning',
  name: 'PAV',
  arxiv: '2410.08146',
  date: '2024-10-10',
  authors: [
    'Amrith Setlur',
    'Chirag Nagpal',
    'Adam Fisch',
    'Xinyang Geng',
    'Jacob Eisenstein',
    'Rishabh Agarwal',
    'Alekh Agarwal',
    'Jonathan Berant',
    'Aviral Kumar',
  ],
  venue: 'ICLR 2025',
  code: null,
  tags: [
    'process advantage verifier',
    'prover policy',
    'process reward',
    'beam search',
    'dense-reward rl',
    'exploration',
  ],
  rooms: ['model', 'credit', 'search', 'policy', 'assess'],
  summary: `A step reward is usually read as "is this step right?". Here it is read as "did this step make success
more likely?", where likely means: if some other policy, the prover, took over from here. That shift matters. A value
keeps paying for a good position already reached, so a learner can collect it by restating the question; an advantage
pays only for change. The choice of prover matters just as much. The learner's own advantage adds nothing that the
policy gradient does not already contain, and a prover that always or never succeeds cannot tell steps apart; the
useful ones sit in between, and may even be weaker than the learner. Best-of-K over the learner itself is a handy
default, since its value follows from one formula without new samples. The recipe serves both as a beam-search score
and as a dense RL reward. The cost is data: hundreds of thousands of prefixes labelled by rollouts. No code or models
were released, and the baselines have no exploration bonus, which is the comparison to ask for.`,
  method: [
    {
      text: String.raw`For a policy $\nu$ let $Q^\nu$ be its chance of finishing correctly from a prefix. Progress is the change of that chance over one step.`,
      tex: String.raw`A^\nu(s_h,a_h)=Q^\nu(s_h,a_h)-Q^\nu(s_{h-1},a_{h-1})`,
    },
    {
      text: String.raw`Steps are credited with the learner's own value plus the prover's progress; in RL $Q^\pi$ is simply the outcome of the rollout, and only the advantage of the current step multiplies its score function.`,
      tex: String.raw`\nabla\ell=\mathbb E\sum_h\nabla\log\pi(a_h\mid s_h)\,\big(Q^\pi(s_h,a_h)+\alpha\,A^\mu(s_h,a_h)\big)`,
    },
    {
      text: String.raw`What makes a good prover: it must separate the candidate steps of the learner, and it must roughly agree with the learner about direction. For a small natural-gradient step of rate $\eta$:`,
      tex: String.raw`\mathbb E_\rho[V^{\pi_{t+1}}-V^{\pi_t}]\gtrsim\eta\,\mathbb E_\rho\mathbb V_{a\sim\pi_t}[A^\mu]+\eta\,\mathbb E_\rho\mathbb E_{a\sim\pi_t}[A^\mu A^{\pi_t}]`,
    },
    {
      text: 'The default prover is best-of-$K$ over the base policy, obtained by transforming its prefix values (for search $K=4$).',
      tex: String.raw`Q^{\mathrm{BoK}(\pi)}(s,a)=1-\big(1-Q^\pi(s,a)\big)^K`,
    },
    {
      text: String.raw`Prefix values come from Monte-Carlo completions fitted with soft-target cross-entropy. Beam search expands every kept state three ways, ranks by $Q^\pi+\alpha A^\mu$ and picks the final answer by $Q^\pi$ alone.`,
    },
  ],
  pitfalls: [
    'Using the prover value instead of its difference as a bonus rewards rephrasing the question.',
    'Adding up future advantages telescopes to a terminal term and is a different method; weight each step by its own progress only.',
    'A difference of two noisy predictions has twice the error variance; calibrate, average completions and clip.',
    'Split steps in the same way when collecting and when using values, and do not forget the value of the empty prefix.',
    'The weight α is about ten times larger in RL (3 to 5) than in search (0.2 to 0.6).',
    'Near-identical siblings can fill a beam; break ties by the diversity of states.',
  ],
  claims: {
    'progress-speeds-up-rl': {
      statement:
        'Adding the progress of a suitable prover to the outcome reward reaches the same success with far fewer samples.',
      reported: '10× fewer samples (planted sub-sequence, prover γ = 10); 5–6× fewer on MATH for both sizes',
      setting: 'didactic sequence task; Gemma 2B and 9B with RL on MATH',
      baseline: 'RL with the outcome reward only',
      test: 'experiment',
      judged:
        'Part (i) on the planted sub-sequence: AUC(γ = 10) − AUC(outcome only, best tuned, including an entropy bonus) above zero, paired bootstrap 95% over 20 seeds (8 in quick). Refuted if the whole interval lies below +2% of the AUC of the outcome.',
    },
    'prover-strength-hump': {
      statement: 'The best prover is neither the weakest nor the strongest.',
      reported:
        'Bo4 best, Bo2 and Bo32 worse; a 9B prover beats a 27B prover for a 27B base; the toy works for γ in [8, 15]',
      setting: 'beam search on MATH; didactic task',
      baseline: 'weaker and stronger provers',
      test: 'experiment',
      judged:
        'Part (ii): AUC at the interior γ that tuning seeds found best exceeds both γ = 2 and γ = 1000 with 95% intervals above zero over seeds. Refuted if the largest γ is best.',
    },
    'extreme-provers-do-nothing': {
      statement: 'Very weak and very strong provers give no help at all.',
      reported: 'only γ in [8, 15] works',
      setting: 'didactic task, base policy from γ = 5',
      baseline: 'outcome reward only',
      test: 'experiment',
      judged:
        'On the planted sub-sequence: AUC(γ) − AUC(outcome, best tuned) for γ = 2 and for γ = 1000. Holds when both 95% intervals lie below +2% of the AUC of the outcome, refuted when both lie above zero, mixed when one does each.',
    },
    'beam-beats-value-beam': {
      statement: 'In beam search the effective reward needs much less compute than ranking by value alone.',
      reported: '8× compute',
      setting: 'Gemma 9B, MATH, best-of-4 prover',
      baseline: 'beam search on the value alone',
      test: 'experiment',
      judged:
        'On modulo-10 arithmetic with values sampled from the policy itself: accuracy of beam(Q + αA) − beam(Q) above zero at width 4 and equal tokens; paired bootstrap over 6 seeds, 95%.',
    },
    'search-beats-reranking': {
      statement: 'Beam search with progress rewards is more accurate and cheaper than best-of-N with an outcome model.',
      reported: '+8–10% accuracy; 1.5–5× compute (the text also says 10× for 2B/9B and 5× for 27B)',
      setting: 'MATH, Gemma 2B / 9B / 27B, N up to 128',
      baseline: 'best-of-N with an outcome reward model',
      test: 'model',
      judged: 'Needs pretrained models on real mathematics; the toy beam has best-of-N beside it for orientation.',
    },
    'reranking-gain': {
      statement: 'Even as a plain reranker the process verifier is somewhat better than an outcome model.',
      reported: 'about +4% at N = 128',
      setting: 'best-of-N on MATH',
      baseline: 'outcome reward model',
      test: 'model',
      judged: 'A few points of reranking accuracy on real data; no small analogue is stated.',
    },
    'rl-accuracy': {
      statement: 'Dense RL ends at higher accuracy, and solves more problems at every sample budget, than outcome RL.',
      reported:
        'over 7% above ORM-RL; +11% (2B) and +15% (9B) over rejection fine-tuning; Pass@N over 7% higher for N up to 128 (2B)',
      setting: 'MATH, Gemma 2B and 9B',
      baseline: 'ORM-RL, SFT, rejection fine-tuning',
      test: 'model',
      judged:
        'End accuracy on MATH cannot be measured at our scale. The abstract prints more than 6% for the first figure.',
    },
    'weak-provers-help': {
      statement: 'A prover weaker than the learner can improve it.',
      reported: 'qualitative (a 2B prover for a 9B policy)',
      setting: 'RL on MATH',
      baseline: 'RL with the outcome reward only',
      test: 'experiment',
      judged:
        'On the planted sub-sequence, where γ = 2 is the one prover that succeeds less often than the base: AUC(γ = 2) − AUC(outcome, best tuned) above zero, paired bootstrap 95%. Refuted if the whole interval lies below +2% of the AUC of the outcome.',
    },
    'diagnostics-tell-provers-apart': {
      statement: 'How much a prover helps is said by its distinguishability plus its alignment.',
      reported: 'lower bound on the gain of one natural-gradient step, up to constants',
      setting: 'theory, small learning rate',
      baseline: 'alignment alone',
      test: 'experiment',
      judged:
        'E3, exact on random trees with 200 random provers each: over trees, the rank correlation of the gain of one step with the sum of both lies above 0.5 and above that with alignment alone (paired), 95% intervals. Mixed when the first holds and the second is refuted.',
    },
  },
});
