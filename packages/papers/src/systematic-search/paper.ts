import { definePaper } from '@laurel/core/paper';

export const paper = definePaper({
  slug: 'systematic-search',
  title: 'Life, uh, Finds a Way: Systematic Neural Search',
  otherTitles: ['Life, uh, Finds a Way: Hyperadaptability by Behavioral Search'],
  name: 'Systematic neural search',
  arxiv: '2410.01349',
  date: '2024-10-02',
  authors: ['Alex Baranski', 'Jun Tani'],
  venue: 'arXiv',
  code: null,
  tags: [
    'cognitive graph',
    'online replanning',
    'hebbian learning',
    'vector-symbolic codes',
    'navigation',
    'lifelong adaptation',
  ],
  rooms: ['search', 'explore', 'env', 'nn'],
  summary: `Here an agent does not learn a policy first; its behaviour is the search. A graph of situations and skills proposes the cheapest path to the goal, the agent tries it, and the graph changes on the spot: a skill that failed becomes dearer, one that worked cheaper, a surprising outcome becomes a new node. Failed skills are postponed and never forgotten, so every path gets its turn in the end, while the order in which paths are tried follows what has been experienced. The idea is attractive for problems met once, with a goal test and no shaped reward, such as navigation, or tool use in which each skill is an instruction. The authors also sketch a Hebbian implementation over harmonic codes. The catch: we could read only parts of the text, so update constants and code formulas here are reconstructions, and results test the idea; time lost on failing skills and the way new nodes are proposed decide whether it beats a random walk.`,
  method: [
    {
      text: 'Vertices are situations, an edge is a skill with cost $c_e$, initially its length, and a behaviour is a path to the goal. Behaviours are tried in order of cost, by a shortest-path search from wherever the agent is.',
      tex: String.raw`\text{next behaviour}=\arg\min_{p:\,cur\to goal}\ \sum_{e\in p}c_e`,
    },
    {
      text: 'After each skill the graph is edited (constants are ours): success lowers the cost towards the length, failure at least doubles it and triggers replanning from the present position.',
      tex: String.raw`c_e\leftarrow\begin{cases}\max(\text{len}_e,\ 0.7\,c_e)&\text{reached}\\c_e+\max(c_{\min},c_e)&\text{failed}\end{cases}`,
    },
    {
      text: 'In our reconstruction, on a fixed graph with a good path of cost at most $C$ from everywhere, doubling bounds the failed attempts.',
      tex: String.raw`\#\text{failures}\le\sum_{e\in E_{bad}}\Big(\big\lfloor\log_2\max(1,C/c_e^0)\big\rfloor+1\Big)`,
    },
    {
      text: 'Positions are coded by random phases, which make similarity a kernel and translation an element-wise product; the graph can then be stored in an associative matrix with Hebbian updates (formulas reconstructed).',
      tex: String.raw`z_j(x)=D^{-1/2}e^{i\omega_j^\top x},\qquad z(x+\delta)=z(x)\odot e^{i\Omega\delta},\qquad M\leftarrow M+\eta\,z_vz_u^*`,
    },
  ],
  pitfalls: [
    'Time limits per skill are the main cost: generous ones waste steps at walls, tight ones brand good skills as bad when motion is noisy.',
    'Skills have a direction: success from A to B is no evidence for B to A, so edit one edge at a time.',
    'A single unlucky failure must not ban the only passage, so costs have to stay finite and comparable.',
    'Adding a node at each failed end point explodes the graph; demand a minimum distance.',
    'In our pilot an empty start graph lost to a random walk on first contact. Report sparse and dense starts.',
    'Hebbian storage breaks down suddenly near capacity, and codes alias beyond their lowest frequency.',
  ],
  claims: {
    'exhaustive-yet-bounded': {
      statement: 'Trying behaviours exhaustively is practical if a graph edited during execution sets the order.',
      reported: 'qualitative',
      setting: 'continuous state-space navigation',
      baseline: 'the view that such search is intractable',
      test: 'experiment',
      judged:
        'Rule (v): the bound on failed executions is never violated in abstract graph worlds. Rule (iv): the agent with a dense start graph reaches the goal within the step cap in every maze of every size.',
    },
    'fast-first-contact': {
      statement: 'The search solves an unknown complex maze quickly within one life.',
      reported: 'qualitative: rapid and robust navigation',
      setting: 'simulated mazes',
      baseline: 'not confirmed in the paper; correlated random walk here',
      test: 'experiment',
      judged:
        'Rule (i): log steps to the goal in trial 1, random walk minus dense search, above 0 (paired bootstrap over 30 mazes, 95%).',
    },
    'adapts-at-once': {
      statement: 'When the maze is replaced without notice, the agent recovers without relearning.',
      reported: 'qualitative: adaptation without repeated experience',
      setting: 'new situations within one life',
      baseline: 'deep RL in the paper; random walk, Q-learning, LRTA* and random edge order here',
      test: 'experiment',
      judged:
        'Rules (ii) and (iii): in trial 6, right after the change, each baseline minus dense search above 0 in log steps, and trial 10 faster than trial 6 (paired bootstrap over mazes, 95%). Refuted if it beats neither LRTA* on the same graph nor the random walk at trial 6.',
    },
    'hebbian-suffices': {
      statement: 'Hebbian weights over harmonic codes can hold and search the graph.',
      reported: 'qualitative',
      setting: 'neural simulation',
      baseline: 'explicit symbolic graph',
      test: 'record',
      judged:
        'Item (vi): the ratio of steps, Hebbian to explicit, is reported without a verdict, since the formulas are ours.',
    },
    'harder-classic-tasks': {
      statement: 'Harder variants of textbook RL tasks are solved with high reward.',
      reported: 'not confirmed',
      setting: 'added in a later version; details not confirmed',
      baseline: 'not confirmed',
      test: 'record',
      judged:
        'The tasks are unknown to us; a locked-door world and a hill with changing inertia are shown as illustrations.',
    },
  },
});
