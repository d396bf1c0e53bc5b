import type { PlanMathData, Problem, TwoFieldStep } from '@laurel/core/env';
import { stepFaults } from '@laurel/core/env';
import { defineArtifact, table } from '@laurel/core/paper';
import { mcts, preferencePairs } from '@laurel/core/search';
import { mean, Random } from '@laurel/core/stats';
import { z } from 'zod';
import { outcome, type ReasoningState, take } from './roles.ts';
import { mostSteps, problemsOf, type Task, taskFields } from './task.ts';

/** Two ways to go on after the same steps. */
export type SiblingPair = {
  /** Which problem. */
  problem: number;
  before: TwoFieldStep[];
  better: TwoFieldStep;
  worse: TwoFieldStep;
};

/** Pairs with the problems they are about. */
export interface Preferences {
  problems: Problem<PlanMathData>[];
  pairs: SiblingPair[];
}

const params = z.object({ ...taskFields, seed: z.int().describe('Decides problems and steps') });

/** Pairs whose faults are counted for the table. */
const COUNTED = 2000;
/** Validation trees for each training tree. */
const HELD_OUT = 1 / 6;

/** What all scorers of a seed are trained on, whatever they see of it. */
export const preferenceData = defineArtifact({
  name: 'srm/preferences',
  description: 'Pairs of sibling steps from Monte-Carlo trees, of which one led to right answers more often',
  params,
  build: async ({ seed, ...task }, context) => {
    const half = async (split: 'train' | 'validation', count: number, most: number, from: number) => {
      const random = new Random(seed, 'preferences', split);
      const problems = problemsOf(task, split, count, random.split('problems'));
      const trees = await growTrees(task, problems, random.split('steps'), {
        signal: context.signal,
        onIteration: (done) => context.progress(from + done / task.iterations / 2, split),
      });
      const all = preferencePairs(trees, { minGap: task.minGap });
      const pairs = random.split('kept').shuffle(all).slice(0, most);
      return {
        trees: { count: trees.length, value: mean(trees.map(({ value }) => value ?? 0)) },
        found: all.length,
        wider: preferencePairs(trees, { minGap: 0.7 }).length,
        kinds: kindsOf(pairs.slice(0, COUNTED).map(({ better, worse }) => [better.state, worse.state])),
        problems: problems.map((problem) => ({ ...problem, data: { ...problem.data } })),
        pairs: pairs.map(({ tree, better, worse }): SiblingPair => {
          const before = [...better.state.steps.slice(0, -1)];
          const [up, down] = [better, worse].map(({ state }) => state.steps[state.steps.length - 1]);
          return { problem: tree, before, better: up, worse: down };
        }),
      };
    };
    const train = await half('train', task.problems, task.pairs, 0);
    const held = await half('validation', Math.ceil(task.problems * HELD_OUT), Math.ceil(task.pairs * HELD_OUT), 0.5);
    return { train, held };
  },
  figures: ({ train, held }) => [
    table({
      id: 'preferences',
      title: 'What the scorers learn from',
      caption:
        'Trees grown by tree search, and the pairs of siblings in them whose values differ by enough. A value is the share of right answers among the rollouts through a node.',
      columns: [
        { key: 'what', label: '' },
        { key: 'train', label: 'train', digits: 2 },
        { key: 'held', label: 'validation', digits: 2 },
      ],
      rows: [
        { what: 'trees', train: train.trees.count, held: held.trees.count },
        { what: 'mean value of a root', train: train.trees.value, held: held.trees.value },
        { what: 'pairs found', train: train.found, held: held.found },
        { what: 'pairs at the paper’s gap of 0.7', train: train.wider, held: held.wider },
        { what: 'pairs kept', train: train.pairs.length, held: held.pairs.length },
      ],
    }),
    table({
      id: 'pair-kinds',
      title: 'What is wrong with the worse step',
      caption:
        'Faults of the newer step by the exact checker. Where neither step has a fault, the pair is noise of the search, or one of the two wasted a step.',
      columns: [
        { key: 'better', label: 'better step' },
        { key: 'worse', label: 'worse step' },
        { key: 'share', label: 'share of pairs', digits: 3 },
      ],
      rows: train.kinds,
    }),
  ],
});

/** Trees of both roles' steps, all grown in lockstep. */
export function growTrees(
  task: Task,
  problems: readonly Problem<PlanMathData>[],
  random: Random,
  how: { signal?: AbortSignal; onIteration?: (done: number) => void },
) {
  const most = mostSteps(task);
  const step = (state: ReasoningState) => take(state, task, random);
  return mcts<ReasoningState>({
    ...how,
    roots: problems.map((problem) => ({ problem, steps: [] })),
    iterations: task.iterations,
    children: task.children,
    maxDepth: most,
    expand: (states, n) => states.map((state) => Array.from({ length: n }, () => step(state))),
    rollout: (states) =>
      states.map((start) => {
        let state = start;
        while (outcome(state) === null && state.steps.length < most) state = step(state);
        return outcome(state) ?? 0;
      }),
    terminal: outcome,
  });
}

/** The states of a pair. */
export function statesOf(
  { problems }: Preferences,
  pair: SiblingPair,
): { better: ReasoningState; worse: ReasoningState } {
  const { problem: index, before, better, worse } = pair;
  const problem = problems[index];
  return { better: { problem, steps: [...before, better] }, worse: { problem, steps: [...before, worse] } };
}

function kindsOf(pairs: readonly (readonly [ReasoningState, ReasoningState])[]) {
  const faultOf = ({ problem, steps }: ReasoningState) => stepFaults(problem, steps).at(-1) ?? 'none';
  const kinds = new Map<string, { better: string; worse: string; share: number }>();
  for (const [good, bad] of pairs) {
    const [better, worse] = [faultOf(good), faultOf(bad)];
    const kind = kinds.get(`${better} ${worse}`) ?? { better, worse, share: 0 };
    kinds.set(`${better} ${worse}`, kind);
    kind.share += 1 / pairs.length;
  }
  return [...kinds.values()].sort((a, b) => b.share - a.share).slice(0, 10);
}
