import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'morec',
  title: 'Reward-Consistent Dynamics Models are Strongly Generalizable for Offline Reinforcement Learning',
  name: 'MOREC',
  arxiv: '2310.05422',
  date: '2023-10-09',
  authors: ['Fan-Ming Luo', 'Tian Xu', 'Xingchen Cao', 'Yang Yu'],
  venue: 'ICLR 2024',
  code: 'https://github.com/polixir/morec',
  tags: ['offline rl', 'model-based rl', 'inverse rl', 'world models', 'transition filtering'],
  rooms: ['model', 'env', 'policy', 'assess'],
  summary:
    'A simulator fitted to logs fails just where a better policy would take it. MOREC looks at the environment as an agent that answers a state and an action by choosing the next state, and asks inverse reinforcement learning what it seems to be maximising. The answer, a discriminator between logged and generated transitions averaged over its training history, scores how plausible a transition is, and is claimed to hold up further from the data than the model does. Put inside a model-based offline method it acts as a filter: draw several candidate next states, keep the most plausible, and end the imagined rollout when even that one looks wrong. Rollouts of a hundred steps become usable, and D4RL and NeoRL scores rise. It suits anyone training in a learned simulator, including simulated users or tools. The catch: the code that learns the score is unpublished, the threshold is tied to its scaling, and picking the best of noisy samples makes the world too tidy.',
  method: [
    {
      text: String.raw`A discriminator $D_w$ is trained on logged transitions against those of a generator $\hat P_\theta$, which in turn maximises $-\log(1-D_w)$ with the next state as its action.`,
      tex: String.raw`\max_w\ \mathbb E_{\mathcal D}\big[\log D_w(s,a,s')\big]+\mathbb E_{(s,a)\sim\rho,\ s'\sim\hat P_\theta}\big[\log(1-D_w(s,a,s'))\big]`,
    },
    {
      text: 'Snapshots are kept along the way, and their average gives the dynamics reward; the last discriminator alone has forgotten much.',
      tex: String.raw`\bar D=\frac1{|\mathcal H|}\sum_{t\in\mathcal H}D_t,\qquad r^D(s,a,s')=-\log\big(1-\bar D(s,a,s')+10^{-9}\big)`,
    },
    {
      text: 'In the release each snapshot is clipped to its mean logits on generated and on real data and rescaled before the sigmoid, which bounds the reward and gives its threshold a meaning.',
      tex: String.raw`D_t=\sigma\Big(2\,\frac{\mathrm{clip}(f_t,b_t,u_t)-b_t}{u_t-b_t}-1\Big)\in[0.269,\,0.731]`,
    },
    {
      text: String.raw`One imagined step draws candidates from the elite models, takes the highest $r^D$ (or samples with temperature 0.1), stops the rollout below $r_{\min}=0.6$, and pays the predicted reward less MOPO's uncertainty charge $\lambda u$.`,
      tex: String.raw`c^\star=\arg\max_c r^D(s,a,s'_c),\qquad r=\hat r_{c^\star}-\lambda\,u(s,a)`,
    },
  ],
  pitfalls: [
    'The threshold of 0.6 belongs to the rescaled logits. With raw sigmoids use a quantile of the score on held-out real data.',
    'Shown absolute next states, a discriminator memorises the visited region and punishes everything new; feed differences and test it on true transitions outside the data.',
    'Taking the best of noisy draws removes noise from the world. Sample in proportion instead, and watch the variance of imagined states.',
    'Ending a rollout with value 0 is attractive when rewards are negative: the agent learns to leave the data on purpose.',
    'Penalty and filter interact: the published penalty weights range from 0.25 to 20 and were tuned per task with online evaluation.',
    'Rivals tuned for rollouts of 1 to 5 steps need retuning before horizons are compared.',
  ],
  claims: {
    'picks-better-transitions': {
      statement: 'Filtering by the dynamics reward lowers the error of long imagined rollouts outside the data.',
      reported: 'rollouts of 100 steps become usable (qualitative)',
      setting: 'D4RL, ensemble models',
      baseline: 'unfiltered ensemble',
      test: 'experiment',
      judged:
        '(i) Fridge and point mass: out-of-support error at step 50, no filter minus filter and random elite minus filter, both above 0 (paired bootstrap over seeds, 95%). Core claim refuted if ranking by likelihood or disagreement is as good and (ii) fails too.',
    },
    'generalises-off-data': {
      statement: 'The score still ranks next states by truth far from the logged transitions.',
      reported: 'shown visually',
      setting: 'refrigerator temperature control',
      baseline: 'a supervised dynamics model, which diverges under a new policy',
      test: 'experiment',
      judged:
        '(ii) Rank correlation outside the data between the score and minus the distance to the true next state: lower bound of the 95% interval above 0.3.',
    },
    'filter-raises-return': {
      statement: 'Adding the filter to an offline model-based method gives better policies.',
      reported: 'qualitative, through the benchmark gains',
      setting: 'MOPO and MOBILE with the filter',
      baseline: 'the same methods without it',
      test: 'experiment',
      judged:
        '(iii) Windy point mass, MPC in the learned model: real return, filter with penalty minus penalty alone, above 0 (paired bootstrap over seeds, 95%), all tuned on a held-out goal.',
    },
    'averaging-matters': {
      statement: 'Averaging discriminators over training is better than keeping the last.',
      reported: 'qualitative',
      setting: 'ablation',
      baseline: 'last discriminator',
      test: 'experiment',
      judged: '(iv) Rollout error of the averaged score not larger than that of the last discriminator.',
    },
    'd4rl-and-neorl': {
      statement: 'Average scores on two offline benchmarks exceed the best earlier methods.',
      reported: '+4.6% on 12 D4RL tasks, +25.9% on 9 NeoRL tasks',
      setting: 'D4RL locomotion and NeoRL',
      baseline: 'best of MOBILE, MOPO, CQL and others',
      test: 'model',
      judged: 'Needs the benchmark data and hours of GPU training per task.',
    },
    'near-online': {
      statement: 'On a good part of the tasks it passes 95% of what online learning reaches.',
      reported: '6 of 12 D4RL and 3 of 9 NeoRL tasks',
      setting: 'D4RL locomotion and NeoRL',
      baseline: 'online reinforcement learning',
      test: 'model',
      judged: 'Needs the benchmark data and online references.',
    },
  },
});
