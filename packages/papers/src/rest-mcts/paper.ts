import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'rest-mcts',
  title: 'ReST-MCTS*: LLM Self-Training via Process Reward Guided Tree Search',
  name: 'ReST-MCTS*',
  arxiv: '2406.03816',
  date: '2024-06-06',
  authors: ['Dan Zhang', 'Sining Zhoubian', 'Ziniu Hu', 'Yisong Yue', 'Yuxiao Dong', 'Jie Tang'],
  venue: 'NeurIPS 2024',
  code: 'https://github.com/THUDM/ReST-MCTS',
  links: [
    { label: 'project page', url: 'https://rest-mcts.github.io' },
    { label: 'initial value data', url: 'https://huggingface.co/datasets/zd21/ReST-MCTS-PRM-0th' },
  ],
  tags: [
    'process reward model',
    'tree search',
    'self-training',
    'value function',
    'false-positive traces',
    'mathematics',
  ],
  rooms: ['search', 'model', 'policy', 'credit'],
  summary: `Keep what ends in the right answer, fine-tune, repeat: ordinary self-training also keeps solutions that
blundered into the right number. Here samples come from a tree search guided by a learned value of unfinished
solutions, and the finished tree is harvested twice. Its verified paths train the policy; and every node that leads
somewhere is labelled by how many steps separate it from a right answer and whether it is still on course, which
trains the value model. Both improve over rounds and no human marks steps. You get a decoder that uses a token budget
better and a cleaner training set, provided final answers can be checked and solutions come in steps. The price is an
intricate search with many value calls and a value definition full of traps: an error signal where zero means right,
off-by-one step counts, estimates overwritten during backup. Reported gains are two or three points without seeds, and
one ablation is worth running before buying the tree: plain sampling filtered by the same value.`,
  method: [
    {
      text: 'The value of a partial solution grows with every right step and shrinks with every wrong one ($r=0$ is right, $r=1$ wrong), scaled by the number $m_k$ of steps still missing. Along a flawless path of $K$ steps it is exactly $k/K$.',
      tex: String.raw`v_k=\max(v_{k-1}+w_{s_k},\,0),\qquad w_{s_k}=\frac{1-v_{k-1}}{m_k+1}\,(1-2r_{s_k}),\quad v_0=0`,
    },
    {
      text: 'Selection adds an exploration term to the value; children without a visit get a finite bonus instead (0.8 or 1.0), so that a bad unvisited child can lose to a good visited one.',
      tex: String.raw`\mathrm{uct}(c)=V_c+\varepsilon\sqrt{\frac{2\ln n_{\text{parent}}}{n_c}}`,
    },
    {
      text: 'Expansion samples three next steps unless a critic calls the problem solved; a short greedy rollout mixes its best value into the child; backup sets the value of a parent to the mean over its children, weighted by visits.',
      tex: String.raw`V_c\leftarrow(1-\alpha)V_c+\alpha\max_{\text{rollout}}V_\theta`,
    },
    {
      text: String.raw`From a finished tree: nodes on a path to a right answer count the steps to it, wrong branches copy the count of the nearest ancestor that has one, and values are filled in from the root downwards with $\rho=\pm1$ for right and wrong.`,
      tex: String.raw`v=\max\!\Big(0,\ v_{\text{parent}}+\rho\,\frac{1-v_{\text{parent}}}{\texttt{steps}}\Big)`,
    },
    {
      text: 'Self-training alternates: search with the current pair, fine-tune the policy on verified solutions only, retrain the value model on all labelled branches, right and wrong.',
    },
  ],
  pitfalls: [
    'The step signal counts errors. Plugging in a scorer that outputs the probability of being right flips every value.',
    'The stored step count is the reasoning distance plus one; mixing the two pushes values past their proper share.',
    'Search stops on a high value even if the text is unfinished; check that there is a final answer.',
    'Trained only on gold solutions, the value model learns position instead of quality; include wrong branches and test at fixed depth.',
    'Backup forgets the estimate of the model itself for a parent once a child has been visited.',
    'Count the tokens of value and critic calls too; the published comparison counts generation only.',
  ],
  claims: {
    'search-at-equal-tokens': {
      statement: 'At the same number of generated tokens, value-guided search is more accurate than self-consistency.',
      reported: 'about 48.5% at about 40k tokens per question (read from a figure), against a plateau of about 42.5%',
      setting: 'MATH, after two iterations',
      baseline: 'self-consistency',
      test: 'experiment',
      judged:
        'Rule (i): accuracy of MCTS* − self-consistency above zero at 2k tokens per question; bootstrap over 5 seeds (2 in quick), nested over questions, 95%.',
    },
    'cleaner-traces': {
      statement:
        'Filtering by answer alone lets in traces that are right for the wrong reason; search and value keep more of them out.',
      reported: 'qualitative',
      setting: 'three backbones',
      baseline: 'ReST-EM',
      test: 'experiment',
      judged:
        'Rule (ii): share of fully right traces, ReST-MCTS* − ReST-EM, above zero when a wrong chain passes with probability near 1/5; the gap must shrink towards zero at 1/100, or the effect is not about false positives.',
    },
    'self-training-improves-policy': {
      statement: 'After two rounds the policy is better than after answer-filtered or self-judged self-training.',
      reported: '29.02 (LLaMA-3-8B-Instruct), 26.50 (Mistral-7B MetaMATH), 35.90 (SciGLM-6B)',
      setting: 'second iteration, average over benchmarks',
      baseline: 'ReST-EM 26.83 / 24.16 / 33.27; Self-Rewarding 27.73 / 25.22 / 33.56',
      test: 'experiment',
      judged:
        'Rule (iii): policy accuracy after iteration 2, ReST-MCTS* − ReST-EM, above zero at false-positive rate 1/5, 95%. Refuted if ReST-EM with the value filter does as well in (ii) and (iii): the tree would add cost only.',
    },
    'value-model-as-verifier': {
      statement: 'The learned value weighs votes slightly better than an automatically labelled process model.',
      reported: 'GSM8K 87.5, MATH500 39.0 against 86.3 and 38.3',
      setting: 'weighted self-consistency',
      baseline: 'Math-Shepherd',
      test: 'model',
      judged: 'Differences of about a point between trained 7B verifiers.',
    },
    'science-questions': {
      statement: 'The search also helps fixed chat models on university science questions.',
      reported: '16.77 (GLM4), 10.06 (GPT-3.5-turbo)',
      setting: 'SciBench average',
      baseline: 'Tree-of-Thought 15.82 / 8.44, CoT 12.68 / 6.92',
      test: 'model',
      judged: 'Needs those models and that benchmark.',
    },
    'keeps-improving': {
      statement: 'The policy goes on improving over the iterations.',
      reported: 'qualitative',
      setting: 'three backbones',
      baseline: 'ReST-EM',
      test: 'record',
      judged: 'Accuracy by iteration is plotted for two rounds; no rule is attached.',
    },
    'stated-limits': {
      statement: 'Policies that are weak step by step gain little, and only tasks with checkable answers were tried.',
      reported: 'qualitative',
      setting: 'limitations of the paper',
      baseline: null,
      test: 'record',
      judged: 'A limitation stated by the authors.',
    },
  },
});
