import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'reward-anything',
  title: 'RewardAnything: Generalizable Principle-Following Reward Models',
  name: 'RewardAnything',
  arxiv: '2506.03637',
  date: '2025-06-04',
  authors: [
    'Zhuohao Yu',
    'Jiali Zeng',
    'Weizheng Gu',
    'Yidong Wang',
    'Jindong Wang',
    'Fandong Meng',
    'Jie Zhou',
    'Yue Zhang',
    'Shikun Zhang',
    'Wei Ye',
  ],
  venue: 'arXiv',
  code: 'https://github.com/WisdomShell/RewardAnything',
  links: [{ label: 'code (first author)', url: 'https://github.com/zhuohaoyu/RewardAnything' }],
  tags: [
    'principle-following',
    'listwise reward model',
    'grpo',
    'reward specification in language',
    'benchmark',
    'rank aggregation',
  ],
  rooms: ['judge', 'assess', 'policy', 'reward'],
  summary: `An ordinary reward model has one taste, absorbed from its preference data, and changing it means
collecting more. This one takes its taste as text. Give it a principle such as "correct before short", a prompt and
any number of answers, and it returns a short reasoning, a score for each answer and a full ranking. It is a language
model trained with GRPO, rewarded for well-formed output and for agreeing with the consensus of four strong judges
over whole lists instead of single pairs. A companion benchmark, RABench, measures how well judges follow principles
they were not trained on. The attraction is practical: a new objective is a new sentence, and saying which concern
comes first removes much of the length and format bias; one call also scores a whole rollout group. Mind what stands
behind it. Training labels come from models and were not checked by people, human agreement on the test lists is
moderate, and on RM-Bench only this model was given the principle. The repository advertises higher figures than the
tables; we quote the tables.`,
  method: [
    {
      text: 'The judge writes its thoughts and then JSON with integer scores from one to five and a ranking; names are masked and shuffled. Its reward mixes form and accuracy.',
      tex: String.raw`r=0.15\,r_f+0.85\,r_a`,
    },
    {
      text: String.raw`Accuracy combines four measures of agreement. The first penalises reversed pairs, weighted by how far apart the consensus scores $g$ are; a tie where the consensus sees a difference counts half ($c_{ab}=\tfrac12$).`,
      tex: String.raw`M_1=\max\Big(0,\,1-\frac{\sum w_{ab}\,c_{ab}}{\sum w_{ab}}\Big),\qquad w_{ab}=1+|g_a-g_b|`,
    },
    {
      text: 'Training is GRPO from the base model, without supervised fine-tuning: several judgements of the same list are sampled and compared with each other.',
      tex: String.raw`\hat A_i=\frac{r_i-\bar r}{\operatorname{sd}(r)}`,
    },
    {
      text: String.raw`Labels come from a consensus of four judges, kept if at least three agree with it. We compute it exactly, as a Kemeny ranking built up over the sets $T$ of answers already placed, where $n_{j\succ i}$ counts the judges preferring $j$ to $i$.`,
      tex: String.raw`f(\emptyset)=0,\qquad f(T)=\min_{i\in T}\Big[f(T\setminus\{i\})+\sum_{j\notin T}n_{j\succ i}\Big]`,
    },
    {
      text: 'In RLHF one call scores a whole group of rollouts; each is paid its score in the list, with a small bonus by rank to break ties.',
    },
  ],
  pitfalls: [
    'In the released reward an output that scores fewer than two of the answers is perfect on the pair measure; return zero instead.',
    'Leave out pairs that the consensus ties: they cannot be got wrong and only dilute the pair measure.',
    'Masking with a fixed seed makes position bias systematic; reshuffle at every call and average two orders.',
    'Repairing broken JSON can alter text inside strings; parse strictly first.',
    'Score and ranking may contradict each other. Decide which one rules and count the conflicts.',
    'The judge never saw lists of one in training; add a reference answer when you have a single candidate.',
  ],
  claims: {
    'unseen-principles': {
      statement: 'A judge trained to read principles also follows ones it never saw.',
      reported:
        'accuracy 81.9, τ 65.27, NDCG 97.84; GPT-4.1 82.5 / 64.90 / 97.18; backbone 71.3 / 53.0 / 87.5; best scalar 71.4',
      setting: 'RABench, 8B',
      baseline: 'GPT-4.1, untrained backbone, scalar reward models',
      test: 'experiment',
      judged:
        'Rule (i): pairwise accuracy GRPO − Bradley–Terry without principle above zero on unseen compositions; paired bootstrap 95% over 6 seeds (2 in quick). The unseen-form split is reported without a verdict.',
    },
    'rl-beats-sft': {
      statement: 'Trained on the same lists, reinforcement generalises where supervised fine-tuning does not.',
      reported: '81.9 → 62.3 with SFT, below the backbone',
      setting: 'RABench ablation',
      baseline: 'SFT on the same data',
      test: 'experiment',
      judged:
        'Rule (ii): GRPO − SFT above zero on unseen compositions, 95%. Refuted if SFT, stopped early on held-out seen principles, matches GRPO on unseen ones.',
    },
    'listwise-beats-pairwise': {
      statement: 'Judging whole lists teaches more than judging pairs.',
      reported: '81.9 against 73.2 pairwise',
      setting: 'RABench ablation',
      baseline: 'pairwise training',
      test: 'experiment',
      judged:
        'Rule (iii): listwise − pairwise GRPO above zero at the same number of judged tokens; paired bootstrap over seeds, 95%.',
    },
    'reasoning-helps': {
      statement: 'The written reasoning before the verdict matters.',
      reported: '81.9 against 73.9 with thinking off at test',
      setting: 'RABench ablation',
      baseline: 'no thinking',
      test: 'experiment',
      judged: 'Rule (iv): thinking − no thinking above zero; paired bootstrap over seeds, 95%.',
    },
    'verdicts-follow-the-text': {
      statement: 'The verdicts really come from the principle; without it they fall back to a fixed taste.',
      reported: '81.9 → 67.4 without principles in training and test',
      setting: 'RABench ablation',
      baseline: 'no principle',
      test: 'experiment',
      judged:
        'Rule (v), flip test: share of pairs whose predicted order flips under the opposite principle, GRPO − Bradley–Terry with the principle as input, above zero, 95%. Refuted if that scalar model matches the generative judge.',
    },
    'one-sentence-aligns': {
      statement: 'One sentence used as the only reward shifts a policy as intended, without preference data.',
      reported: 'qualitative: fewer unsafe answers and fewer needless refusals, better tone',
      setting: 'Qwen3-8B policy, GRPO, one safety principle, 2,000 prompts',
      baseline: 'the policy before training',
      test: 'experiment',
      judged:
        'Rule (vi), small-scale analogue: with the trained judge as only reward, the gold utility of a tiny policy rises under one unseen principle and under its opposite.',
    },
    'best-on-rm-bench': {
      statement: 'With a stated principle it leads a general reward-model benchmark.',
      reported:
        '86.4 overall, 84.4 hard; RM-R1-32B 83.9 / 76.7; backbone 75.0 / 74.4; GPT-4.1 77.4 / 69.5; scalar 8B 72.6 / 52.6',
      setting: 'RM-Bench; principle: correctness before style',
      baseline: 'RM-R1-32B, Qwen3-8B, GPT-4.1, scalar models',
      test: 'model',
      judged: 'Needs the 8B model. Only this model received the principle, and the repository advertises 92.3.',
    },
    'both-reward-parts': {
      statement: 'The format part and the relative-preference part of the training reward are both needed.',
      reported: '78.2 without relative preference, 78.5 without format (full 81.9)',
      setting: 'RABench ablation',
      baseline: 'full reward',
      test: 'record',
      judged: 'Both ablations run in full and are reported without a rule.',
    },
    'wording-matters': {
      statement:
        'How the principle is put changes the result: naming the priority beats leaving concerns equal, structured rules beat vague ones.',
      reported: 'qualitative',
      setting: 'RM-Bench',
      baseline: 'equal priorities; vague wording',
      test: 'model',
      judged: 'A sensitivity of a real language model to real sentences.',
    },
  },
});
