import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'armap',
  title: 'Scaling Autonomous Agents via Automatic Reward Modeling And Planning',
  name: 'ARMAP',
  arxiv: '2502.12130',
  date: '2025-02-17',
  authors: ['Zhenfang Chen', 'Delin Chen', 'Rui Sun', 'Wenjun Liu', 'Chuang Gan'],
  venue: 'ICLR 2025',
  code: 'https://github.com/heaplax/ARMAP',
  links: [
    { label: 'project page', url: 'https://armap-agent.github.io' },
    { label: 'models and pair data', url: 'https://huggingface.co/Heaplax' },
  ],
  tags: ['llm agents', 'trajectory reward model', 'hindsight relabelling', 'best-of-n', 'mcts', 'reflexion'],
  rooms: ['model', 'search', 'env', 'reward'],
  summary: `Sampling ten attempts from an agent is cheap; knowing which one did the job is the hard part. ARMAP builds that
judge without annotators. Let a language model invent instructions and wander through the environment, rewrite every
instruction so that it describes what the walk in fact accomplished, and then tamper with some actions until it no
longer does. A 3B model trained on such pairs scores whole trajectories and plugs into best-of-N, Reflexion or tree
search. Nothing in the acting model is touched, so it fits agents behind an API, and the ranking can be bent at run time
by subtracting a price or a step count. Weak agents profit most. The catch: the score is meaningful only among
attempts at one instruction, hard goals seldom appear in what a weak wanderer achieves, edited failures may be
recognisable as edits, and for strong agents the gain in some environments is within a point. In WebShop the released
scripts even order pairs by the environment's own score, so no human labels does not mean no reward.`,
  method: [
    {
      text: 'A pair consists of a refined instruction $x$, a trajectory $h^+$ that fulfils it (the instruction was written afterwards) and an edited, replayed trajectory $h^-$ that does not. The reward is one scalar per finished trajectory, trained pairwise.',
      tex: String.raw`\mathcal L(\theta)=-\mathbb E\Big[\log\sigma\big(R_\theta(x,h^+)-R_\theta(x,h^-)\big)\Big]`,
    },
    {
      text: 'Best-of-N simply keeps the attempt with the highest score; Reflexion retries with a verbal lesson until the score passes a threshold.',
      tex: String.raw`h^\star=\arg\max_{h\in\{h_1,\dots,h_n\}}R_\theta(x,h)`,
    },
    {
      text: 'Tree search descends by a prior-weighted upper bound, where the value of an edge is the largest return seen below it, finishes each leaf with the agent itself and scores the full trajectory.',
      tex: String.raw`a=\arg\max_a\ V(s,a)+c\,P(a\mid s)\,\frac{\sqrt{\ln N(s)}}{1+n(s,a)}`,
    },
    {
      text: 'Other wishes enter at inference as penalties, without new training.',
      tex: String.raw`R_\theta(x,h)-\lambda_1\,\#\mathrm{actions}(h)\qquad\text{or}\qquad R_\theta(x,h)-\lambda_2\,\mathrm{price}(h)`,
    },
  ],
  pitfalls: [
    'Pairwise scores have no zero point. A Reflexion rule such as "stop above 0" is arbitrary until calibrated on held-out pairs.',
    'An edited trajectory can still satisfy the goal; replay and check it, and make sure that the judge does not merely spot the edit.',
    'Hindsight instructions mirror what the roaming agent can do, so difficult goals are rare in the training data.',
    'Backing up the maximum makes tree search hunt for over-estimates of the judge. Watch true success as the number of samples grows.',
    'The averages hide a lot: for the 70B agent in ScienceWorld tree search is about a point above greedy decoding (58.2 against 57.2 on seen tasks).',
    'Tables come from single runs without seeds.',
  ],
  claims: {
    'beats-sampling': {
      statement:
        'Ranking attempts with the self-made judge lifts an unchanged agent above plain sampling and greedy decoding.',
      reported: 'average: Reflexion 43.5, best-of-N 46.1, MCTS 49.3',
      setting: 'Llama-70B; WebShop, ScienceWorld seen and unseen, Game-of-24; 10 trajectories (100 for Game-of-24)',
      baseline: 'sampling 38.0, greedy 37.5',
      test: 'experiment',
      judged:
        'Part (i), tiny agent in Household-lite and Shop-lite, 5 seeds, 150 tasks, 10 trajectories a task, paired bootstrap: best-of-N minus sampling and minus greedy has a 95% interval above 0 in both. Refuted if not, or if random negatives match edited ones while accuracy on real success/failure pairs is near chance.',
    },
    'weak-agents-gain-more': {
      statement: 'Smaller agents improve too, and by more than the large one.',
      reported: 'R / B / M: Llama-8B 31.3 / 34.1 / 32.6, Mistral-7B 25.6 / 26.4 / 29.6, Phi-3.8B 21.9 / 26.5 / 30.0',
      setting: 'same tasks and budgets',
      baseline: 'sampling / greedy: 27.0 / 28.9, 12.2 / 19.5, 15.2 / 17.5',
      test: 'model',
      judged: 'A comparison across four real chat models; our worlds hold one deliberately weak agent.',
    },
    'judging-easier-than-acting': {
      statement: 'Data spent on a judge help more than the same data spent on fine-tuning the acting policy.',
      reported: 'best-of-N 20.0, MCTS 28.3',
      setting: 'ScienceWorld seen, Phi-3.8B agent, 3B judge',
      baseline: 'SFT policy 18.6; prompted 70B judge 16.0 and 26.5',
      test: 'experiment',
      judged:
        'Part (ii): best-of-N with the agent minus the best decoding of the policy fine-tuned on the positives is above 0 (95% interval) in at least one environment and not significantly below 0 in the other.',
    },
    'pairwise-beats-classification': {
      statement: 'A pairwise loss gives a better ranking judge than success/failure classification.',
      reported: '35.7 seen, 28.1 unseen',
      setting: 'ScienceWorld, Llama-8B, best-of-N',
      baseline: 'classification loss 27.5 and 22.2',
      test: 'experiment',
      judged: 'Part (iii): success of best-of-N, pairwise minus classification, 95% paired-bootstrap interval above 0.',
    },
    'relabelling-helps': {
      statement:
        'Rewriting the instruction to match what happened yields a better judge than keeping the instruction first attempted.',
      reported: 'qualitative; a step of the construction',
      setting: 'data synthesis in all environments',
      baseline: 'raw instructions',
      test: 'experiment',
      judged: 'Part (iv): success of best-of-N with refined minus raw instructions, 95% interval above 0.',
    },
    'little-data-suffices': {
      statement: 'Most of the benefit survives when the judge sees a small fraction of the pairs.',
      reported: '57.3 with all, 52.1 with 1/5, 50.6 with 1/25 of the pairs',
      setting: 'ScienceWorld seen, Llama-70B, best-of-N',
      baseline: null,
      test: 'model',
      judged: 'We train on 1,000, 200 and 40 pairs and show the curve, but the rule passes no verdict on it.',
    },
    'steerable-targets': {
      statement: 'Subtracting a penalty from the score shortens or cheapens plans at a modest loss of reward.',
      reported: 'actions 4.5 to 4.0 at reward 65.5; price 97.9 to 69.0 at reward 62.4',
      setting: 'WebShop with MCTS, Llama-70B',
      baseline: 'reward 66.8 without penalty',
      test: 'model',
      judged:
        'The trade-off curve is drawn in Shop-lite without a pass mark; the figures need WebShop and the 70B agent.',
    },
    'other-benchmarks': {
      statement: 'The approach carries over to household and clinical agents.',
      reported: 'ALFWorld std / dev: best-of-N 0.30 / 0.45, Reflexion 0.22 / 0.35; AgentClinic-MedQA 44.33',
      setting: 'ALFWorld with Llama-70B; AgentClinic-MedQA with best-of-N',
      baseline: 'greedy 0.18 / 0.30 and 14.02',
      test: 'model',
      judged: 'Needs those benchmarks and real chat models.',
    },
    'search-ranking': {
      statement:
        'Tree search is the best of the three planners on average, and Reflexion the weakest for small models.',
      reported: 'qualitative',
      setting: 'averages over tasks and four models',
      baseline: null,
      test: 'record',
      judged: 'Tree search against best-of-N is reported in our runs and deliberately not judged.',
    },
  },
});
