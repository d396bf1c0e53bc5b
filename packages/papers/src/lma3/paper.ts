import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'lma3',
  title: 'Augmenting Autotelic Agents with Large Language Models',
  name: 'LMA3',
  arxiv: '2305.12487',
  date: '2023-05-21',
  authors: ['Cédric Colas', 'Laetitia Teodorescu', 'Pierre-Yves Oudeyer', 'Xingdi Yuan', 'Marc-Alexandre Côté'],
  venue: 'CoLLAs 2023',
  code: null,
  tags: [
    'autotelic agents',
    'open-ended learning',
    'goal generation',
    'hindsight relabelling',
    'llm reward',
    'text games',
  ],
  rooms: ['explore', 'judge', 'env', 'search'],
  summary:
    'An agent that sets its own goals needs somebody to think of them and somebody to say when they are met. LMA3 gives both jobs to a language model. After every episode it writes down, in words, up to ten goals that the agent happened to reach; it suggests a fresh goal as a chain of two to four known ones; and it reads the transcript to decide which goals were really met. Goals that pass are stored with the shortest action sequence that reached them, and the memory is the skill. In a deterministic kitchen game ten thousand episodes yield about nine thousand distinct goals and most of a hand-written test list the agent never saw. As a pattern it makes tasks, rewards and a curriculum in one loop, wherever events can be told as text. The catch: whatever the judge misreads becomes a skill that it will accept again, counting phrases rewards paraphrase, and each seed cost hundreds of dollars in calls.',
  method: [
    {
      text: String.raw`The relabeller reads the transcript $\tau$ and lists achieved goals $g$ with the step $n$ of first completion; the judge checks each again, together with the goal being pursued. Only what the judge confirms counts.`,
      tex: String.raw`V(\tau)=\big\{(g,n)\in \mathrm{relabel}(\tau)\cup\{g^\star\}\cup\mathrm{plan}\ :\ \mathrm{judge}(\tau,g)=\text{yes}\big\}`,
    },
    {
      text: 'The memory keeps, for every goal, the shortest sequence seen to reach it.',
      tex: String.raw`M[g]\leftarrow \arg\min\big\{|\alpha| : \alpha\in\{M[g],\,a_{1:n}\}\big\}`,
    },
    {
      text: 'Goals are drawn evenly from the memory for 4,000 episodes; then the generator sees the last transcript and up to 60 known goals and proposes a new goal with 2 to 4 of them as its plan.',
    },
    {
      text: 'A rollout chains the stored sequences, cuts the last one short with probability 0.2 and fills the remaining steps with admissible actions, the rarer the more likely, $c(a)$ being the number of uses so far.',
      tex: String.raw`P(a)\propto \frac{1}{c(a)}`,
    },
    {
      text: 'Variety is counted by Hill numbers over the first words of goals, with shares $p_s$.',
      tex: String.raw`D_q=\Big(\sum_s p_s^{\,q}\Big)^{1/(1-q)},\qquad D_1=\exp\Big(-\sum_s p_s\log p_s\Big)`,
    },
  ],
  pitfalls: [
    'False positives confirm themselves: the stored sequence will please the same judge again, and keeping the shortest favours wrong early steps.',
    'Counting distinct strings rewards paraphrase. Report goals verified by a checker, or clusters, as well.',
    'An off-by-one in the completion step cuts the sequence before the goal; verify by replay.',
    'The memory of action sequences works only in a deterministic world.',
    'Rarity-weighted random actions explore well by themselves, so every baseline needs them.',
    'Goals in the prompt examples leak the evaluation set; check them before claiming that it is unseen.',
  ],
  claims: {
    'discovers-goals': {
      statement: 'The loop finds an open-ended stream of distinct goals.',
      reported: 'about 9,000 distinct goals in 10,000 episodes',
      setting: 'CookingWorld text game, gpt-3.5-turbo-0301, five seeds',
      baseline: 'hand-coded oracle: 69 goals by construction',
      test: 'model',
      judged: 'A scripted describer cannot show the inventiveness of a language model; needs an endpoint.',
    },
    'learns-unasked-skills': {
      statement: 'Pursuing its own goals, the agent also masters most skills that people would ask for.',
      reported: 'most variants reach a large part of 69 hidden goals',
      setting: 'hand-written evaluation set',
      baseline: 'variants without parts of the loop',
      test: 'experiment',
      judged:
        'A1, kitchen game: success on the 69 goals after oracle relabelling, full loop minus random play with relabelling, above 0 (paired bootstrap over seeds, 95%). Refuted if random play with relabelling reaches 90% of the success and of the verified goals.',
    },
    'close-to-oracle': {
      statement: 'Once the memory is relabelled by the checkers, it nearly equals an agent trained on those goals.',
      reported: 'near-perfect after oracle relabelling; the cookbook recipe done by 2 LMA3 and 3 no-tips seeds',
      setting: '69 goals, no new interaction',
      baseline: 'oracle agent trained on the 69 goals',
      test: 'experiment',
      judged: 'A5: oracle minus full loop on the 69 goals, given with its 95% interval whatever the sign.',
    },
    'generator-adds': {
      statement: 'Composing new goals adds a little to replaying known ones.',
      reported: 'slight boost after episode 4,000; nearly all of its goals are to prepare some dish',
      setting: 'diversity of goals',
      baseline: 'uniform choice among known goals',
      test: 'experiment',
      judged:
        'A2: verified multi-step goals, full loop minus no generator, above 0 (95% interval); a null result is informative.',
    },
    'tips-widen-goals': {
      statement: 'Richer examples in the prompt lastingly raise the variety and abstraction of goals.',
      reported: 'all diversity metrics up, conjunctions clearly more frequent, categories slightly',
      setting: 'eleven example goals replaced by richer ones',
      baseline: 'plain examples',
      test: 'experiment',
      judged:
        'A3: diversity D₁, full loop minus no tips, above 0 (95% interval). With a scripted describer this tests the loop, not the creativity of a model.',
    },
    'double-check-pays': {
      statement: 'Judging relabelled goals a second time keeps phantom skills out.',
      reported: 'part of the method; judge errors about 9% each way (100 trajectories, 56 true, 44 false)',
      setting: 'text judge at temperature 0',
      baseline: 'no second check',
      test: 'experiment',
      judged: 'A4: share of phantom goals without the check minus with it above 0 (95% interval).',
    },
    'chain-of-thought-needed': {
      statement: 'Without reasoning before the answer the variety of goals drops sharply.',
      reported: 'sharp drop',
      setting: 'relabeller and judge without reasoning',
      baseline: 'with reasoning, both without tips',
      test: 'model',
      judged: 'A property of the language model.',
    },
    'costly-calls': {
      statement: 'The loop is expensive in calls.',
      reported: '550k calls of about 4k tokens, about USD 4,400 in all and USD 240 per seed',
      setting: 'prices of 2023',
      baseline: null,
      test: 'record',
      judged: 'A fact about the authors’ runs.',
    },
  },
});
