import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'cooper',
  title: 'Cooper: Co-Optimizing Policy and Reward Models in Reinforcement Learning for Large Language Models',
  name: 'Cooper',
  arxiv: '2508.05613',
  date: '2025-08-07',
  authors: [
    'Haitao Hong',
    'Yuchen Yan',
    'Xingyu Wu',
    'Guiyang Hou',
    'Wenqi Zhang',
    'Weiming Lu',
    'Yongliang Shen',
    'Jun Xiao',
  ],
  venue: 'arXiv',
  code: 'https://github.com/ZJU-REAL/cooper',
  links: [{ label: 'project page', url: 'https://zju-real.github.io/cooper' }],
  tags: [
    'reward hacking',
    'verifiable rewards',
    'reference-based reward model',
    'co-training',
    'grpo',
    'contrastive learning',
  ],
  rooms: ['model', 'policy', 'assess', 'judge'],
  summary: `An answer-matching rule rarely errs when it says correct, yet it misses answers in odd formats; a learned
verifier reads any format, but held fixed it is soon exploited. Cooper takes one good trait from each. The policy is
paid by the verifier alone. In the same loop the verifier trains on fresh pairs: a policy response that the rule accepts
against a version of it spoiled on purpose by an assistant model. As the target moves with the policy, tricks lose their
value. In the reported runs the frozen verifier wrecked both small policies and Cooper finished about half a point above
the rule. Consider it when a learned judge has to be the training signal and some rule of high precision exists for your domain. The
catch: the assistant costs a call per question and step, positives always come in formats that the rule can parse, and
the spoiled versions never look like the gibberish of a real exploit, so that hole is closed only indirectly. Half a
point, without intervals, proves little.`,
  method: [
    {
      text: 'The verifier reads question, reference answer and completion and returns a logit; its sigmoid is the reward. GRPO standardises it within a group of 16 responses.',
      tex: String.raw`r_i=\sigma\big(s_\varphi(q,a,o_i)\big),\qquad A_i=\frac{r_i-\mathrm{mean}(r)}{\mathrm{std}(r)}`,
    },
    {
      text: 'The policy takes a clipped step with a small KL penalty; the rule plays no part in this reward.',
      tex: String.raw`J=\mathbb E\Big[\tfrac1{\sum_i|o_i|}\sum_{i,t}\min\big(\rho_{i,t}A_i,\ \mathrm{clip}(\rho_{i,t},0.8,1.2)\,A_i\big)\Big]-\beta_{KL}\,\mathrm{KL}(\pi_\theta\|\pi_{ref})`,
    },
    {
      text: 'Then the verifier learns from one pair per question: the first response that the rule accepts, and a spoiled copy whose final answer differs. Questions without a pair are masked ($m_q=0$).',
      tex: String.raw`\mathcal L_{RM}=-\frac{\sum_q m_q\log\sigma\big(s_\varphi(q,a,o^{pos})-s_\varphi(q,a,o^{neg})\big)}{\sum_q m_q+10^{-6}}`,
    },
    {
      text: 'In a linear picture of ours, such a step makes an exploit $e$ lose ground to a correct answer $c$ exactly when the direction from spoiled to correct also leads from the exploit to the correct answer.',
      tex: String.raw`(\phi_{pos}-\phi_{neg})^\top(\phi_c-\phi_e)>0`,
    },
  ],
  pitfalls: [
    'Everything rests on the precision of the rule. One wrongly accepted pattern among the positives spreads fast, so audit them.',
    'Positives come only in formats that the rule can read; track the verifier on correct answers that the rule misses.',
    'Exploit texts never occur as negatives. Consider wrong samples of the policy itself as a second kind of negative.',
    'An assistant weaker than the policy spoils by truncating; reject negatives of very different length.',
    'Pairwise updates let the logits drift. Standardised advantages hide it, fixed thresholds on the reward do not.',
    'A soft reward also ranks correct answers by the taste of the verifier: watch length and format.',
  ],
  claims: {
    'frozen-verifier-collapses': {
      statement: 'A verifier that does not move with the policy is exploited; one trained along with it is not.',
      reported:
        'averages 38.91 and 24.80 with the frozen verifier; MATH500 from about 58 to below 50 between steps 60 and 120 while training reward nears 1.0',
      setting: 'Qwen2.5-1.5B-Instruct and Llama-3.2-1B-Instruct, GRPO, five maths sets',
      baseline: 'Cooper 58.02 and 42.69',
      test: 'experiment',
      judged:
        'Part (a), world Calc, 6 seeds, paired bootstrap: final gold accuracy, Cooper − static, above 0 (95%); refuted if the interval is at or below 0. Precondition: the reward − gold gap of the static arm grows, else "not hacked at this scale". A label-shuffled control shows whether any drift would do.',
    },
    'matches-the-rule': {
      statement: 'Training on the co-trained verifier is at least as good as training on the rule.',
      reported: '58.02 and 42.69 on average (+0.54 and +0.50)',
      setting: 'Qwen2.5-1.5B-Instruct and Llama-3.2-1B-Instruct; GSM8K, SVAMP, MATH500, OlympiadBench-EN, Math Odyssey',
      baseline: 'rule reward 57.48 and 42.19; untrained 54.93 and 38.50',
      test: 'experiment',
      judged:
        'Part (b): final gold accuracy, Cooper − rule, above −1 point (non-inferiority, 95% interval); whether it is above 0 is reported. Refuted if below −1 with confidence.',
    },
    'verifier-stays-accurate': {
      statement: 'Continual updates do not spoil the verifier on a fixed bench.',
      reported: 'fluctuation under 0.5 points around 89.7',
      setting: 'VerifyBench along training',
      baseline: 'the verifier before RL',
      test: 'experiment',
      judged: 'Part (c): accuracy on a frozen bench of 600 items drops by less than 2 points during Cooper training.',
    },
    'reward-tracks-accuracy': {
      statement: 'The training reward stays moderate and follows accuracy instead of running to its maximum.',
      reported: 'training reward near 0.5 to 0.57',
      setting: 'Cooper training runs',
      baseline: 'frozen verifier, reward to about 1.0',
      test: 'experiment',
      judged:
        'Part (d): the final gap between reward and gold accuracy is larger for static than for Cooper (95% interval above 0).',
    },
    'not-every-cell': {
      statement: 'On single test sets the rule can still be marginally ahead.',
      reported: 'OlympiadBench-EN 23.22 against 23.33 (Qwen); Math Odyssey 39.98 against 40.02 (Llama)',
      setting: 'two cells of the main table',
      baseline: 'rule reward',
      test: 'record',
      judged: 'Differences of about a tenth of a point, kept to put the averages in proportion.',
    },
    'strong-verifier': {
      statement: 'The reference-based verifier is ahead of others of its size.',
      reported: 'about 89.4 to 89.7%',
      setting: 'VerifyBench, 1.5B verifier trained on 58.7k labelled triples',
      baseline: 'verifiers of the same size',
      test: 'model',
      judged: 'Needs the 1.5B verifier and its benchmark.',
    },
  },
});
