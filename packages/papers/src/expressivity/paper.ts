import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'expressivity',
  title: 'On The Expressivity of Objective-Specification Formalisms in Reinforcement Learning',
  name: 'Expressivity',
  arxiv: '2310.11840',
  date: '2023-10-18',
  authors: ['Rohan Subramani', 'Marcus Williams', 'Max Heitmann', 'Halfdan Holm', 'Charlie Griffin', 'Joar Skalse'],
  venue: 'ICLR 2024',
  code: null,
  tags: [
    'objective specification',
    'expressivity',
    'reward machines',
    'linear temporal logic',
    'multi-objective rl',
    'regularised rl',
    'policy ordering',
  ],
  rooms: ['reward', 'env', 'assess', 'policy'],
  summary: `Before designing a reward, ask whether a reward per transition can say what you mean at all. This paper compares
seventeen ways to state an objective, from Markov rewards over reward machines and temporal logic to functions of a
policy's whole behaviour. It takes a task to be a complete ranking of stationary policies and draws the map of who can
state what: eleven classes, a strict order above Markov rewards, and in the middle five popular formalisms of which each can
say something that the other four cannot. For a practitioner it works as a chart. If your wish concerns the order of
events, hitting a target level, staying random or the long run, no Markov reward ranks policies that way, and a reward
model trained on that assumption inherits the blind spot. The catch: a full ranking asks for more than an optimal policy, history-dependent
policies are left out, and the more expressive formalisms are hard to optimise. The witnesses and proofs that we check
are our own, since the paper's were not fully available to us.`,
  method: [
    {
      text: 'A specification ranks the stationary policies of an environment. One formalism is at least as expressive as another if it can state every ranking of the other, in every environment.',
      tex: String.raw`X\succeq_{\mathrm{EXPR}}Y\iff \mathrm{Ord}_Y(E)\subseteq\mathrm{Ord}_X(E)\ \text{ for all }E`,
    },
    {
      text: 'Markov rewards are linear in the occupancy measure $m_\\pi$, which is the source of their limits.',
      tex: String.raw`J_R(\pi)=\sum_{s,a,s'}m_\pi(s,a,s')\,R(s,a,s'),\qquad m_\pi=\sum_t\gamma^t\Pr_\pi(s_t=s,a_t=a,s_{t+1}=s')`,
    },
    {
      text: 'Formalisms one step up bend that form in different places: a function outside the expectation, a function inside it, or a regulariser of the action distribution.',
      tex: String.raw`f\big(J_R(\pi)\big),\qquad \mathbb E\big[f(G_R(\xi))\big],\qquad \mathbb E\sum_t\gamma^t\big(R_t-\alpha F[\pi(s_t)]\big)`,
    },
    {
      text: 'Equivalences are shown by construction. With $b$ transitions numbered as digits and a small discount the return encodes the entire trajectory, so a function of the return can be any function of the trajectory.',
      tex: String.raw`R\in\{0,\dots,b-1\},\quad \gamma<\tfrac1b\ \Rightarrow\ \xi\mapsto G_R(\xi)\ \text{is injective}`,
    },
    {
      text: 'Gaps are shown by small witnesses. Two states in a row with $p$ and $q$ the chances of the marked action: a reward machine ranks by the product, regularised RL only by sums, and ties along both axes make every such sum constant.',
      tex: String.raw`J\propto p\,q\quad\text{against}\quad g(p)+h(q)`,
    },
  ],
  pitfalls: [
    'Results concern rankings of stationary policies. If only the best policy matters, or memory is allowed, some relations change.',
    'The discount belongs to the specification; fixing it in the environment alters several results.',
    'Regularised RL is compared with an arbitrary regulariser, including discontinuous ones; the convex, smooth ones in use express less.',
    'Average reward and temporal logic jump under tiny exit probabilities. Evaluate them from the graph, not by simulation with a threshold.',
    'Given policies whose returns all differ, some function of the return fits any ranking of them, so only exact ties can refute it.',
    'Reviewers objected that ranking all policies is a demanding idea of a task, and that tractability goes uncompared.',
  ],
  claims: {
    'eleven-classes': {
      statement: 'The seventeen formalisms collapse into eleven classes of equal expressive power.',
      reported: 'INMR = IMORL = FTR; OMORL = FOMR = FTLR; GOMORL = OMO = TLO; eight classes of one',
      setting: 'finite environments, stationary policies, theorem',
      baseline: null,
      test: 'experiment',
      judged:
        'Part 1: every inclusion is built and compared on 30 random environments × 20 specifications × 2,000 policy pairs. Not one disagreement is allowed among pairs separated by more than 1e-7 or among exact ties; any violated arrow refutes.',
    },
    'middle-five-incomparable': {
      statement:
        'Regularised RL, outer nonlinear rewards, reward machines, temporal logic and average reward can each state a task that the other four cannot.',
      reported: 'pairwise incomparable (theorem)',
      setting: 'RRL, ONMR, RM, LTL, LAR',
      baseline: null,
      test: 'experiment',
      judged:
        'Part 2: each witness carries a computed certificate, a linear-programme margin of at most 1e-9 or an outer-nonlinear gap of at least ten times its control; continuity and order arguments are labelled proof only. Any witness found expressible refutes.',
    },
    'strict-hierarchy': {
      statement: 'Above Markov rewards there is a strict hierarchy with all policy orderings on top.',
      reported:
        'MR strictly below RRL, RM and ONMR; all below OMORL; OMORL strictly below FPR and TLO, which are incomparable and strictly below PO',
      setting: 'Hasse diagram of the eleven classes',
      baseline: null,
      test: 'experiment',
      judged:
        'The certified arrows and non-arrows, closed under transitivity, must fill all 121 entries of the 11×11 matrix without a contradiction (51 related, 70 not).',
    },
    'markov-misspecifies': {
      statement: 'Learning a Markov reward for a wish of another kind yields a policy that misses the wish.',
      reported: 'qualitative; a recommendation for reward learning',
      setting: 'reward learning that presumes Markov rewards',
      baseline: 'a wish that is Markov',
      test: 'experiment',
      judged:
        'Part 3, 5 seeds, 2,000 noisy comparisons: the regret of the fitted Markov optimum has an interval that excludes 0 at least for target level (ONMR), entropy (RRL) and alternation (RM), and includes 0 for the Markov control.',
    },
    'expected-utility': {
      statement:
        'Functions of trajectories obey the axioms of expected utility, whereas outer multi-objective ones need not.',
      reported: 'theorem, tied to von Neumann and Morgenstern',
      setting: 'FTR and OMORL',
      baseline: null,
      test: 'record',
      judged: 'A property of definitions; our witness for outer nonlinear rewards illustrates it.',
    },
    'no-easy-winner': {
      statement: 'No formalism is at once among the most expressive and simple to optimise.',
      reported: 'qualitative',
      setting: 'survey of available optimisers',
      baseline: null,
      test: 'record',
      judged: 'A judgement about the state of the art; optimisers are shipped as best effort.',
    },
  },
});
