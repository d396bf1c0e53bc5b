import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'contrast-instructions',
  title: 'The Trickle-down Impact of Reward (In-)consistency on RLHF',
  otherTitles: ['The Trickle-down Impact of Reward Inconsistency on RLHF'],
  name: 'Contrast Instructions',
  arxiv: '2309.16155',
  date: '2023-09-28',
  authors: [
    'Lingfeng Shen',
    'Sihao Chen',
    'Linfeng Song',
    'Lifeng Jin',
    'Baolin Peng',
    'Haitao Mi',
    'Daniel Khashabi',
    'Dong Yu',
  ],
  venue: 'ICLR 2024',
  code: 'https://github.com/shadowkiller33/Contrast-Instruction',
  tags: ['reward model evaluation', 'consistency', 'contrast sets', 'data augmentation', 'retrieval', 'rlhf'],
  rooms: ['assess', 'model', 'reward'],
  summary: `Does your reward model read the question? Ordinary test pairs cannot say, because the better answer is often
recognisable on its own. This benchmark pairs two instructions with similar wording and different intent, exchanges
their accepted answers and asks whether the score notices. The pairs come out of any preference set by embedding
similarity, with no new labels, so you can test a reward on your own traffic within the hour; that is the reason to read
the paper. The models examined do little better than guessing, people manage about four in five. Two cheap patches are
offered: ConvexDA replaces training texts by the outermost of several reworded variants, RewardFusion averages a score
with those of near-duplicate training texts. Both help a little. Policies trained on a more consistent model are
preferred by readers, though error bars overlap in part. The catch: everything hangs on the similarity window. Too
close, and both answers are right; and half of the measure compares scores across prompts, which pairwise training never
pinned down.`,
  method: [
    {
      text: 'Mining: embed all instructions, keep pairs with cosine between 0.75 and 0.90 whose texts and answers differ, and take for each instruction the nearest partner in the window. Each pair yields a quadruple $(I_1,r_1,I_2,r_2)$ of instructions with their preferred answers.',
    },
    {
      text: 'Two rates, each 50% by chance: with the instruction fixed its own answer should win, and with the answer fixed its own instruction should win. We count ties as half and use both roles.',
      tex: String.raw`C_{res}=\Pr\big[R(I_1\circ r_1)>R(I_1\circ r_2)\big],\qquad C_{ins}=\Pr\big[R(I_1\circ r_1)>R(I_2\circ r_1)\big]`,
    },
    {
      text: 'ConvexDA, at training time: make five small rewordings of a text, project their embeddings to two dimensions and train on a random vertex of the convex hull in place of the original.',
      tex: String.raw`r\ \leftarrow\ \text{random vertex of}\ \mathrm{conv}\{\mathrm{PCA}_2(e_{1}),\dots,\mathrm{PCA}_2(e_{5})\}`,
    },
    {
      text: 'RewardFusion, at inference: average the score of a text $q$ with up to five training texts of cosine at least 0.9, weighted by similarity ($s_q=1$).',
      tex: String.raw`\tilde R(q)=\sum_{j\in\mathcal N(q)\cup\{q\}}w_j\,R(t_j),\qquad w_j=\frac{s_j}{\sum_i s_i},\quad s_j=\cos(e_q,e_{t_j})`,
    },
  ],
  pitfalls: [
    'A window set too high mines paraphrases, for which a coin toss is the right behaviour. Check a sample for answers that really differ.',
    'Cosines do not carry over between encoders; choose the window by quantiles of your own.',
    'Deduplicate before splitting, otherwise RewardFusion retrieves the test item itself.',
    'Index fusion on instruction plus answer. By answer alone, contrast partners become neighbours and the signal blurs.',
    'Word substitution can turn a meaning round: protect negations, numbers and names.',
    'The smallest task has 36 items, an interval of about ±16 points; do not average tasks without weights.',
  ],
  claims: {
    'near-chance': {
      statement: 'Reward models trained the usual way hardly notice when similar instructions swap their answers.',
      reported: 'response consistency about 53.6 on average (as quoted in a review)',
      setting: 'LLaMA-7B reward models, four tasks',
      baseline: 'chance 50, people about 80',
      test: 'experiment',
      judged:
        'Part (a), PickDigit with natural data, 8 seeds, bootstrap over seeds and quadruples: ordinary accuracy − consistency above 0 and at least 5 points; refuted if its interval lies below 5. Void (capacity-limited) unless a consistency-tuned model exceeds 0.8.',
    },
    'convexda-helps': {
      statement:
        'Training on the outermost rewordings makes the model more consistent at an unchanged number of pairs.',
      reported: 'small gains; reviewers called them marginal',
      setting: 'LLaMA-7B reward models',
      baseline: 'vanilla reward model',
      test: 'experiment',
      judged:
        'Part (b): consistency of ConvexDA − vanilla has a 95% interval above 0. A null result is a possible outcome.',
    },
    'fusion-helps': {
      statement:
        'Averaging a score with those of the nearest training texts makes it more consistent without training.',
      reported: 'small gains; reviewers called them marginal',
      setting: 'LLaMA-7B reward models',
      baseline: 'vanilla reward model',
      test: 'experiment',
      judged:
        'Part (c): consistency of RewardFusion − vanilla has a 95% interval above 0. A null result is a possible outcome.',
    },
    'trickles-down': {
      statement: 'Making the reward model more consistent makes the answers of the policy tuned with it more useful.',
      reported: 'preferred by human judges; error bars overlap in part',
      setting: 'StackExchange, PPO with equal seeds',
      baseline: 'policy tuned with the original reward model',
      test: 'experiment',
      judged:
        'Part (d), GRPO for 80 updates with equal seeds: gold accuracy, consistency-tuned − vanilla, has a 95% interval above 0; refuted if it lies below 0. With (a) it forms the main verdict.',
    },
    'accuracy-is-not-consistency': {
      statement: 'Consistency and accuracy on the ordinary test set need not move together.',
      reported: 'qualitative',
      setting: 'the trained reward models',
      baseline: null,
      test: 'record',
      judged: 'Plotted for all our models; the rule tests the gap between the two, not their correlation.',
    },
  },
});
