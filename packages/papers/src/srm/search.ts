import { type PlanMathData, type Problem, planMath, type StepFault, stepFaults } from '@laurel/core/env';
import { type GuidedSearchOptions, guidedSearch } from '@laurel/core/search';
import { mean, Random } from '@laurel/core/stats';
import { follow, outcome, type Proposal, propose, type ReasoningState } from './roles.ts';
import { mostSteps, type Task } from './task.ts';
import type { View } from './views.ts';

export type Guide = GuidedSearchOptions<ReasoningState, Proposal>['scorer'];

export interface SearchSettings {
  candidates: number;
  beam: number;
}

/** How searches came out. */
export interface SearchOutcome {
  /** Share of problems that were answered rightly. */
  accuracy: number;
  /** Mean steps of a search. */
  steps: number;
  /** Of all problems, those that failed with this fault first; `none` ran out of steps. */
  failures: Partial<Record<StepFault | 'none', number>>;
}

/**
 * Searches under a guide. What agent and world would do in a state is a matter of the state and the seed alone, so all guides choose
 * among the same candidates as long as they have chosen alike.
 */
export async function guide(
  scorer: Guide,
  task: Task,
  problems: readonly Problem<PlanMathData>[],
  { candidates, beam }: SearchSettings,
  seed: number,
  signal: AbortSignal,
): Promise<{ outcome: SearchOutcome; found: ReasoningState[] }> {
  const random = new Random(seed, 'guided');
  const streamOf = ({ problem, steps }: ReasoningState, ...label: (string | number)[]) =>
    random.split(problem.id, ...steps.map(({ thought, math }) => `${thought} ${math}`), ...label);
  const results = await guidedSearch<ReasoningState, Proposal>({
    roots: problems.map((problem) => ({ problem, steps: [] })),
    candidates,
    beam,
    maxSteps: mostSteps(task),
    propose: (states, n) =>
      states.map((state) => Array.from({ length: n }, (_, i) => propose(state, task, streamOf(state, 'thought', i)))),
    execute: (moves) =>
      moves.map(({ state, action }) => follow(state, action, task, streamOf(state, 'math', action.thought))),
    scorer,
    isFinished: (state) => outcome(state) !== null,
    signal,
  });
  const found = results.map(({ beam: [{ state }] }) => state);
  return { outcome: outcomeOf(found), found };
}

function outcomeOf(found: readonly ReasoningState[]): SearchOutcome {
  const failures: SearchOutcome['failures'] = {};
  for (const state of found) {
    if (outcome(state) === 1) continue;
    const first = stepFaults(state.problem, state.steps).find((fault) => fault !== null) ?? 'none';
    failures[first] = (failures[first] ?? 0) + 1 / found.length;
  }
  return {
    accuracy: mean(found.map((state) => outcome(state) ?? 0)),
    steps: mean(found.map(({ steps }) => steps.length)),
    failures,
  };
}

/** Every state on the way to a state, the first step's first. */
export function statesOnTheWay({ problem, steps }: ReasoningState): ReasoningState[] {
  return steps.map((_, i) => ({ problem, steps: steps.slice(0, i + 1) }));
}

/** Whether right steps still lead to the right answer. */
export function isSolvable({ problem, steps }: ReasoningState): boolean {
  const lines = steps.map(({ math }) => math);
  return lines.length === 0 || family.checkLines(problem, lines)[lines.length - 1].onTrack;
}

const family = planMath();

/** A guide that scores what a view shows. */
export function guideOf(view: View, score: (states: readonly ReasoningState[]) => ArrayLike<number>): Guide {
  if (view !== 'nextThought') return { scores: 'states', score };
  // The formula is not yet there; which quantity it would be about, the thought says.
  return {
    scores: 'moves',
    score: (moves) =>
      score(
        moves.map(({ state: { problem, steps }, action: { thought, meaning } }) => ({
          problem,
          steps: [...steps, { thought, math: meaning.name }],
        })),
      ),
  };
}
