import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'hrm',
  title: 'Towards Hierarchical Multi-Step Reward Models for Enhanced Reasoning in Large Language Models',
  name: 'HRM',
  arxiv: '2503.13551',
  date: '2025-03-16',
  authors: [
    'Teng Wang',
    'Zhangyi Jiang',
    'Zhenqi He',
    'Hailei Gong',
    'Shenyang Tong',
    'Wenhan Yang',
    'Zeyu Li',
    'Yanan Zheng',
    'Zifan He',
    'Zewen Ye',
    'Shengjie Ma',
    'Jianping Zhang',
  ],
  venue: 'Findings of ACL 2026',
  code: 'https://github.com/tengwang0318/hierarchial_reward_model',
  tags: [
    'process reward model',
    'multi-step reward',
    'data augmentation',
    'monte-carlo labels',
    'self-correction',
    'best-of-n',
  ],
  rooms: ['model', 'search', 'assess'],
  summary:
    'Process reward models judge each step by itself, so they mark down a slip that the very next line repairs and can be taken in by lines that read well but do not follow from the one before. HRM leaves the model and its use alone and changes the diet: next to single steps it is trained on pairs of consecutive steps glued together and labelled by where things stand after the second. For trees labelled by rollouts there is a companion trick, hierarchical node compression, which now and then merges a node into its parent, hangs the result one level higher and recomputes the scores, giving extra examples at no sampling cost. The reported effect is that step-wise best-of-N stays level or improves as N grows, where an ordinary process model slides. It is worth trying when a policy corrects itself. The catch: the headline tables were not available to us, and part of any gain may be plain extra data.',
  method: [
    {
      text: "With human labels, the process model sees each rated candidate $a$ after the chosen prefix $c_{<i}$; HRM adds the previous step merged with the candidate, carrying the candidate's label. Wrong-then-repaired is thus positive, right-then-wrong negative.",
      tex: String.raw`\big(c_{<i},\,a\big)\mapsto z(a)\qquad\text{and}\qquad\big(c_{<i-1},\,c_{i-1}\oplus a\big)\mapsto z(a)`,
    },
    {
      text: 'With automatic labels, a breadth-first tree of sampled steps gives every node the share of correct leaves below it.',
      tex: String.raw`MC(v)=\frac{\#\{\text{correct leaves under }v\}}{\#\{\text{leaves under }v\}}`,
    },
    {
      text: String.raw`Compression visits parents $u$ with at least four children, merges at most one child $v$ (each with probability 0.5) into the parent's text and hangs $u\oplus v$ beside $u$; scores are then recomputed. The training set joins the original tree and one compressed copy, balanced by score.`,
    },
    {
      text: 'At inference both models score single steps only: sample $N$ next steps, keep the best, go on.',
      tex: String.raw`y_t=\arg\max_{j\le N}\ \mathrm{score}\big(q,\,y_{<t},\,y_t^{(j)}\big)`,
    },
    {
      text: 'Good paths can be fed back to the policy with a damped pull towards the reference model.',
      tex: String.raw`\mathcal L=\mathcal L_{CE}+\lambda\log\big(1+\mathrm{KL}(p_{\rm ref}\,\|\,p_\theta)\big)`,
    },
  ],
  pitfalls: [
    'Merging must also shorten the prefix. A first step left in both places gives the example format away.',
    'Merged and single examples differ in length; check that the scorer does not simply read segment length.',
    'Recompute leaf counts after compression, or scores above 1 appear.',
    'A parent that loses its only good child is marked down: that is the intended small noise, so do not run many passes.',
    'Choosing step by step is greedy: more candidates let an over-confident scorer go further astray. Show a single candidate as the reference point.',
    'The gain mixes augmentation with more data; compare at an equal number of examples.',
  ],
  claims: {
    'beats-prm-at-large-n': {
      statement:
        'With many candidates per step, training on merged pairs picks better solutions than a process reward model.',
      reported: 'qualitative (tables not available)',
      setting: 'PRM800K test, step-wise best-of-N, N from 1 to 24, human labels',
      baseline: 'outcome and process reward models',
      test: 'experiment',
      judged:
        'Chains with 60% repairs, lines rated by a checker: accuracy averaged over N ≥ 8, HRM minus the strongest process model (plain, with passes enough to stand for duplicated data, or as many examples from more solutions), above 0 (paired bootstrap over seeds, 95%). Refuted if the interval lies below 0.',
    },
    'holds-up-as-n-grows': {
      statement: 'Its accuracy stays level or rises as N grows, while that of the rivals drifts down.',
      reported: 'qualitative (tables not available)',
      setting: 'same, N from 1 to 24',
      baseline: 'outcome and process reward models',
      test: 'experiment',
      judged:
        'Same world: slope of accuracy against log2 N, HRM minus the strongest process model, above 0; and HRM’s own accuracy with most candidates at most two points below that with two (bootstrap over seeds, 95%). Both must hold.',
    },
    'gain-from-correction': {
      statement: 'The advantage comes from recognising an error that the next step puts right.',
      reported: 'qualitative',
      setting: 'self-reflection cases',
      baseline: 'process reward model',
      test: 'experiment',
      judged:
        'Control in a world without repairs, same measure as beats-prm-at-large-n. Holds if the gain with repairs is above 0 and above the gain without, whose interval includes 0; refuted if there is a gain and it is as large without repairs; inconclusive where there is no gain to explain. A table over right-wrong pair types says whether training merely regularised.',
    },
    'auto-labels-work': {
      statement: 'Trained on compressed rollout trees, it beats a process model trained on the plain trees.',
      reported: 'qualitative',
      setting: 'automatic labels, N up to 512, several Qwen2.5 policies',
      baseline: 'process reward model on the same trees',
      test: 'model',
      judged:
        'The range of N and the policies need real models. In pilots at toy size, answers below a tree’s nodes were too noisy: no scorer became good enough to search with.',
    },
    transfers: {
      statement: 'The advantage carries over to questions from other sources.',
      reported: 'HRM ahead (figures not available)',
      setting: 'MATH-500 and GSM8K after training on PRM800K questions',
      baseline: 'process reward model',
      test: 'model',
      judged: 'Needs real models and data; our tiny models cannot read chains longer than those they saw.',
    },
    'compression-is-free': {
      statement: 'Compression costs next to nothing compared with sampling the trees.',
      reported: 'about 2,457 A100-GPU hours for the trees (secondary source)',
      setting: 'automatic labelling',
      baseline: 'sampling more trees',
      test: 'record',
      judged: 'True by construction: no new completions are drawn.',
    },
    'self-training-helps': {
      statement: 'Fine-tuning the policy on well-scored paths with the damped KL term improves it.',
      reported: 'qualitative',
      setting: 'policy self-training',
      baseline: 'plain supervised fine-tuning',
      test: 'model',
      judged: 'Not part of our experiment; threshold and weight are unsettled in the sources.',
    },
  },
});
