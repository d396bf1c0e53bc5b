import { stepFaults } from '@laurel/core/env';
import type { ArtifactRef, TrialContext } from '@laurel/core/paper';
import { auroc, Random } from '@laurel/core/stats';
import { preferenceData } from './preferences.ts';
import { outcome, type ReasoningState } from './roles.ts';
import { learningRates, scoresOf, trainScorer } from './scorer.ts';
import { type Guide, guide, guideOf, isSolvable, type SearchOutcome, statesOnTheWay } from './search.ts';
import { mostSteps, problemsOf, type Task } from './task.ts';
import type { View } from './views.ts';

/** Who chooses: a scorer with its view, nobody (the first candidate is taken), or the exact checker. */
export type Arm = View | 'unguided' | 'checker';

export interface Setup {
  arm: Arm;
  task: Task;
  model: { width: number; layers: number };
  testProblems: number;
  candidates: number;
  /** Whether wider searches and the stronger policy are tried as well. */
  more: boolean;
}

export interface Result {
  guided: SearchOutcome;
  /** What the scorer itself is worth; null without one. */
  scorer: {
    /** Share of held-out pairs that it ranks rightly. */
    preference: number;
    /** Of states that can still be solved against those that cannot. Null when all were alike. */
    auroc: number | null;
    /** Tokens read in training. */
    tokens: number;
  } | null;
  /** The policy with half the errors in its thoughts, under the same guide; null where it was not tried. */
  stronger: SearchOutcome | null;
  wider: { beam: number; candidates: number; outcome: SearchOutcome }[];
  /** The way of the search through the first problems. */
  examples: { prompt: string; text: string }[];
}

export const widerSettings = [
  { beam: 1, candidates: 10 },
  { beam: 3, candidates: 5 },
  { beam: 3, candidates: 10 },
];
const EXAMPLES = 3;
/** Problems whose unguided states are scored against the checker. */
const PROBED = 200;

export function needsOf({ arm, task }: Setup, seed: number): ArtifactRef[] {
  return arm === 'unguided' || arm === 'checker' ? [] : [preferenceData.ref({ ...task, seed })];
}

/** Trains the arm's scorer, and lets it guide searches. */
export async function runArm(setup: Setup, seed: number, context: TrialContext): Promise<Result> {
  const { arm, task, testProblems, candidates, more } = setup;
  const { signal } = context;
  const problems = problemsOf(task, 'test', testProblems, new Random(seed, 'test problems'));
  const { scorer, guide: how } = await guideOfArm(setup, seed, problems, context);
  const settings = { candidates: arm === 'unguided' ? 1 : candidates, beam: 1 };
  const { outcome: guided, found } = await guide(how, task, problems, settings, seed, signal);
  const wider: Result['wider'] = [];
  let stronger: SearchOutcome | null = null;
  if (more) {
    const better = { ...task, thoughtError: task.thoughtError / 2 };
    stronger = (await guide(how, better, problems, settings, seed, signal)).outcome;
    for (const wide of arm === 'unguided' ? [] : widerSettings) {
      wider.push({ ...wide, outcome: (await guide(how, task, problems, wide, seed, signal)).outcome });
    }
  }
  return { guided, scorer, stronger, wider, examples: found.slice(0, EXAMPLES).map(exampleOf) };
}

async function guideOfArm(
  { arm, task, model }: Setup,
  seed: number,
  problems: Parameters<typeof guide>[2],
  context: TrialContext,
): Promise<{ scorer: Result['scorer']; guide: Guide }> {
  const none: Guide = { scores: 'states', score: (states) => states.map(() => 0) };
  if (arm === 'unguided') return { scorer: null, guide: none };
  if (arm === 'checker') {
    return {
      scorer: null,
      guide: { scores: 'states', score: (states) => states.map((state) => Number(isSolvable(state))) },
    };
  }
  const data = await context.artifact(preferenceData.ref({ ...task, seed }));
  const { scorer, validation, tokens } = trainScorer(
    data,
    { view: arm, ...model, steps: mostSteps(task), learningRate: learningRates[arm], seed },
    { signal: context.signal, onStep: (fraction) => context.progress(0.9 * fraction, 'training the scorer') },
  );
  const alone = { candidates: 1, beam: 1 };
  const { found } = await guide(none, task, problems.slice(0, PROBED), alone, seed, context.signal);
  const states = found.flatMap(statesOnTheWay);
  const solvable = states.map(isSolvable);
  const isMixed = solvable.includes(true) && solvable.includes(false);
  return {
    scorer: {
      preference: validation.accuracy,
      auroc: isMixed ? auroc(scoresOf(scorer, arm, states), solvable) : null,
      tokens,
    },
    guide: guideOf(arm, (given) => scoresOf(scorer, arm, given)),
  };
}

function exampleOf(state: ReasoningState): Result['examples'][number] {
  const faults = stepFaults(state.problem, state.steps);
  const lines = state.steps.map(
    ({ thought, math }, i) => `${thought} | ${math}${faults[i] ? `   (${faults[i]})` : ''}`,
  );
  const end = outcome(state) === 1 ? 'right' : outcome(state) === 0 ? 'wrong' : 'no answer';
  return { prompt: state.problem.prompt, text: [...lines, end].join('\n') };
}
