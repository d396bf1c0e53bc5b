import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'alignment-ceiling',
  title: 'The Alignment Ceiling: Objective Mismatch in Reinforcement Learning from Human Feedback',
  name: 'Alignment Ceiling',
  arxiv: '2311.00168',
  date: '2023-10-31',
  authors: ['Nathan Lambert', 'Roberto Calandra'],
  venue: 'arXiv',
  code: null,
  tags: ['rlhf', 'objective mismatch', 'reward model evaluation', 'over-optimisation', 'model-based rl', 'evaluation'],
  rooms: ['assess', 'model', 'policy', 'env'],
  summary: `A position paper about the seams of RLHF. The reward model is tuned for preference accuracy, the policy for
reward, and the release decision rests on benchmarks and win rates. Most teams act as if a gain on one of these carries
over to the next; Lambert and Calandra argue that nothing guarantees it, and read over-cautious refusals, padded answers
and lost benchmark points as symptoms. They borrow the diagnosis from model-based control, where a dynamics model that
predicts better may still plan worse. No algorithm and no measurement of their own is offered, only a catalogue of
remedies: judge reward models by the policies they produce, refresh the training distribution, watch several metrics.
We turn that into an audit. Take ten to thirty of your runs and correlate every upstream number with every downstream
one; it shows which link you can trust before you spend effort improving a module. The catch: the answer depends on how
varied the audited runs are, so a single correlation says little without the spread behind it.`,
  method: [
    {
      text: 'Module one is a reward model fitted to preference pairs; its own yardstick $m_1$ is accuracy on held-out pairs.',
      tex: String.raw`\ell(\theta)=\log\!\big(1+e^{\,r_\theta(x,y_l)-r_\theta(x,y_w)}\big)`,
    },
    {
      text: 'Module two pushes a policy up that score under a KL leash; its yardstick $m_2$ is the proxy reward. Module three is the evaluation suite $m_3$ that somebody actually cares about.',
      tex: String.raw`\max_\pi\ \mathbb E\big[r_\theta(x,y)\big]-\lambda\,D_{\mathrm{KL}}(\pi\,\|\,\pi_{\mathrm{ref}})`,
    },
    {
      text: 'Our audit asks of each ordered pair of metrics $(u,v)$ for the Spearman correlation over runs and for the band spread: how much of the attainable gain in $v$ is left open among runs whose $u$ is practically equal.',
      tex: String.raw`\mathrm{BS}(\epsilon)=\frac{\max v-\min v\ \ \text{over}\ \{\,|u-\tilde u|\le\epsilon\,\}}{\max_{\mathcal P}v-v_{\mathrm{ref}}}`,
    },
    {
      text: 'Two more figures complete the table: the price of choosing the run with the best $u$, and the KL from which $v$ falls although $u$ still climbs (the reversal point).',
      tex: String.raw`\mathrm{regret}(u\to v)=\max_{\mathcal P}v-v\big(\arg\max_{\mathcal P}u\big)`,
    },
    {
      text: 'The older sibling from control: the dynamics model is fitted by likelihood, while the planner is judged by return.',
      tex: String.raw`\max_\theta\sum_t\log p_\theta(s_{t+1}\mid s_t,a_t)\quad\text{versus}\quad\arg\max_{a_{t:t+H}}\ \mathbb E_{p_\theta}\sum_i r(s_i,a_i)`,
    },
  ],
  pitfalls: [
    'A diverse set of runs makes any correlation look good; read the band spread next to it.',
    'Raw proxy rewards of two reward models are not on one scale. Standardise each on samples of the reference policy.',
    'If checkpoints were picked by their evaluation before you correlate, the reward-to-evaluation link looks stronger than it is.',
    'With 30% label noise preference accuracy tops out near 70%, so two models with the same accuracy can differ a lot.',
    'The trusted score of a simulation is only one more function. Keep a metric that neither the reward nor that score mentions.',
    'The paper argues without controlled evidence; later benchmark studies found links both stronger and weaker than it suggests.',
  ],
  claims: {
    'proxy-misleads': {
      statement: 'How much proxy reward a run collects tells little about how good its policy really is.',
      reported: 'qualitative',
      setting: 'argument about RLHF pipelines in general',
      baseline: 'the customary belief that reward and evaluation rise together',
      test: 'experiment',
      judged:
        'Link C over 10 response-feature worlds (or 3 tiny-LM seeds), 95% bootstrap: Spearman(proxy at the strongest setting, gold) lies below Spearman(accuracy, gold) with an interval of the difference that excludes 0, and its own upper bound stays under 0.5. Refuted when all three links come out as linked in every panel.',
    },
    'accuracy-underdetermines': {
      statement: 'Reward models of equal preference accuracy can lead to clearly different policies.',
      reported: 'qualitative',
      setting: 'argument about RLHF pipelines in general',
      baseline: 'selecting a reward model by its accuracy on held-out pairs',
      test: 'experiment',
      judged:
        'Link A, same runs: the band spread within ±1 accuracy point is at least 0.10 and its 95% interval excludes 0.05. If accuracy ranks a wide population well (0.82 in calibration) the report says so plainly.',
    },
    'control-analogue': {
      statement:
        'In model-based control, a better likelihood of the dynamics model does not imply a better controller.',
      reported: 'qualitative; the evidence is the earlier work arXiv 2002.04523',
      setting: 'planning with learned dynamics models',
      baseline: null,
      test: 'experiment',
      judged:
        'Panel B, CEM planning on a point mass with 60 learned models: the absolute rank correlation of return with NLL on random data is smaller than with NLL on expert data, or below 0.5. Reported as measured; it gates only in the full profile.',
    },
    'explains-symptoms': {
      statement:
        'Mismatch accounts for needless refusals, verbosity, laziness and benchmark losses of models after RLHF.',
      reported: 'qualitative',
      setting: 'released chat models',
      baseline: null,
      test: 'model',
      judged: 'A causal account of released chat models; toy worlds cannot confirm it.',
    },
    'overoptimisation-is-a-case': {
      statement: 'Over-optimisation is one way in which mismatch shows itself, not the whole of it.',
      reported: 'qualitative',
      setting: 'conceptual',
      baseline: null,
      test: 'record',
      judged: 'A matter of definition; there is nothing to measure.',
    },
    'remedies-help': {
      statement:
        'Evaluating reward models more broadly, matching their data to the policy and iterating should narrow the gap.',
      reported: 'qualitative; a proposal without results',
      setting: 'RLHF pipelines',
      baseline: null,
      test: 'record',
      judged: 'Each remedy is a switch of the library, but the acceptance rule tests the links, not the remedies.',
    },
  },
});
