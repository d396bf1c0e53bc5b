import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'icpl',
  title: 'Few-shot In-Context Preference Learning Using Large Language Models',
  otherTitles: ['ICPL: Few-shot In-context Preference Learning via LLMs'],
  name: 'ICPL',
  arxiv: '2410.17233',
  date: '2024-10-22',
  authors: ['Chao Yu', 'Qixin Tan', 'Hong Lu', 'Jiaxuan Gao', 'Xinting Yang', 'Yu Wang', 'Yi Wu', 'Eugene Vinitsky'],
  venue: 'preprint',
  code: 'https://github.com/icpl-research/ICPL',
  links: [{ label: 'project page', url: 'https://sites.google.com/view/few-shot-icpl/home' }],
  tags: ['preference-based rl', 'llm reward design', 'in-context learning', 'human-in-the-loop', 'query efficiency'],
  rooms: ['reward', 'judge', 'model', 'search'],
  summary:
    'Learning a reward network from pairwise choices starts from nothing and swallows thousands of them. ICPL lets a language model write the reward as a program instead, and uses people only to say which resulting behaviour was best and which was worst. Each round trains a policy on every one of six candidate programs, shows the videos, and returns the winner, the loser, how their reward components evolved during training and what changed between successive winners; the model then writes six more. Five rounds cost 49 comparisons, and on simulated locomotion the result is reported to rival methods that search with the true task score. Consider it when behaviour is easier to recognise than to specify and training runs are affordable: thirty of them, not the questions, dominate the bill. The catch is that much may come from what the model already knows about famous tasks, and that nothing helps when the first batch shows no variety or the video hides the goal.',
  method: [
    {
      text: 'In each of $N=5$ rounds the model writes programs until $K=6$ run; every program returns the total reward and its named components, and a policy is trained on it.',
      tex: String.raw`r(s,a)=\sum_c r_c(s,a),\qquad \pi_k=\mathrm{RL}(r^{(k)}),\quad k=1,\dots,K`,
    },
    {
      text: 'A person (or the hidden task metric as a proxy) names the best and the worst rollout. The next prompt holds both programs, their component traces at ten points of training, and a short description, from a separate call, of how the last two winners differ. Only this newest message is kept.',
    },
    {
      text: 'Counted as pairwise questions, best and worst of $K$ need $(K-1)+(K-2)$ a round, and the final choice among round winners $N-1$.',
      tex: String.raw`N\big[(K-1)+(K-2)\big]+(N-1)=5\cdot 9+4=49`,
    },
    {
      text: 'The rival with the same budget is an ensemble of Bradley-Terry reward networks trained on segment comparisons picked by disagreement.',
      tex: String.raw`P[\sigma^1\succ\sigma^2]=\frac{e^{\sum_t\hat r(s^1_t,a^1_t)}}{e^{\sum_t\hat r(s^1_t,a^1_t)}+e^{\sum_t\hat r(s^2_t,a^2_t)}}`,
    },
  ],
  pitfalls: [
    'Count comparisons rather than clicks: naming best and worst of six takes nine pairwise questions.',
    'On well-known locomotion tasks the writer’s prior does much of the work. Rename features and use new tasks before calling it preference learning.',
    'A noise-free proxy ranking is easier than people; sweep the error rate of the ranker.',
    'The maximum score over training flatters. Retrain the winning program with new seeds.',
    'Programs that fail to run are regenerated; charge those calls to the method and report the share that ran.',
    'Showing the loser can anchor the writer on it; try without.',
  ],
  claims: {
    'few-queries': {
      statement:
        'Preferences that steer a program writer go much further than preferences that train a reward network.',
      reported: '49 queries, more than 30 times fewer',
      setting: 'nine IsaacGym tasks',
      baseline: 'preference-based RL with 1,500 to 15,000 queries',
      test: 'experiment',
      judged:
        'A1, simulated writer of quality 0.6: true score at 49 queries, ICPL minus a preference-trained reward network, above 0 (paired bootstrap over task and seed, 95%). The rival must reach 0.8 with 1,500 queries for the comparison to count.',
    },
    'improves-over-rounds': {
      statement: 'The reward programs get better from round to round.',
      reported: 'Humanoid example 5.80 → 6.11 → 7.92 → 8.13 → 8.23',
      setting: 'one run with proxy preferences',
      baseline: 'the first round',
      test: 'experiment',
      judged:
        'A2, first part: score in round 5 minus round 1 above 0 (95% interval). If it fails, the gain is only the prior.',
    },
    'feedback-matters': {
      statement: 'The gain comes from the preferences and not from sampling many programs.',
      reported: 'qualitative; an open-loop control is in the code',
      setting: 'proxy preferences',
      baseline: 'the same samples without feedback',
      test: 'experiment',
      judged:
        'A2, second part: ICPL minus open-loop sampling at equal queries above 0 (95% interval). The sweep over writer quality down to 0 shows whether search or prior is responsible.',
    },
    'survives-noise': {
      statement: 'Fallible rankers suffice.',
      reported: 'works with seven volunteer labellers',
      setting: 'human study, GPT-4o as writer',
      baseline: null,
      test: 'experiment',
      judged:
        'A3: with each comparison flipped with probability 0.1, ICPL minus open loop stays above 0 (95% interval).',
    },
    'ant-and-humanoid': {
      statement: 'On Ant and Humanoid 49 queries beat reward networks given three hundred times as many.',
      reported: 'Ant 12.04, Humanoid 9.227 with 49 queries',
      setting: 'IsaacGym, proxy preferences',
      baseline: 'PrefPPO with 49 queries 0.743 and 0.457; PEBBLE with 15,000 queries 8.543 and 6.162',
      test: 'model',
      judged: 'Needs a real program writer and the simulator.',
    },
    'rivals-true-score-search': {
      statement: 'It comes close to a program search that is allowed to see the true task score.',
      reported: 'comparable on most tasks',
      setting: 'nine IsaacGym tasks, proxy preferences',
      baseline: 'Eureka',
      test: 'model',
      judged: 'Needs a real writer; a true-score arm is shown in our world without a rule.',
    },
    'works-with-people': {
      statement: 'People can teach a behaviour for which no score exists.',
      reported: '17 of 20 evaluators prefer the result for “jump like a human”',
      setting: 'Humanoid, human rankers, GPT-4o',
      baseline: null,
      test: 'model',
      judged: 'Needs people, a real writer and the simulator.',
    },
    'known-limits': {
      statement:
        'It becomes unreliable when the video does not show the goal, and depends on the variety of the first batch.',
      reported: 'qualitative',
      setting: 'tasks with random commands',
      baseline: null,
      test: 'record',
      judged: 'A limitation stated by the authors.',
    },
  },
});
