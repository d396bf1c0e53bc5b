/** A question of a reader with the papers that answer it: 2 is about exactly this, 1 helps. All others count as 0. */
export interface LabelledQuery {
  readonly text: string;
  readonly relevant: Readonly<Record<string, 1 | 2>>;
}

/**
 * What practitioners ask, in their words and not in the titles', labelled by reading the papers and before any search
 * had been run on them. Grades were not touched afterwards. The order is that of writing; `development` and `heldOut`
 * take turns, so that what is tuned on one half can be judged on the other.
 */
export const queries: readonly LabelledQuery[] = [
  { text: 'my process reward model gets hacked', relevant: { pure: 2, 'clip-delta': 2, prime: 1, cooper: 1 } },
  {
    text: 'RM score climbs but humans dislike the outputs',
    relevant: { par: 2, 'alignment-ceiling': 2, 'reward-robust': 1, 'overopt-daa': 1 },
  },
  { text: 'judge is fooled by an empty answer', relevant: { 'one-token': 2, pure: 1 } },
  {
    text: 'need dense reward without step labels',
    relevant: { 'implicit-prm': 2, prime: 2, spa: 2, oreal: 1, omegaprm: 1, 'rest-mcts': 1 },
  },
  { text: 'which action in a long episode earned the final reward', relevant: { spa: 2, calm: 2 } },
  {
    text: 'DPO got worse after a few hundred steps although the loss still falls',
    relevant: { 'overopt-daa': 2, dporm: 1 },
  },
  { text: 'can I reuse my DPO model to rank new samples', relevant: { dporm: 2, 'implicit-prm': 1 } },
  { text: 'are these two reward functions the same for practical purposes', relevant: { starc: 2 } },
  { text: 'check a learned reward against the true one before training anything', relevant: { starc: 2 } },
  { text: 'tiny change in the reward flips what the model does', relevant: { 'policy-cliff': 2, starc: 1 } },
  { text: 'find wrong labels in our preference data', relevant: { 'secrets-rm': 2 } },
  { text: 'how much label noise can RL tolerate', relevant: { 'noisy-rewards': 2, 'secrets-rm': 1 } },
  { text: 'annotators disagree, one reward for everybody fits nobody', relevant: { vpl: 2 } },
  { text: 'learn what a new user likes from a handful of comparisons', relevant: { vpl: 2, icpl: 1 } },
  { text: 'tell the judge in one sentence what to value', relevant: { 'reward-anything': 2, spct: 1 } },
  {
    text: 'write a rubric for each question before scoring',
    relevant: { 'rm-r1': 2, spct: 2, 'reward-anything': 1, 'unified-reward-think': 1 },
  },
  { text: 'spend more compute on the judge at test time', relevant: { spct: 2, 'think-rm': 2 } },
  {
    text: 'judge that reasons at length before its verdict',
    relevant: { 'think-rm': 2, 'rm-r1': 2, libra: 1, 'unified-reward-think': 1 },
  },
  { text: 'GRPO from pairwise wins without a scalar reward', relevant: { 'think-rm': 2 } },
  { text: 'no reference answers for my questions, how do I verify', relevant: { libra: 2, 'self-prm': 1 } },
  {
    text: 'regex checker rejects right answers in odd formats',
    relevant: { cooper: 2, 'noisy-rewards': 1 },
  },
  { text: 'update the verifier while the policy learns', relevant: { cooper: 2, prime: 2 } },
  {
    text: 'reward model tops the leaderboard but training with it fails',
    relevant: { 'reward-math': 2, 'alignment-ceiling': 2, 'clip-delta': 1, 'contrast-instructions': 1 },
  },
  { text: 'scorer ignores the prompt and looks at the response only', relevant: { 'contrast-instructions': 2 } },
  { text: 'grade a maths scorer with many different wrong solutions', relevant: { 'reward-math': 2 } },
  {
    text: 'answers get longer and longer without getting better',
    relevant: { 'clip-delta': 2, 'overopt-daa': 1, rlsp: 1, 'noisy-rewards': 1, pure: 1 },
  },
  { text: 'squash reward scores with a sigmoid in PPO', relevant: { par: 2, 'clip-delta': 1 } },
  { text: 'ensemble of reward heads, be pessimistic', relevant: { 'reward-robust': 2 } },
  { text: 'model rewrites its own unit tests to look good', relevant: { subterfuge: 2 } },
  { text: 'does flattery grow into worse cheating', relevant: { subterfuge: 2 } },
  {
    text: 'when should I stop before the proxy and the true goal part ways',
    relevant: { 'overopt-daa': 2, par: 2, 'alignment-ceiling': 1 },
  },
  {
    text: 'label reasoning steps automatically with rollouts, cheaply',
    relevant: { omegaprm: 2, 'rest-mcts': 2, hrm: 1, vilbench: 1 },
  },
  { text: 'locate the first mistake in a solution with few samples', relevant: { omegaprm: 2, 'self-prm': 1 } },
  { text: 'do I need a separate step scorer at all', relevant: { 'self-prm': 2, 'implicit-prm': 1 } },
  { text: 'let the model pick the best of its own samples', relevant: { 'self-prm': 2 } },
  { text: 'scorer punishes an error that the next step repairs', relevant: { hrm: 2 } },
  { text: 'more labelled steps from the same search tree for free', relevant: { hrm: 2, omegaprm: 1 } },
  { text: 'pay for progress rather than for correctness of a step', relevant: { pav: 2, spa: 1, 'clip-delta': 1 } },
  { text: 'which model should finish the rollouts when I value a step', relevant: { pav: 2 } },
  { text: 'does a step scorer read the prose or only the formulas', relevant: { srm: 2 } },
  { text: 'tree search to produce cleaner self-training data', relevant: { 'rest-mcts': 2, omegaprm: 1 } },
  { text: 'self-training stops improving after a few rounds', relevant: { 'b-star': 2, 'rest-mcts': 1 } },
  { text: 'how to set sampling temperature and threshold for rejection sampling', relevant: { 'b-star': 2 } },
  {
    text: 'only know whether the final answer is right, what loss should I use',
    relevant: { oreal: 2, 'implicit-prm': 1, prime: 1 },
  },
  { text: 'balance between SFT and RL loss', relevant: { amft: 2 } },
  { text: 'get a model to backtrack and try alternatives while thinking', relevant: { rlsp: 2 } },
  { text: 'bonus for thinking effort together with a strict checker', relevant: { rlsp: 2, sophiavl: 1 } },
  { text: 'rewarding phrases and format only, does it still learn', relevant: { 'noisy-rewards': 2, toolrl: 1 } },
  {
    text: 'partial credit for function calls with wrong arguments',
    relevant: { toolrl: 2, 'shop-r1': 1, 'reasoning-sql': 1 },
  },
  { text: 'database query almost works but gets no reward', relevant: { 'reasoning-sql': 2 } },
  { text: 'predict what a customer clicks next on a web shop', relevant: { 'shop-r1': 2 } },
  { text: 'lazy policy always picks the easy action', relevant: { 'shop-r1': 2 } },
  { text: 'right answer for the wrong reasons', relevant: { sophiavl: 2, 'rest-mcts': 1, 'policy-cliff': 1 } },
  { text: 'judge for generated pictures and videos that explains itself', relevant: { 'unified-reward-think': 2 } },
  {
    text: 'test step scoring on questions about images',
    relevant: { vlrmbench: 2, vilbench: 2 },
  },
  { text: 'how many of the last steps should count when ranking solutions', relevant: { vilbench: 2 } },
  { text: 'does the scorer notice invented objects and overconfident errors', relevant: { vlrmbench: 2 } },
  { text: 'generate project proposals that are new and doable', relevant: { 'research-idea': 2, 'moose-chem2': 1 } },
  { text: 'turn a vague lab hypothesis into concrete conditions', relevant: { 'moose-chem2': 2, 'research-idea': 1 } },
  { text: 'steer an image generator to high reward without fine-tuning', relevant: { 'fk-steering': 2, drakes: 1 } },
  { text: 'optimise protein or enhancer sequences against a predictor', relevant: { drakes: 2, 'fk-steering': 1 } },
  {
    text: 'sample many different good designs instead of one best',
    relevant: { 'fl-gfn': 2, 'effective-specification': 1, 'qd-thesis': 1 },
  },
  { text: 'learn from unfinished constructions', relevant: { 'fl-gfn': 2 } },
  {
    text: 'reward is zero nearly everywhere and I cannot say what counts as novel',
    relevant: { stax: 2, 'qd-thesis': 2 },
  },
  { text: 'evolve a repertoire of diverse robot behaviours', relevant: { 'qd-thesis': 2, stax: 2 } },
  { text: 'RND or counts per episode when every level is different', relevant: { 'episodic-bonuses': 2 } },
  { text: 'will an agent explore if I give it no bonus at all', relevant: { 'exploitation-only': 2 } },
  {
    text: 'language model labels game messages as progress while the agent trains',
    relevant: { oni: 2, calm: 1, lma3: 1 },
  },
  { text: 'can an LLM tell which moves in a dungeon were useful', relevant: { calm: 2, oni: 1 } },
  { text: 'agent that invents its own goals', relevant: { lma3: 2, xland: 1 } },
  { text: 'curriculum of tasks neither too easy nor hopeless', relevant: { xland: 2, lma3: 1 } },
  {
    text: 'let GPT write the reward code and fix it after failures',
    relevant: { 'auto-mc-reward': 2, icpl: 2, 'language-to-rewards': 1 },
  },
  { text: 'survival crafting game, find diamonds, avoid lava', relevant: { 'auto-mc-reward': 2 } },
  { text: 'person picks best and worst video, reward is rewritten', relevant: { icpl: 2 } },
  { text: 'tell a quadruped in words how to move', relevant: { 'language-to-rewards': 2, rlzero: 2 } },
  { text: 'behaviour from a text prompt with no reward and no training', relevant: { rlzero: 2 } },
  { text: 'reward from a few videos of a human hand', relevant: { 'perceptual-rewards': 2, rlzero: 1 } },
  { text: 'combine reward terms so that all of them must hold at once', relevant: { 'lucy-skg': 2, heron: 1 } },
  {
    text: 'tired of tuning the weights of reward terms',
    relevant: { heron: 2, 'effective-specification': 2, barfi: 1, 'lucy-skg': 1 },
  },
  { text: 'limit how often unsafe behaviour may occur', relevant: { 'effective-specification': 2 } },
  { text: 'my shaping heuristic misleads the agent', relevant: { barfi: 2, 'reward-design-thesis': 1 } },
  {
    text: 'speed up learning from a sparse reward but keep the optimal policy',
    relevant: { 'reward-design-thesis': 2, barfi: 1, 'lucy-skg': 1 },
  },
  { text: 'what can a Markov reward not express', relevant: { expressivity: 2 } },
  { text: 'temporal logic or automata instead of a number', relevant: { expressivity: 2 } },
  { text: 'imagined rollouts of my world model drift off', relevant: { morec: 2 } },
  { text: 'pretrain features from logs that have no reward', relevant: { pvn: 2, rlzero: 1 } },
  { text: 'solve a maze within one life without training', relevant: { 'systematic-search': 2 } },
  { text: 'score whole trajectories of an API-only agent and pick the best', relevant: { armap: 2 } },
  { text: 'map of post-training methods by the data I have', relevant: { 'irl-survey': 2 } },
  { text: 'mark the false sentence instead of the whole answer', relevant: { 'fine-grained-rlhf': 2 } },
  { text: 'use what the user says next as feedback', relevant: { flr: 2 } },
  { text: 'judge from log-probs alone, nothing to train', relevant: { flr: 2, 'implicit-prm': 1 } },
  { text: 'fewer comparisons for the same reward model quality', relevant: { 'tree-rm': 2, icpl: 1, vpl: 1 } },
  { text: 'RLHF made the assistant refuse harmless requests', relevant: { 'alignment-ceiling': 2 } },
];

/** Constants were chosen on these and on nothing else. */
export const development = queries.filter((_, i) => i % 2 === 0);
/** Never used to choose anything. */
export const heldOut = queries.filter((_, i) => i % 2 === 1);
