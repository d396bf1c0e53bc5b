import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'oni',
  title: 'Online Intrinsic Rewards for Decision Making Agents from Large Language Model Feedback',
  name: 'ONI',
  arxiv: '2410.23022',
  date: '2024-10-30',
  authors: ['Qinqing Zheng', 'Mikael Henaff', 'Amy Zhang', 'Aditya Grover', 'Brandon Amos'],
  venue: 'RLC 2025',
  code: 'https://github.com/facebookresearch/oni',
  tags: [
    'intrinsic reward',
    'llm feedback',
    'asynchronous annotation',
    'reward distillation',
    'sparse reward',
    'nethack',
  ],
  rooms: ['explore', 'model', 'judge', 'env'],
  summary:
    'A language model can tell which game messages mean progress, but not a billion times, and labelling a data set beforehand presumes that somebody has collected a good one. ONI labels while the agent learns: unseen messages go to a queue, a separate server works through the newest first, and whatever comes back feeds an intrinsic reward at once. Nothing waits for the labeller. Three ways of turning labels into reward are compared (a lookup table, a small classifier, a ranking model on pairs), and each payment is divided by a power of how often the message occurred in the episode, so that a lucky event cannot be farmed. On sparse NetHack tasks this is on par with the offline method that needs a data set. It is a pattern for pairing a slow, clever labeller with a fast learner. The catch: the environment must describe its events in words, unlabelled and unhelpful look the same, and the study covers one domain and one model size.',
  method: [
    {
      text: String.raw`The step reward adds the task reward and a score $\hat r^{int}$ of the message $m_t$, divided by a power of its count $N_t$ in this episode (this occurrence included), with $\beta=3$.`,
      tex: String.raw`r_t=c_{ext}\,r^{ext}_t+c_{int}\,\frac{\hat r^{int}(m_t)}{N_t(m_t)^{\beta}}`,
    },
    {
      text: 'Learner threads push unseen messages or pairs into a queue; a worker stacks them and labels the latest batch first, because old messages belong to an outdated policy.',
    },
    {
      text: String.raw`Retrieval looks the label up in a table $D$, with 0 for what is not labelled yet; classification thresholds a character network $p_\phi$ trained on the labels so far.`,
      tex: String.raw`\hat r(m)=D[m]\qquad\text{or}\qquad \hat r(m)=\mathbf 1\big[p_\phi(\text{helpful}\mid m)>\eta\big]`,
    },
    {
      text: String.raw`Ranking fits pairwise answers $y\in\{0,\tfrac12,1\}$, then normalises by running statistics and cuts off below $\epsilon$.`,
      tex: String.raw`\mathcal L=-\big[(1-y)\log\sigma(r_\phi(m^1)-r_\phi(m^2))+y\log\sigma(r_\phi(m^2)-r_\phi(m^1))\big],\quad \hat r=\bar r\,\mathbf 1[\bar r>\epsilon]`,
    },
  ],
  pitfalls: [
    'Unlabelled and unhelpful both pay 0, so early learning hangs on labelling speed.',
    'Answers that cannot be parsed count as unhelpful without a word. Log them.',
    'In the released ranking path the normalised reward lands in another variable than the one used, so the raw score reaches the learner; check it end to end.',
    'Replay buffers hold rewards computed from old labels. Recompute them when learning.',
    'Running statistics of a reward model that still changes drift; freeze or decay them.',
    'The worked examples in the prompt give away the answer for common messages, so the labeller is few-shot rather than zero-shot.',
  ],
  claims: {
    'intrinsic-reward-needed': {
      statement: 'On sparse tasks the messages make the difference between learning and not learning.',
      reported: 'extrinsic reward alone fails',
      setting: 'NetHack Oracle and Staircase tasks, 2 billion steps',
      baseline: 'extrinsic reward only',
      test: 'experiment',
      judged:
        'A1, MiniDungeon: success of the best online variant minus extrinsic only above 0 (paired bootstrap over seeds, 95%). Refuted if it holds equally with a judge at 50% accuracy.',
    },
    'content-beats-novelty': {
      statement: 'What the messages say helps, not only that they are new.',
      reported: 'not separated in the paper',
      setting: 'count-discounted message rewards',
      baseline: 'an episodic count bonus on messages without labels',
      test: 'experiment',
      judged: 'A2, MiniDungeon: online variant minus tuned count bonus above 0 (95% interval); failure refutes.',
    },
    'online-matches-offline': {
      statement: 'Labelling during training does as well as labelling a data set beforehand.',
      reported: 'on par',
      setting: 'NetHack Score, Oracle, Staircase 3 and 4',
      baseline: 'Motif with its data set',
      test: 'experiment',
      judged:
        'A3, MiniDungeon: online minus offline ranking from random-policy messages above 0 (95%); against messages of a skilled policy the lower bound must exceed −5 points.',
    },
    'simple-lookup-suffices': {
      statement: 'A plain table of labels competes with learned reward models.',
      reported: 'retrieval competitive; classification and ranking alike',
      setting: 'most tasks',
      baseline: 'classification and ranking',
      test: 'experiment',
      judged:
        'A4, MiniDungeon: with one string per template classification and retrieval differ by no more than 3 points; with many strings per template classification is ahead (95% interval above 0).',
    },
    'counts-stop-farming': {
      statement: 'Dividing by the episode count keeps the agent from repeating a lucky event.',
      reported: 'part of the method, exponent 3',
      setting: 'intrinsic reward on messages',
      baseline: 'no division (exponent 0)',
      test: 'experiment',
      judged: 'A5, MiniDungeon: farming index at exponent 0 minus exponent 3 above 0 (95% interval).',
    },
    'labels-saturate': {
      statement: 'Beyond a point, more labels bring no clear gain.',
      reported: 'no clear gain',
      setting: 'ablation over annotation volume',
      baseline: 'fewer labels',
      test: 'model',
      judged: 'Depends on the real labeller and its rate; labels used are reported without a rule.',
    },
    'throughput-kept': {
      statement: 'The labeller does not slow the run down.',
      reported: '2 billion steps with one extra GPU',
      setting: 'Llama-3.1-8B-Instruct behind a server',
      baseline: 'synchronous labelling',
      test: 'model',
      judged: 'Needs a real endpoint beside a full-size run.',
    },
    'goal-text-steers': {
      statement: 'Swapping the goal in the prompt changes what the agent does.',
      reported: 'qualitative',
      setting: 'reward-free training, gold, combat or stairs as goal',
      baseline: null,
      test: 'model',
      judged: 'Needs a real labeller.',
    },
  },
});
