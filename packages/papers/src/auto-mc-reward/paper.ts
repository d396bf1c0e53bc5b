import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'auto-mc-reward',
  title: 'Auto MC-Reward: Automated Dense Reward Design with Large Language Models for Minecraft',
  name: 'Auto MC-Reward',
  arxiv: '2312.09238',
  date: '2023-12-14',
  authors: [
    'Hao Li',
    'Xue Yang',
    'Zhaokai Wang',
    'Xizhou Zhu',
    'Jie Zhou',
    'Yu Qiao',
    'Xiaogang Wang',
    'Hongsheng Li',
    'Lewei Lu',
    'Jifeng Dai',
  ],
  venue: 'CVPR 2024',
  code: null,
  links: [{ label: 'project page', url: 'https://yangxue0827.github.io/auto_mc-reward.html' }],
  tags: ['llm reward design', 'dense reward', 'failure analysis', 'code verification', 'minecraft', 'exploration'],
  rooms: ['reward', 'judge', 'policy', 'assess'],
  summary: `Reward engineering as a loop between a language model and a learner. One prompt drafts the reward as a small
program over documented observation fields; a second reviews the draft before any compute is burnt, looking for
errors and for ways to farm it; after some training a third reads the failed episodes and reports what killed or stalled
the agent, and the draft is revised. What keeps this from becoming guesswork is a fixed scale: whatever the program
returns, only its sign counts, ten to one in favour of finishing the task, so the model reasons about situations rather
than coefficients. A per-episode memory lets it speak of progress. Worth copying when success is rare, when you can log
privileged state and when a training segment is affordable per revision. The catch: a sign per step is itself farmable,
each round costs a full RL run, and the reward reads simulator internals that a deployed agent lacks. No code is
public, and some headline figures reached us only through a secondary summary.`,
  method: [
    {
      text: 'The designer writes two functions of the observation and a per-episode memory, one for completion or failure and one for progress or danger. Both are reduced to their signs.',
      tex: String.raw`R_t=\operatorname{sgn}(\mathrm{sparse}_t)+0.1\,\operatorname{sgn}(\mathrm{dense}_t)\in\{0,\pm0.1,\pm0.9,\pm1,\pm1.1\}`,
    },
    {
      text: 'The critic answers three questions about the code: does it run on logged observations using allowed fields only, do its signs match the stated intention, and can the agent collect reward without progress. A draft that keeps failing is dropped after a few rounds.',
    },
    {
      text: 'PPO continues from the previous policy on the accepted program, held near an imitation policy. The analyser then receives the last steps of failed episodes with statistics, names causes and suggests edits.',
    },
    {
      text: 'Why memory matters: a per-step bonus without it can be harvested for ever, and its discounted total exceeds the prize for finishing at usual discounts.',
      tex: String.raw`\sum_{t\ge0}\gamma^t\cdot0.1=\frac{0.1}{1-\gamma}=10\quad\text{at }\gamma=0.99`,
    },
  ],
  pitfalls: [
    'A dense plus for moving pays for walking in circles. Tie it to the best distance reached so far, or use potential differences.',
    'Many small penalties make an early death the cheapest way out; ten penalised steps already cost as much as failing.',
    'Continuing from the old policy can hide that a revised reward is worse. Keep a run from scratch beside it.',
    'An agent that hardly moves rarely dies: show success next to the death rate.',
    'The programs read privileged fields, so they train the policy but cannot score it on a real system.',
    'Generated code needs a sandbox with limits on time and memory.',
  ],
  claims: {
    'beats-sparse': {
      statement:
        'A dense reward programmed by a language model reaches far more successes than the sparse reward alone.',
      reported: '56.3% success, +43.7 points (from a secondary summary)',
      setting: 'Minecraft, approach a tree in the plains',
      baseline: 'RL with the sparse reward, 12.6%',
      test: 'experiment',
      judged:
        'A1, grid worlds Mine, Plains and Ore chain, labelled simulated designer, 8 seeds, equal steps: success(full) − success(sparse) has a paired-bootstrap 95% interval above 0 in at least two worlds. Refuted if it fails once curiosity has been tuned.',
    },
    'loop-beats-one-shot': {
      statement: 'The gain comes from reviewing and revising: dropping the critic or the analyser lowers the result.',
      reported: 'qualitative in our reading',
      setting: 'ablation on the Minecraft tasks',
      baseline: 'the full system',
      test: 'experiment',
      judged:
        'A2, same worlds: success(full) − success(one-shot designer) above 0 by the 95% interval. Refuted if they are equal at every designer error rate; at zero error the loop should add nothing, at 60% it should fail as well, otherwise the simulation leaks.',
    },
    'signs-stabilise': {
      statement: 'Fixing the magnitudes and letting the program choose signs only makes results less erratic.',
      reported: 'qualitative; a design decision',
      setting: 'reward programs of the designer',
      baseline: 'freely chosen magnitudes',
      test: 'experiment',
      judged:
        'A3: with free magnitudes (log-uniform from 0.01 to 10) the standard deviation of success between seeds is higher, and mean success is not better: the interval of the difference of means stays at or below +2 points.',
    },
    'fewer-deaths': {
      statement: 'Revisions teach the agent to keep away from lava without giving up on the search.',
      reported: 'qualitative; fewer lava deaths at higher success',
      setting: 'Minecraft, underground search at the diamond layer',
      baseline: 'sparse RL, which seldom dies because it hardly moves',
      test: 'experiment',
      judged:
        'A4, Mine: death rate(full) − death rate(one-shot) has a 95% interval below 0; success is shown beside it.',
    },
    'diamond-task': {
      statement: 'The learned skills raise the success rate of the long quest for a diamond.',
      reported: '36.5% success, +7.7 points (from a secondary summary)',
      setting: 'Minecraft, obtain diamond',
      baseline: 'imitation-only agent',
      test: 'model',
      judged: 'Needs MineDojo, an imitation agent and a GPT-4-class designer.',
    },
    'beats-generic-density': {
      statement: 'Rewards written for the task outdo general-purpose dense signals in success and in steps needed.',
      reported: 'qualitative',
      setting: 'exploration, tree and animal tasks',
      baseline: 'curiosity, self-imitation, MineCLIP similarity',
      test: 'model',
      judged:
        'MineCLIP exists only for Minecraft; tuned curiosity and self-imitation run as arms beside A1 without a verdict.',
    },
    'finds-concrete-rules': {
      statement: 'Over the rounds the programs pick up plain rules such as avoiding lava and leaving dead ends.',
      reported: 'qualitative',
      setting: 'examples of revised programs',
      baseline: null,
      test: 'record',
      judged: 'Anecdotal; our simulated designer could not show it.',
    },
  },
});
