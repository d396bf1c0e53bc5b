import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'barfi',
  title: 'Behavior Alignment via Reward Function Optimization',
  name: 'BARFI',
  arxiv: '2310.19007',
  date: '2023-10-29',
  authors: ['Dhawal Gupta', 'Yash Chandak', 'Scott M. Jordan', 'Philip S. Thomas', 'Bruno Castro da Silva'],
  venue: 'NeurIPS 2023',
  code: null,
  tags: [
    'reward shaping',
    'bi-level optimisation',
    'implicit gradient',
    'auxiliary rewards',
    'reward misspecification',
    'potential-based shaping',
  ],
  rooms: ['reward', 'policy', 'assess'],
  summary: `You have a reward you trust, though it is sparse, and a hint you do not quite trust. Summing them invites
loopholes; potential-based shaping is harmless, but for a policy gradient it amounts to a baseline. BARFI lets the
trusted reward decide how far to believe the hint, state by state. An inner learner trains on a blend with adjustable
weights; an outer step moves the weights so that the policy this produces earns more of the trusted reward, using the
implicit function theorem instead of back-propagating through all of training. Bad hints get muted, good ones kept, and
the blend can even make up for defects of the learner itself, such as uncorrected off-policy data or a heavy entropy
bonus. Use it when environment steps are cheap, the policy is small and the hints are of uncertain worth. The catch: the
outer gradient holds only where the inner learner has converged, it needs Hessian products, and the reward that comes
out is fitted to that one learner. The paper's tables were not available to us, so we test orderings.`,
  method: [
    {
      text: 'The blend has a free bonus and one weight per reward, all functions of the state; the start is the plain sum.',
      tex: String.raw`r_\varphi(s,a)=\phi_1(s)+\phi_2(s)\,r_p(s,a)+\phi_3(s)\,r_{aux}(s,a)`,
    },
    {
      text: 'Two levels: the inner learner trains on the blend with its own discount, the outer problem counts the primary return $J$ only and slightly prefers short inner horizons.',
      tex: String.raw`\max_{\varphi,\varrho}\ J\big(\theta(\varphi,\varrho)\big)-\lambda_\gamma\,\gamma_\varrho,\qquad \theta(\varphi,\varrho)=\mathrm{Alg}(r_\varphi,\gamma_\varrho)`,
    },
    {
      text: 'Where the inner update direction $\\Delta$ vanishes, the implicit function theorem gives the outer gradient from two derivatives of that direction.',
      tex: String.raw`\frac{dJ}{d\varphi}=-\frac{\partial J}{\partial\theta}\,H^{-1}A,\qquad H=\frac{\partial\Delta}{\partial\theta},\quad A=\frac{\partial\Delta}{\partial\varphi}`,
    },
    {
      text: 'The inverse is never formed: a few Hessian-vector products approximate it, provided $H$ is negative definite and $\\eta<1/\\lVert H\\rVert$.',
      tex: String.raw`-H^{-1}=\eta\sum_{i\ge0}(I+\eta H)^i`,
    },
    {
      text: 'Why shaping by a potential cannot do the same: its discounted terms telescope to a function of the current state, that is, to a baseline.',
      tex: String.raw`\sum_{j\ge t}\gamma^{j-t}\big(\gamma\Phi(s_{j+1})-\Phi(s_j)\big)=-\Phi(s_t)`,
    },
  ],
  pitfalls: [
    'Away from a fixed point the outer gradient means little. Check that the inner update has vanished; in our pilot a half-converged warm start moved the weights the wrong way.',
    'A policy saturated by a strongly bad hint has almost no gradient left, so the hint conceals its own harm. Entropy and normalised outer steps help.',
    'For maximisation the Hessian must be negative definite; a series with the wrong sign diverges.',
    'Estimating the outer gradient and the Hessian from the same trajectories correlates their errors: split the batch.',
    'Put both rewards on one scale first, and count the environment steps that the outer loop consumes.',
    'The result is tailored to one inner algorithm and should not be expected to serve another.',
  ],
  claims: {
    'survives-bad-heuristic': {
      statement:
        'With a misleading hint the plain sum goes astray, while the learned blend still achieves the primary objective.',
      reported: 'qualitative (tables not available to us)',
      setting: 'GridWorld, MountainCar, CartPole, HalfCheetah',
      baseline: 'naive sum of both rewards, potential shaping',
      test: 'experiment',
      judged:
        'Part (i), exact 4×4 grid and sampled control, 16 seeds, paired bootstrap: BARFI − naive sum above 0 (95%). Refuted if this fails at hint strength 0.1 and 0.2, or if at equal steps BARFI falls below the primary reward alone in the sampled leg.',
    },
    'keeps-good-heuristic': {
      statement: 'With a helpful hint the learned blend is at least as fast as simply adding the two.',
      reported: 'qualitative (tables not available to us)',
      setting: 'GridWorld, MountainCar, CartPole, HalfCheetah',
      baseline: 'naive sum',
      test: 'experiment',
      judged:
        'Part (ii): the lower 95% bound of BARFI − naive sum, as a share of the optimal return, is at least −0.05.',
    },
    'shaping-is-a-baseline': {
      statement:
        'Shaping by a potential leaves the expected policy gradient as it was, so it cannot help there and may add variance.',
      reported: 'qualitative: theory, with experiments in which it impairs learning',
      setting: 'REINFORCE-type updates',
      baseline: 'primary reward only',
      test: 'experiment',
      judged: 'Part (iii), exact grid at entropy weight 0.05: |shaping − primary only| stays below 0.01.',
    },
    'repairs-the-learner': {
      statement:
        'The learned reward makes up for weaknesses built into the inner learner: entropy bonus, discounting, uncorrected off-policy data.',
      reported: 'qualitative: theory and toy problems',
      setting: 'inner learners with a built-in bias',
      baseline: 'a fixed reward',
      test: 'experiment',
      judged:
        'Part (iii), exact grid at a fixed entropy weight of 0.05: BARFI − primary only above 0 (95%). Baselines that may tune the entropy weight are shown beside it; the off-policy leg is reported without a pass mark.',
    },
    'blends-by-state': {
      statement:
        'Weights that depend on the state let the method follow a hint where it is right and ignore it where it is wrong.',
      reported: 'qualitative',
      setting: 'state-dependent weights on each reward',
      baseline: 'naive sum, primary reward only',
      test: 'experiment',
      judged:
        'Part (iv), hint correct in half of the map: BARFI − the better of naive sum and primary only above 0 (95%).',
    },
    'implicit-beats-unrolling': {
      statement:
        'Implicit differentiation stays practicable where differentiating through the training run gets too expensive.',
      reported: 'qualitative',
      setting: 'control tasks',
      baseline: 'back-propagation through the last inner updates',
      test: 'record',
      judged: 'A statement about cost; the unrolled variant exists as a switch, without an acceptance rule.',
    },
  },
});
