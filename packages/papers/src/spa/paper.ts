import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'spa',
  title: 'SPA-RL: Reinforcing LLM Agents via Stepwise Progress Attribution',
  name: 'SPA-RL',
  arxiv: '2505.20732',
  date: '2025-05-27',
  authors: ['Hanlin Wang', 'Chak Tou Leong', 'Jiashuo Wang', 'Jian Wang', 'Wenjie Li'],
  venue: 'arXiv',
  code: 'https://github.com/WangHanLinHenry/SPA-RL-Agent',
  tags: ['credit assignment', 'return decomposition', 'llm agent', 'delayed reward', 'ppo', 'action grounding'],
  rooms: ['credit', 'model', 'env', 'policy'],
  summary: `SPA turns a single reward at the end of a long agent episode into one number per turn. A language model with a scalar head reads the dialogue so far and predicts a contribution for every action; it is fitted so that the contributions of an episode add up to its final reward, using the agent's own successes and failures and no step labels. That number, with a little extra for every action that the environment accepted, is the dense reward for ordinary multi-turn PPO. It suits household, shopping or web agents with long episodes and a reliable success test, and the fit can be checked without ground truth: does the sum match? The catch: many decompositions fit equally well, including "everything on the last step"; in expectation a perfect fit changes only variance; and the acceptance bonus alone may explain much of the gain, which is why that control must be run. The released scripts deviate from the description in two places.`,
  method: [
    {
      text: String.raw`The estimator $E_\psi$ sees the instruction $u$ and the history up to the last token of turn $t$. Nothing but the sum over the episode is supervised, by the final reward.`,
      tex: String.raw`\hat c_t=E_\psi(u,a_1,o_1,\dots,a_t),\qquad \mathcal L(\psi)=\Big(\sum_{t=1}^n\hat c_t-R(\tau)\Big)^2`,
    },
    {
      text: String.raw`The dense reward adds a grounding signal $g_t$, which is 1 if the environment executed the action. The released script uses weight 1 for progress and $\beta=0.5$.`,
      tex: String.raw`r_t=\alpha\,\hat c_t+\beta\,g_t`,
    },
    {
      text: 'PPO with GAE places $r_t$ on the last token of the turn, masks observation tokens, and stays near the fine-tuned agent through a KL penalty.',
    },
    {
      text: 'If the sum is exact and there is neither discount nor grounding, the return-to-go differs from the terminal reward by a function of the past alone, so the expected policy gradient is unchanged.',
      tex: String.raw`\sum_{i\ge t}\hat c_i=R(\tau)-\sum_{i<t}\hat c_i`,
    },
  ],
  pitfalls: [
    'A bonus per accepted action pays for legal dawdling. Keep its total over an episode well below the success reward, or charge for rejected actions instead.',
    'Contributions are unbounded and, early on, noise; look at calibration of the sum before training on them.',
    'An estimator fitted on the first agent goes stale as the policy changes. Refit it or stop early.',
    'The score is read before the observation of the turn, so it rates the intention; a failed action shows one turn later.',
    "The released data script replaces every step's progress by the trajectory reward minus the mean of its siblings, and the PPO trainer multiplies scores by the remaining number of turns. Neither is the described method.",
    'An observation that announces the outcome leaks it to the estimator, and a scalar per turn cannot undo that.',
  ],
  claims: {
    'success-on-benchmarks': {
      statement: 'Agents trained with attributed progress succeed more often than with the best earlier method.',
      reported: '+2.5 points on average',
      setting: 'WebShop, ALFWorld and VirtualHome, Llama-3.2-3B-Instruct agent',
      baseline: 'best prior method',
      test: 'model',
      judged: 'Needs the 3B agent and the three environments; only the averages were available to us.',
    },
    'progress-beats-terminal': {
      statement: 'Attributed progress with grounding trains better than one reward at the end.',
      reported: 'qualitative here; part of the +2.5 points',
      setting: 'multi-turn PPO on agent benchmarks',
      baseline: 'terminal reward PPO',
      test: 'experiment',
      judged:
        'Text household, first half of the main rule: final success in unseen houses after equally many episodes, SPA minus terminal reward, above 0 (paired bootstrap over 6 seeds, 95%); refuted if the upper end is at or below 0.',
    },
    'progress-beyond-bonus': {
      statement: 'The progress term contributes on top of the bonus for executable actions.',
      reported: 'qualitative: both terms contribute in the ablation',
      setting: 'ablation of the two reward terms',
      baseline: 'terminal reward plus the grounding signal, without progress',
      test: 'experiment',
      judged:
        'Second half of the main rule: final success, SPA minus terminal reward plus grounding, above 0 (paired bootstrap over seeds, 95%). Refuted if the upper end is at or below 0; a tie beside a gain over terminal reward reads as "gain explained by the validity bonus".',
    },
    'more-executable-actions': {
      statement: 'The agent issues fewer commands that the environment rejects.',
      reported: '+1.9 points of grounding accuracy on average',
      setting: 'the same three benchmarks',
      baseline: 'best prior method',
      test: 'experiment',
      judged:
        'Secondary rule: share of executable actions in unseen houses, SPA minus terminal reward, above 0 (paired bootstrap over seeds, 95%).',
    },
    'beats-other-redistributions': {
      statement: 'Training on attributed progress works better than on other ways to spread the same reward.',
      reported: 'qualitative',
      setting: 'analysis of step rewards',
      baseline: 'value differences of a learned forecast, and an even split',
      test: 'experiment',
      judged:
        'Text household: final success, SPA minus value differences and SPA minus the even split, both above 0 (paired bootstrap over seeds, 95%). Mixed if it beats one and loses to the other.',
    },
    'tracks-true-progress': {
      statement: 'Learned contributions tell which turns brought the agent nearer to success.',
      reported: 'qualitative',
      setting: 'analysis of step rewards',
      baseline: 'an even split',
      test: 'experiment',
      judged:
        'Secondary rule: within-episode correlation of contributions with true progress (changes in the chance of success, from rollouts) minus that of the even split, which is constant and counts as 0, above 0 (bootstrap over seeds, 95%).',
    },
    'tracks-better-than-others': {
      statement:
        'Learned contributions are more informative intermediate rewards than other ways of spreading the return.',
      reported: 'qualitative',
      setting: 'analysis of step rewards',
      baseline: 'value differences of a learned forecast, and the reward on the last turn',
      test: 'experiment',
      judged:
        'The same correlation, contributions minus value differences and contributions minus the terminal reward, both above 0 (paired bootstrap over seeds, 95%).',
    },
    'exact-sum-keeps-gradient': {
      statement:
        'Contributions of the past that sum exactly to the reward leave the expected policy gradient as it is.',
      reported: 'not stated; follows from the constraint on the sum',
      setting: 'undiscounted returns without the grounding signal',
      baseline: 'terminal reward',
      test: 'experiment',
      judged:
        'Tabular corridor, where the gradient is known exactly: what the sum misses is put on the last step, and the mean gradient of 1,500 episodes, along the exact one, is within 5% of it (95% bootstrap interval over seeds inside 0.95 to 1.05).',
    },
    'long-tasks-gain-most': {
      statement: 'The longer the task, the larger the benefit.',
      reported: 'qualitative',
      setting: 'benchmarks grouped by task length',
      baseline: 'terminal reward',
      test: 'experiment',
      judged:
        'In the tabular corridor only: gain of SPA over terminal reward in mean success over training, exploration paid for, in the longest corridor minus in the shortest, above 0 (paired bootstrap over seeds, 95%).',
    },
  },
});
