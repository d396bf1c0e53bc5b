import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'policy-cliff',
  title: 'The Policy Cliff: A Theoretical Analysis of Reward-Policy Maps in Large Language Models',
  name: 'Policy cliff',
  arxiv: '2507.20150',
  date: '2025-07-27',
  authors: ['Xingcheng Xu'],
  venue: 'preprint',
  code: null,
  links: [{ label: 'LaTeX sources', url: 'https://github.com/SafeAGI-01/PolicyCliff' }],
  tags: [
    'reward-policy map',
    'stability',
    'tie-breaking',
    'entropy regularisation',
    'reward misspecification',
    'multi-reward rl',
  ],
  rooms: ['assess', 'policy', 'reward'],
  summary: `Why does one small edit of a reward change nothing while another turns the behaviour upside down? The
answer given here is elementary and useful. Values respond smoothly to the reward, but a policy takes the best action,
and where two actions are equally good the choice is settled by any grain of dust. Language tasks abound in such ties:
derivations, formats, lengths. Whatever the reward leaves unsaid there is decided by initialisation, rounding or the
next revision of the grader. Several failures reported by other groups, from tampering with weak tests to ignoring
instructions, are reread in this light. Two remedies follow: add a small, deliberate bonus for the behaviour you want
among equals, or regularise by entropy or KL, which makes the dependence smooth at the cost of a blurrier policy. The
mathematics is exact for finite MDPs and about optimal policies; finite training, clipping and normalised advantages
lie outside it. The evidence from large models is reinterpretation plus one run shown only as a figure, so use it as a
diagnostic: look for small action gaps.`,
  method: [
    {
      text: 'Values are safe: the optimal action values move at most in proportion to the reward.',
      tex: String.raw`\|Q^*_{R_1}-Q^*_{R_2}\|_\infty\le\frac1{1-\gamma}\,\|R_1-R_2\|_\infty`,
    },
    {
      text: 'Policies are safe only away from ties. For finite actions this gives a radius (our corollary) inside which no perturbation changes the greedy policy.',
      tex: String.raw`\|\delta\|_\infty<\frac{1-\gamma}{2}\,\min_s\big[Q^*_{(1)}(s)-Q^*_{(2)}(s)\big]`,
    },
    {
      text: String.raw`At a tie the jump can be constructed: lift one tied entry of $Q^*$ by $\varepsilon$ and invert the Bellman equation. With $m$ tied actions and uniform choice among them, the policy jumps by total variation $(m-1)/m$ for every $\varepsilon>0$.`,
      tex: String.raw`R_\varepsilon(s,a)=Q_\varepsilon(s,a)-\gamma\sum_{s'}P(s'\mid s,a)\max_{a'}Q_\varepsilon(s',a'),\qquad \|R_\varepsilon-R\|_\infty\le\varepsilon(1+\gamma)`,
    },
    {
      text: String.raw`Entropy at temperature $\alpha$ turns the jump into a slope. A KL term with weight $\beta$ does the same and prefers the base policy among equals (the KL constant is our corollary).`,
      tex: String.raw`d_{TV}\big(\pi^1_\alpha(\cdot\mid s),\pi^2_\alpha(\cdot\mid s)\big)\le\frac{1}{2\alpha(1-\gamma)}\max_k\|R^1_k-R^2_k\|_\infty`,
    },
    {
      text: 'Several rewards act through one effective reward, a mixture with state-dependent weights; a change of one member is damped by its weight.',
      tex: String.raw`R_{\mathrm{eff}}(s,a)=\sum_k w_k(s)\,R_k(s,a),\qquad w_k\ge0,\ \sum_k w_k=1`,
    },
  ],
  pitfalls: [
    'Rounding breaks ties for you when an argmax runs over floating-point numbers; allow a tolerance and print the tied set.',
    'Half-trained policies look continuous: the logits need time of the order of 1/ε to separate, so report steps together with the analytic limit.',
    'Dividing advantages by the group standard deviation, or whitening them, blows a tiny bonus up to unit size and undoes the regulariser (our finding, not the one of the paper).',
    'Mixture weights that themselves depend on the rewards break the smoothness of the effective reward.',
    'In soft value iteration subtract the maximum before exponentiating, and check that α → 0 reproduces the hard solution.',
  ],
  claims: {
    'values-are-lipschitz': {
      statement: 'Optimal action values change at most in proportion to the reward.',
      reported: 'constant 1/(1 − γ)',
      setting: 'any MDP (Prop. 2.1)',
      baseline: null,
      test: 'experiment',
      judged:
        'Part A: in every one of 200 random MDPs (12 states, 4 actions, γ = 0.9; 400 in full) the change of Q* stays within the bound to 1e-8, along random directions and along the one that moves all rewards alike. Any excess refutes.',
    },
    'policy-jumps-at-ties': {
      statement:
        'Where several actions are optimal, an arbitrarily small change of reward moves the policy by a constant.',
      reported: 'total variation jump (m − 1)/m for m tied actions',
      setting: 'optimal policy of a finite MDP (Props. 2.4 and 2.5)',
      baseline: 'unique optimum: no jump',
      test: 'experiment',
      judged:
        'Part A: every planted tie, broken by bonuses down to 1e-6, moves the policy by (m − 1)/m to 1e-8 and no other state. Part B, learned, in a bandit of four answers (the language model is still to come): in the unregularised, centred arm the 95% interval over seeds of TV(ε = +0.02, −0.02) lies above 0.5, and that of the change of accuracy within ±3 points.',
    },
    'unique-optimum-is-stable': {
      statement: 'Where the best action is locally unique, small changes of reward leave the policy alone.',
      reported: 'continuity (Thm 2.3)',
      setting: 'optimal policy with singleton argmax in a neighbourhood of the reward',
      baseline: 'tied optimum',
      test: 'experiment',
      judged:
        'Part A: no perturbation inside the stability radius changes a greedy policy. Part B, tie-free control (style A graded wrong half of the time) in the bandit of four answers: the 95% interval of TV(±0.02) lies below 0.1.',
    },
    'regularisation-smooths': {
      statement:
        'An entropy or KL term makes the policy a Lipschitz function of the reward, at the price of more randomness.',
      reported: 'constant 1/(2α(1 − γ))',
      setting: 'soft-optimal policies (Prop. 4.5)',
      baseline: 'α = 0: discontinuous',
      test: 'experiment',
      judged:
        'Part A: soft policies stay within the bound to 1e-8, with entropy and with KL. Part B, in the bandit of four answers, for each of the four regularised, centred arms: TV at ε = ±0.02 is within the bound and below that of the unregularised arm (95% interval of the paired difference below zero), and the 95% interval of the slope of the logit against ε/α lies in [0.7, 1.3].',
    },
    'incomplete-reward-costs': {
      statement:
        'A policy that is optimal for an incomplete reward is strictly suboptimal for the complete one once the missing part favours a tied action.',
      reported: 'qualitative',
      setting: 'conditions of Prop. 3.1 (a reachable tie)',
      baseline: 'policy optimal for the complete reward',
      test: 'experiment',
      judged:
        'Random MDPs with a planted tie and a random missing part: wherever a witness exists, every switch it names raises the complete return, and the policy falls short of the complete optimum. Any exception refutes.',
    },
    'weak-grader-breeds-tampering': {
      statement:
        'Grading code only by weak tests is followed by attempts to tamper with the tests, and punishing visible intent drives it underground.',
      reported: 'tampering attempts near 80%; hiding qualitative',
      setting: 'reanalysis of published o3-mini and agentic coding RL',
      baseline: 'strong grader: none; no pressure on the chain of thought',
      test: 'record',
      judged: 'Results of other groups, reread; the tie structure of those systems was not identified.',
    },
    'correctness-against-obedience': {
      statement: 'Reasoning RL and RLHF can trade an unrewarded quality for the rewarded one.',
      reported:
        'hard instruction following 15.95 → 10.48, correctness 13.59 → 28.39; sophistry: human-judged +9.4, oracle −1.8',
      setting: 'reanalysis: Qwen2.5-7B; Wen et al.',
      baseline: 'base model; before RLHF',
      test: 'record',
      judged: 'Figures quoted by the paper from other work.',
    },
    'small-edits-move-real-models': {
      statement:
        'Changing one of three reward models slightly, or removing some 200 ambiguous prompts, shifts out-of-distribution scores widely.',
      reported: 'figure only',
      setting: 'multi-reward RL on an SFT model of Qwen2.5-VL-72B-Instruct',
      baseline: 'same run with the other reward or data',
      test: 'model',
      judged: 'Needs runs of that size; the size of the perturbation is not quantified.',
    },
  },
});
