import { ImplicitPrm, type StepScorer, trainImplicitPrm, trainOutcomeModel, trainStepScorer } from '@laurel/core/model';
import type { Gpt } from '@laurel/core/nn';
import { type LanguageExample, sequenceOf } from '@laurel/core/policy';
import { mean } from '@laurel/core/stats';
import type { ChainTask } from '../lab/task.ts';
import { type Arm, isImplicit } from './arms.ts';
import { type Solution, stepsOf, type Tested } from './data.ts';
import { type Setting, settings } from './settings.ts';

/** A response's scores, one a line: a value after each, and what the line added to it. */
export interface LineScores {
  readonly values: Float64Array;
  readonly increases: Float64Array;
}

interface Scorer {
  /** Everything that was sampled for it and read to train it, its validation data included. */
  readonly tokens: number;
  readonly solutions: number;
  score(responses: readonly Tested[]): LineScores[];
  /** The same without the reference; null for scorers that have none. */
  readonly scoreWithoutReference: ((responses: readonly Tested[]) => LineScores[]) | null;
}

export interface Training {
  base: Gpt;
  task: ChainTask;
  solutions: readonly Solution[];
  /** Tokens that all labels together took. */
  labelTokens: number;
  seed: number;
  setting?: Setting;
  onEpoch?: (loss: number) => void;
}

const whole = (example: LanguageExample) => sequenceOf(example).tokens;
const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);

/** Prompts that nothing is trained on: an eighth. */
const isHeld = ({ group }: Solution, prompts: number) => group < Math.max(1, Math.floor(prompts / 8));

/** What an implicit model takes: solutions, one reading of them by the reference, and the passes. */
function implicitTokens(all: readonly Solution[], prompts: number, epochs: number): number {
  const learned = all.filter((solution) => !isHeld(solution, prompts));
  return (
    sum(all.map(({ response }) => response.length)) +
    sum(all.map((solution) => whole(solution).length)) +
    epochs * sum(learned.map((solution) => whole(solution).length))
  );
}

/** The solutions that an arm may learn from. */
function solutionsOf(arm: Arm, { solutions, labelTokens, setting }: Training): readonly Solution[] {
  const prompts = countPrompts(solutions);
  const held = solutions.filter((solution) => isHeld(solution, prompts));
  const rest = solutions.filter((solution) => !isHeld(solution, prompts));
  const firstPrompts = (part: readonly Solution[]) => {
    const first = Math.min(...part.map(({ group }) => group));
    const most = Math.max(1, Math.round(arm.prompts * countPrompts(part)));
    return part.filter(({ group }) => group - first < most);
  };
  const chosen = [...firstPrompts(held), ...firstPrompts(rest)].filter(
    ({ index }) => arm.responses === null || index < arm.responses,
  );
  if (!arm.equalTokens) return chosen;
  const budget = implicitTokens(solutions, prompts, settings.ce.epochs);
  const { epochs } = setting ?? settings[arm.learner];
  // One response to every prompt, then the next: as many different problems as the tokens allow.
  const ordered = chosen.toSorted((a, b) => a.index - b.index);
  let spent = 0;
  const last = ordered.findIndex((solution) => {
    const read = isHeld(solution, prompts) ? 0 : epochs * whole(solution).length;
    spent += solution.response.length + labelTokens / solutions.length + read;
    return spent > budget;
  });
  return last < 0 ? ordered : ordered.slice(0, last);
}

function countPrompts(solutions: readonly Solution[]): number {
  return new Set(solutions.map(({ group }) => group)).size;
}

/** Trains the scorer of an arm, beginning from the base policy. */
export function trainScorer(arm: Arm, training: Training): Scorer {
  const { base, task, labelTokens, seed, onEpoch } = training;
  const { learner } = arm;
  if (learner === 'likelihood') {
    const prm = new ImplicitPrm({ model: base, reference: null, beta: 1 });
    return { tokens: 0, solutions: 0, score: (list) => implicitScores(prm, task, list), scoreWithoutReference: null };
  }
  const { learningRate, beta, epochs } = training.setting ?? settings[learner];
  const chosen = solutionsOf(arm, training);
  const prompts = countPrompts(training.solutions);
  const part = <X>(make: (solution: Solution) => X) => ({
    learned: chosen.filter((solution) => !isHeld(solution, prompts)).map(make),
    held: chosen.filter((solution) => isHeld(solution, prompts)).map(make),
  });
  const how = {
    gpt: base,
    learningRate,
    maxGradientNorm: 1,
    batch: 32,
    epochs,
    seed,
    onEpoch: ({ loss }: { loss: number }) => onEpoch?.(loss),
  };
  const sampled = sum(chosen.map(({ response }) => response.length));
  const common = { solutions: chosen.length };
  if (isImplicit(learner)) {
    const { learned, held } = part((solution) => ({ ...sequenceOf(solution), outcome: solution.right }));
    const { prm } = trainImplicitPrm({ ...how, beta, loss: learner, responses: learned, validation: held });
    const bare = new ImplicitPrm({ model: prm.model, reference: null, beta });
    return {
      ...common,
      tokens: implicitTokens(chosen, prompts, epochs),
      score: (list) => implicitScores(prm, task, list),
      scoreWithoutReference: (list) => implicitScores(bare, task, list),
    };
  }
  if (learner === 'outcome') {
    const { learned, held } = part((solution) => ({ tokens: whole(solution), outcome: solution.right }));
    const { scorer, report } = trainOutcomeModel({ ...how, responses: learned, validation: held });
    const share = mean(learned.map(({ outcome }) => outcome));
    return { ...common, tokens: sampled + report.tokens, ...headScores(scorer, task, share) };
  }
  const { learned, held } = part((solution) => ({
    tokens: whole(solution),
    positions: stepsOf(task, solution.response).map(({ end }) => solution.prompt.length + end - 1),
    targets: solution[learner],
  }));
  const { scorer, report } = trainStepScorer({ ...how, loss: 'classification', examples: learned, validation: held });
  const completed = learner === 'exact' ? 0 : (labelTokens * chosen.length) / training.solutions.length;
  const share = mean(learned.flatMap(({ targets }) => Array.from(targets)));
  return { ...common, tokens: sampled + completed + report.tokens, ...headScores(scorer, task, share) };
}

function implicitScores(prm: ImplicitPrm, task: ChainTask, responses: readonly Tested[]): LineScores[] {
  const scored = prm.score(
    responses.map((tested) => ({
      ...sequenceOf(tested),
      ...(prm.reference && { referenceLogProbs: tested.logProbs }),
      steps: stepsOf(task, tested.response),
    })),
  );
  return scored.map(({ perStep, cumulative }) => ({ increases: perStep, values: cumulative }));
}

/** Of a head that says a chance after each line; the first line's increase is counted from the mean label. */
function headScores(
  scorer: StepScorer,
  task: ChainTask,
  start: number,
): Pick<Scorer, 'score' | 'scoreWithoutReference'> {
  return {
    scoreWithoutReference: null,
    score: (responses) =>
      scorer
        .score(
          responses.map((tested) => ({
            tokens: whole(tested),
            positions: stepsOf(task, tested.response).map(({ end }) => tested.prompt.length + end - 1),
          })),
        )
        .map((values) => ({ values, increases: values.map((value, k) => value - (k === 0 ? start : values[k - 1])) })),
  };
}
