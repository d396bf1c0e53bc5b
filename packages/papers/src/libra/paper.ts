import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'libra',
  title: 'Libra: Assessing and Improving Reward Model by Learning to Think',
  name: 'Libra',
  arxiv: '2507.21645',
  date: '2025-07-29',
  authors: [
    'Meng Zhou',
    'Bei Li',
    'Jiahao Liu',
    'Xiaowen Shi',
    'Yang Bai',
    'Rongxiang Weng',
    'Jingang Wang',
    'Xunliang Cai',
  ],
  venue: 'arXiv',
  code: null,
  links: [{ label: 'data', url: 'https://huggingface.co/datasets/meituan/Libra-Bench' }],
  tags: [
    'generative reward model',
    'reference-free verification',
    'benchmark',
    'rejection sampling',
    'length penalty',
    'dpo',
  ],
  rooms: ['assess', 'judge', 'policy'],
  summary:
    'Rewarding by rule needs a reference answer, which most questions lack. Libra asks whether a verifier that reasons before its verdict can stand in, and how to know in advance whether it is good enough. The bench takes hard competition problems with known answers and many complete solutions from strong models, and asks of each one question only: is it correct? Accuracy is thus plain and pointwise. The verifier is trained the way a reasoner is, since judging has become checkable: keep its own long judgements that hit the label, fine-tune on them, then reinforce with correctness minus a charge for rambling. Reported: judges that think are well apart from those that do not, and accuracy on the bench foretells how much a policy gains from DPO on labels the judge made for unlabelled questions. Use the recipe to test a verifier before a run depends on it. The catch: thinking is dear, reported margins over strong general models are small, and online RL against it was not tried.',
  method: [
    {
      text: 'Records are a question, one full response and a right/wrong label from its known answer, with at least 64 responses per question from several generators, balanced per generator, so that style gives nothing away. The score is plain accuracy.',
      tex: String.raw`\mathrm{acc}=\frac1N\sum_{i=1}^{N}\mathbb 1(\hat z_i=z_i)`,
    },
    {
      text: 'The verifier reads question and response, thinks, and ends in a verdict. Stage one samples several judgements per record, keeps those whose verdict matches the label and fine-tunes on them, mixed with ordinary reasoning data.',
    },
    {
      text: 'Stage two is GRPO with correctness plus a length penalty. Its exact form is not published; the ramp between an expected and a maximal length is our inference.',
      tex: String.raw`r(o)=\mathbb 1[\hat z(o)=z]+\mathrm{pen}(|o|),\qquad \mathrm{pen}(L)=-\min\Big(1,\max\Big(0,\frac{L-L_{\exp}}{L_{\max}-L_{\exp}}\Big)\Big)`,
    },
    {
      text: "To use it without references, score each of a policy's samples by the share of $m$ verdicts that say correct, pair the highest with the lowest and run one round of DPO.",
      tex: String.raw`s=\frac1m\sum_{j\le m}\mathbb 1[\hat z_j=1],\qquad \mathcal L=-\log\sigma\Big(\beta\big[\log\tfrac{\pi_\theta(y_w\mid q)}{\pi_{\rm ref}(y_w\mid q)}-\log\tfrac{\pi_\theta(y_l\mid q)}{\pi_{\rm ref}(y_l\mid q)}\big]\Big)`,
    },
  ],
  pitfalls: [
    'Solutions of one model family in both training and test flatter the verifier. Hold a generator out.',
    'Balance labels per generator; otherwise knowing who wrote the solution is the best feature.',
    'Truncated responses have no answer: remove them rather than label them wrong.',
    'Solutions of one question are not independent. Cluster intervals by question; chance is 50%.',
    'A length charge can teach the judge to stop checking: watch whether its checks find the true error.',
    'DPO is a gentle consumer. A policy trained online against the verifier would attack it.',
  ],
  claims: {
    'thinking-separates': {
      statement:
        'Judges that reason before the verdict are clearly more accurate on hard problems than those that do not.',
      reported: 'non-thinking 55.1 to 69.1%, thinking 73.7 to 78.7%',
      setting: 'Libra Bench, 3,740 records from MATH-500 level 5, AIME 2024 and AIME 2025',
      baseline: 'discriminative reward models and non-thinking judges',
      test: 'experiment',
      judged:
        '(i) Chains modulo 10, hardest subset: reinforced thinking judge minus the better of scalar head and direct verdict above 0 (paired bootstrap over seeds, 95%). Refuted if the scalar head with a tuned threshold matches it.',
    },
    'both-stages-help': {
      statement: 'Reinforcement adds to what fine-tuning on one’s own correct judgements gives.',
      reported: 'sign only',
      setting: 'rejection-sampled fine-tuning, then GRPO',
      baseline: 'fine-tuning alone',
      test: 'experiment',
      judged: '(ii) Accuracy after reinforcement minus after fine-tuning above 0 (paired bootstrap over seeds, 95%).',
    },
    'length-charge-saves-tokens': {
      statement: 'A charge on overlong judgements shortens them without costing accuracy.',
      reported: 'no figure available',
      setting: 'GRPO with expected and maximal length',
      baseline: 'no charge',
      test: 'experiment',
      judged:
        '(iii) Fewer tokens per judgement with the charge (bound above 0), at a loss of accuracy of at most 1 point.',
    },
    'bench-foretells-gain': {
      statement: 'The more accurate a judge is on the bench, the more a policy gains from its labels.',
      reported: 'positive correlation over six reward models',
      setting: 'DPO on mathematics policies',
      baseline: null,
      test: 'experiment',
      judged:
        '(iv) Spearman correlation over twelve judges between bench accuracy and gain after DPO: lower bound above 0, resampling seeds and judges. Refuted if 0 lies inside the interval while the accuracies of the judges spread over 15 points or more.',
    },
    'unlabelled-data-suffices': {
      statement: 'A policy improves on questions without reference answers, labelled by the verifier alone.',
      reported: 'qualitative',
      setting: 'AIME-type tests after DPO',
      baseline: 'the policy before',
      test: 'experiment',
      judged:
        '(v) Accuracy gain after DPO with labels of the reinforced judge above 0 (paired bootstrap over seeds, 95%).',
    },
    'holds-for-new-generators': {
      statement: 'The lead of thinking judges holds for solutions by a model never seen in training.',
      reported: 'not tested separately; reviewers raised it',
      setting: 'generators shared by training and bench',
      baseline: 'scalar head and direct verdict',
      test: 'experiment',
      judged:
        '(vi) As in (i), on a held-out generator with its own style: reinforced judge minus the better rival above 0 (95%).',
    },
    'trained-verifier-leads': {
      statement: 'Libra-RM is at or near the top of this and other reward benchmarks.',
      reported: 'best or near best; reviewers call the margins over DeepSeek-R1 and Qwen3-32B small',
      setting: 'Libra Bench and other reward-model benchmarks, 32B',
      baseline: 'DeepSeek-R1, Qwen3-32B and others as judges',
      test: 'model',
      judged: 'Needs the 32B models; exact figures were not available.',
    },
    'older-benches-too-easy': {
      statement: 'Earlier reward benchmarks are too easy to tell verifiers of reasoning apart.',
      reported: 'qualitative',
      setting: 'motivation',
      baseline: 'existing reward-model benchmarks',
      test: 'record',
      judged: 'A motivation without a measurement that we could repeat.',
    },
  },
});
