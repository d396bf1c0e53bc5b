import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'implicit-prm',
  title: 'Free Process Rewards without Process Labels',
  name: 'Implicit PRM',
  arxiv: '2412.01981',
  date: '2024-12-02',
  authors: [
    'Lifan Yuan',
    'Wendi Li',
    'Huayu Chen',
    'Ganqu Cui',
    'Ning Ding',
    'Kaiyan Zhang',
    'Bowen Zhou',
    'Zhiyuan Liu',
    'Hao Peng',
  ],
  venue: 'ICML 2025',
  code: 'https://github.com/PRIME-RL/ImplicitPRM',
  links: [
    { label: 'data', url: 'https://huggingface.co/datasets/Windy0822/ultrainteract_math_rollout' },
    {
      label: 'models',
      url: 'https://huggingface.co/collections/Windy0822/implicitprm-675033e6b3719046c13e2e48',
    },
  ],
  tags: ['implicit process reward', 'outcome reward model', 'log-likelihood ratio', 'dpo', 'best-of-n'],
  rooms: ['model', 'search', 'assess'],
  summary:
    "Labelling every reasoning step is dear, whether experts do it or piles of rollouts. Here the steps come for nothing: write the outcome reward as a scaled log-ratio between a trained language model and a frozen copy of its start, fit it to right/wrong labels of whole answers, and the log-ratio summed over a prefix is exactly a soft expected outcome from there on. Its increase over a step is that step's reward. DPO, KTO, NCA and plain cross-entropy all serve as the fitting loss; cross-entropy needs no pairs and manages with one answer per prompt. The authors report best-of-N accuracy on MATH-500 above their own rollout-labelled model for about one thirty-eighth of the compute. Reach for it when you have verified answers and two models whose log-probabilities you can read. The catch: the identity concerns the reward that was learnt, so a poor outcome fit gives poor steps, and summing the increments merely returns the outcome score.",
  method: [
    {
      text: String.raw`The reward of an answer is a log-ratio between the trained model $\pi_\theta$ and its frozen starting point $\pi_{\rm ref}$.`,
      tex: String.raw`r_\theta(y)=\beta\log\frac{\pi_\theta(y\mid x)}{\pi_{\rm ref}(y\mid x)}`,
    },
    {
      text: String.raw`Cut off after $t$ tokens, the same sum is a value of the prefix, and its increase over a step is the process reward $r^t_\theta=q^t_\theta-q^{t-1}_\theta$.`,
      tex: String.raw`q^t_\theta=\sum_{i=1}^{t}\beta\log\frac{\pi_\theta(y_i\mid y_{<i})}{\pi_{\rm ref}(y_i\mid y_{<i})}`,
    },
    {
      text: 'That value is exact for the learned reward, by backward induction, because each conditional of the trained model sums to one.',
      tex: String.raw`q^t_\theta=\beta\log\mathbb E_{\pi_{\rm ref}(y\mid y_{\le t})}\big[e^{r_\theta(y)/\beta}\big]`,
    },
    {
      text: String.raw`Cross-entropy on labels $l\in\{0,1\}$ needs no pairs; the DPO loss uses one correct and one incorrect answer.`,
      tex: String.raw`\mathcal L_{CE}=-\,l\log\sigma(r_\theta)-(1-l)\log\big(1-\sigma(r_\theta)\big),\qquad \mathcal L_{DPO}=-\log\sigma(r_w-r_l)`,
    },
    {
      text: 'Candidates are ranked by their lowest step reward; for voting, each answer collects the squashed scores of its candidates.',
      tex: String.raw`\hat y=\arg\max_j\ \min_k\ r_\theta^{(k)}(y_j)`,
    },
  ],
  pitfalls: [
    'The identity is about the learned reward and not about the chance of success. It cannot repair a badly fitted outcome model.',
    'Summing the increments gives back the outcome score; only the minimum or cumulative forms use the steps.',
    'Normalisation caps the reward of correct answers at β log(1/p) when a share p of reference mass is correct, so 0.5 after the sigmoid is no decision threshold.',
    'The minimum punishes long solutions, which have more chances of a low step.',
    'A step that both models find likely earns little, which hurts reranking; try scoring without the reference.',
    'The saving of about 1/38 belongs to the paper’s rollout counts. Compare at equal tokens.',
  ],
  claims: {
    'exact-prefix-value': {
      statement:
        'The prefix log-ratio is exactly a soft value under the reference model, between the mean and the maximum outcome.',
      reported: 'proved',
      setting: 'any two causal models and any scale β',
      baseline: null,
      test: 'experiment',
      judged:
        'Tabular models with 729 strings and 20 seeds: error below 1e-9 at every prefix, the mean-to-maximum sandwich for a fixed reward over six decades of β, monotone in β with the right limits. A failure is a bug rather than a finding.',
    },
    'locates-errors': {
      statement: 'Trained on outcomes alone, it carries a usable signal about the single steps.',
      reported: 'qualitative',
      setting: 'cross-entropy or preference losses on right/wrong answers',
      baseline: 'value head trained on the same outcomes',
      test: 'experiment',
      judged:
        'Modulo-10 chains of two operations: AUROC of the increase over the first wrong line, against the right lines before it, above 0.5, and above that of an outcome head read at every line (as value or as increase, whichever is better); bootstrap over 6 seeds at 95%, paired for the difference. Refuted if either interval lies below its mark.',
    },
    'beats-rollout-labels': {
      statement: 'At equal compute it selects better answers than a process model trained on rollout labels.',
      reported: '38.8 times less compute with cross-entropy, 21 to 147 times less with DPO',
      setting: 'data collection and training in FLOPs, MATH-500 selection',
      baseline: 'own Math-Shepherd',
      test: 'experiment',
      judged:
        'Modulo-10 chains of two operations: best-of-16 accuracy, implicit cross-entropy by its lowest increase minus the better of soft and hard rollout labels by their lowest value, at equal tokens, above 0 (paired bootstrap over 6 seeds, 95%); refuted if the rollout labels win. At equal prompts the lower end must lie above −2 points.',
    },
    'best-of-n-average': {
      statement: 'On MATH-500 the DPO-trained scorer leads the open process models in best-of-N.',
      reported: 'DPO 50.4, NCA 49.4, CE 48.4 (49.0 balanced by instruction), KTO 45.7',
      setting: 'three generators, N of 4, 16 and 64, β = 0.05',
      baseline: 'own Math-Shepherd 47.8, AutoPSV 45.7, best open model 49.1',
      test: 'model',
      judged: 'Needs 8B models and MATH-500; which loss wins is reported at toy size, not required.',
    },
    'weighted-voting': {
      statement: 'Used as vote weights, the scores lift KTO and cross-entropy most.',
      reported: '50.4 to 51.9 over the four losses, cross-entropy best',
      setting: 'three generators, averaged',
      baseline: 'majority vote, which KTO and CE do not beat without weighting',
      test: 'model',
      judged: 'Needs the real candidates; the released scale makes weights nearly uniform.',
    },
    'scales-with-responses': {
      statement: 'Cross-entropy copes with one answer per prompt, and more answers help more than more prompts.',
      reported: 'qualitative (scaling plots)',
      setting: '1 to 8 answers per prompt, fractions of the prompts',
      baseline: 'DPO, under-trained with two answers',
      test: 'model',
      judged: 'A sweep over 1, 2, 4 and 8 answers is shown without a rule.',
    },
    'reference-can-go': {
      statement: 'The reference model can be left out when scoring with hardly any change.',
      reported: '50.4 with and 50.6 without at inference; 50.2 and 50.3 when trained without',
      setting: 'DPO-trained scorer',
      baseline: 'raw Llama-3.1-8B-Instruct as scorer, 45.8',
      test: 'model',
      judged: 'Needs the 8B scorers.',
    },
    'extras-do-not-help': {
      statement: 'Step labels on top, off-task prompts, de-duplication and base-model answers bring nothing.',
      reported: '47.6 to 49.2 against 49.3',
      setting: 'DPO-trained scorer',
      baseline: 'the plain recipe',
      test: 'model',
      judged: 'Differences of a point on real data.',
    },
    'scorer-is-not-policy': {
      statement: 'Becoming a good scorer can wreck the same weights as a policy.',
      reported: 'MATH-500 solve rate 45.2 → DPO 25.8, CE 28.6, NCA 35.6, KTO 46.6',
      setting: 'greedy decoding',
      baseline: 'the initial model',
      test: 'model',
      judged: 'Needs the 8B scorers.',
    },
    'reference-cost': {
      statement: 'Carrying a reference model costs less than twice the time of a value-head model.',
      reported: '241.7 against 171.1 (generation = 100); 122.2 against 111.1 with a 70B generator',
      setting: 'A100 wall time of best-of-N',
      baseline: 'value-head process model',
      test: 'record',
      judged: 'A timing on one machine.',
    },
  },
});
