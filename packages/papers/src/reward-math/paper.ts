import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'reward-math',
  title: 'Evaluating Robustness of Reward Models for Mathematical Reasoning',
  name: 'RewardMATH',
  arxiv: '2410.01729',
  date: '2024-10-02',
  authors: [
    'Sunghwan Kim',
    'Dongjin Kang',
    'Taeyoon Kwon',
    'Hyungjoo Chae',
    'Jungsoo Won',
    'Dongha Lee',
    'Jinyoung Yeo',
  ],
  venue: 'preprint',
  code: 'https://github.com/kimsh0507/RewardMATH_official',
  links: [{ label: 'benchmark', url: 'https://huggingface.co/datasets/RewardMATH/RewardMATH' }],
  tags: [
    'reward model benchmark',
    'mathematics',
    'one-to-many comparison',
    'best-of-n',
    'reward over-optimisation',
    'llm-as-a-judge',
  ],
  rooms: ['assess', 'model', 'judge', 'search'],
  summary: `Reward models for mathematics used to look excellent, because the test could be passed by reading style:
right solutions were terse and human, wrong ones long and machine-made, and each problem was decided by one pair.
RewardMATH takes the shortcut away. The right solution is rewritten step by step in the manner of a machine, and it
has to beat nine wrong solutions from a mixed crowd of generators, all of them at once. Models at ninety per cent drop
to somewhere between five and thirty-seven, where chance is ten, and their order changes. More to the point, the new
score is reported to track what a reward model does for a policy in best-of-n selection and how soon it can be
over-optimised, which the old score hardly does. Copy the design for your own task rather than the data: matched
style, many diverse negatives, and both the all-nine accuracy and the mean reciprocal rank. Wrong means a wrong final
answer, so flawed reasoning with a lucky end slips through. The correlation figures themselves are not in our
sources.`,
  method: [
    {
      text: 'The benchmark has 483 problems from MATH-500, each with one rewritten right solution and nine wrong ones sampled from many generators, all as lists of steps.',
    },
    {
      text: 'A problem counts only if the right solution, scored $c_i$, strictly beats all nine wrong ones $r_{ij}$; chance is 0.10.',
      tex: String.raw`\mathrm{acc}=\frac1N\sum_i\mathbb 1\big[c_i>\max_j r_{ij}\big]`,
    },
    {
      text: 'The mean reciprocal rank is softer; on ties the right solution is placed last. Chance is 0.293.',
      tex: String.raw`\mathrm{MRR}=\frac1N\sum_i\frac1{\mathrm{rank}_i},\qquad \mathrm{rank}_i=1+\#\{j:r_{ij}\ge c_i\}`,
    },
    {
      text: 'Step scores of process models must be pooled first, by minimum, product, geometric mean, mean or last step; the choice can change everything. One variant averages logits.',
      tex: String.raw`\sigma\Big(\frac1T\sum_{t=1}^{T}\operatorname{logit}p_t\Big)`,
    },
    {
      text: 'The benchmark is validated against what it should predict: over a population of reward models, $r^2$ and rank correlation between score and best-of-$n$ accuracy, and proxy against gold reward as the distance from the policy grows.',
      tex: String.raw`D_{\mathrm{KL}}(\text{best of }n)=\log n-\frac{n-1}{n}`,
    },
  ],
  pitfalls: [
    'Integer ratings tie all the time, and strict accuracy then measures granularity; print the figure with ties as wins beside it.',
    'A sort with tied labels settles the reciprocal rank silently; compute the rank by its formula.',
    'Fix the pooling of step scores before looking at results. Products punish long solutions and so reward terse ones for the wrong reason.',
    'Unparsable ratings scored as the minimum make talkative judges look bad; count and report them.',
    'A dozen reward models give very uncertain correlations; bootstrap the difference.',
    'Some released result files contain duplicated records; de-duplicate by problem.',
  ],
  claims: {
    'predicts-best-of-n': {
      statement:
        'The style-matched score with nine negatives predicts how much best-of-n helps a policy; the usual pairwise score hardly does.',
      reported: 'strong against almost none (figure)',
      setting: 'several policies and reward models; MATH-500, Gaokao-math, SAT-math',
      baseline: 'RewardBench math subset',
      test: 'experiment',
      judged:
        'Primary rule: r² (matched, 9 negatives) − r² (confounded, 1 negative) has a 95% interval excluding zero from 10,000 bootstrap resamples of 30 reward models, stratified by 3 worlds; also without the models trained on confounded style. Refuted if the interval includes zero or is negative in full.',
    },
    'many-negatives-matter': {
      statement:
        'Asking the right solution to beat many wrong ones is one of the two things that make the benchmark predictive.',
      reported: 'qualitative',
      setting: 'one against nine negatives',
      baseline: 'a single negative',
      test: 'experiment',
      judged:
        'Secondary rule: r² (matched, 9) − r² (matched, 1) above zero; the same bootstrap. Reported even if only one of the two secondary rules holds.',
    },
    'matched-style-matters': {
      statement: 'Giving right and wrong solutions the same surface style is the other.',
      reported: 'qualitative',
      setting: 'rewritten against human solutions',
      baseline: 'style-confounded pairs',
      test: 'experiment',
      judged: 'Secondary rule: r² (matched, 1) − r² (confounded, 1) above zero; the same bootstrap.',
    },
    'scores-collapse': {
      statement:
        'Classifiers that pass the pairwise test above ninety per cent fall far below half when nine wrong solutions must be beaten; some fall below chance.',
      reported:
        'InternLM2-7B 92.8 → 37.3 (MRR 0.552); InternLM2-20B 95.1 → 34.0; GRM-Llama3-8B 91.5 → 24.4; Skywork-Llama3.1-8B 96.9 → 22.2; ArmoRM 92.8 → 20.5; GRM-Gemma-2B 93.1 → 5.0; Beaver-7B 51.5 → 7.3; Oasst 60.4 → 7.0',
      setting: 'RewardBench math pair accuracy → RewardMATH accuracy, recomputed from the released raw scores',
      baseline: 'chance 50 → 10',
      test: 'model',
      judged: 'Scores of real reward models; our collapse chart shows the toy counterpart without a rule.',
    },
    'process-models-too': {
      statement:
        'Process reward models collapse as well, and the pooling of their steps can turn a good score into a terrible one.',
      reported:
        'Math-Shepherd 94.4 (prod) → 17.2 (prod), 18.2 (last); ReasonEval-7B 63.1 → 20.3 (geo); ReasonEval-34B 83.5 → 19.5 (min); Easy-to-hard 67.8 → 18.6 (mean); ReasonEval-7B on RewardBench: prod 63.1, mean 12.1, max 5.8',
      setting: 'RewardBench math subset (447 pairs) and RewardMATH, best pooling shown',
      baseline: null,
      test: 'model',
      judged: 'Needs the released models; recomputed from their raw scores.',
    },
    'direct-judges-tie': {
      statement: 'Judges that give marks from one to ten tie so often that the treatment of ties decides their score.',
      reported:
        'strict / ties win: GPT-3.5 0.2 / 64.7; Claude-3.5-sonnet 2.1 / 73.5; GPT-4o 26.0 / 51.8; GPT-4 22.5 / 48.5',
      setting: 'ratings from 1 to 10',
      baseline: null,
      test: 'model',
      judged: 'A behaviour of chat models used as judges.',
    },
    'pairwise-judging': {
      statement: 'Nine pairwise verdicts instead of marks help some judges and not others.',
      reported: 'GPT-4 29.8, GPT-4o 24.6, Claude-3.5-sonnet 15.3, Llama-3-70B 9.7, GPT-3.5 0.2 (all nine won)',
      setting: 'nine comparisons per problem, random position',
      baseline: 'direct rating',
      test: 'model',
      judged: 'A behaviour of chat models used as judges.',
    },
    'predicts-over-optimisation': {
      statement: 'Reward models with a low score are over-optimised sooner.',
      reported: 'qualitative: gold reward of low scorers falls at smaller KL',
      setting: 'best-of-n and PPO against a gold reward model',
      baseline: 'RewardBench math subset',
      test: 'model',
      judged:
        'Gold model and PPO settings are unknown to us; a best-of-n panel with a turn-down indicator is reported without a rule.',
    },
    'benchmarks-agree-little': {
      statement: 'The two benchmarks order reward models only moderately alike.',
      reported: 'Spearman 0.52 over 13 models (computed by us from the released scores)',
      setting: 'RewardBench math subset against RewardMATH',
      baseline: null,
      test: 'record',
      judged: 'Our own computation; kept for the record.',
    },
  },
});
