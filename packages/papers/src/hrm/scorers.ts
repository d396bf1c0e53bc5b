import { packTargets, type StepScorer, type StepTargets, trainOutcomeModel, trainStepScorer } from '@laurel/core/model';
import type { Gpt } from '@laurel/core/nn';
import type { Random } from '@laurel/core/stats';
import { type Example, pathExamples, type RatedPath, ratedPaths } from './labels.ts';
import { heldOut, targetsOf, trainingProblems } from './world.ts';

export const arms = ['ORM', 'PRM', 'PRM, more data', 'HRM'] as const;
export type Arm = (typeof arms)[number];
/** The process models that HRM must beat. */
export const rivals = ['PRM', 'PRM, more data'] as const satisfies readonly Arm[];

/**
 * Learning rates from {5e-4, 1e-3, 3e-3, 6e-3} (the lowest for those only that liked low ones): each arm's own, by its
 * validation loss in the world with repairs, mean over two seeds from TUNING_SEED on, with a policy of TUNING_SEED:
 *
 *   ORM             0.650  0.653  0.672  0.676
 *   PRM                    0.461  0.443  0.462
 *   PRM, more data         0.409  0.392  0.456
 *   HRM             0.464  0.463  0.499  0.590
 */
const learningRates: Record<Arm, number> = { ORM: 5e-4, PRM: 3e-3, 'PRM, more data': 3e-3, HRM: 1e-3 };

/**
 * Most passes over the examples, and how many without a new best on validation problems end the training. The passes are
 * many, so that a process model on a duplicated data set is among those that are tried.
 */
const PASSES = 16;
const PATIENCE = 3;

/** What scorers learn from. */
export interface Labels {
  /** Solutions whose lines are rated: twice as many as all arms but one may use. */
  readonly paths: readonly RatedPath[];
  /** How many they may. */
  readonly count: number;
  readonly validation: readonly RatedPath[];
}

export function gatherLabels(gpt: Gpt, count: number, random: Random): Labels {
  const problems = trainingProblems(2 * count, random.split('problems'));
  const held = heldOut('validation', Math.ceil(count / 4), random.split('validation problems'));
  return {
    paths: ratedPaths(gpt, problems, random.split('paths')),
    count,
    validation: ratedPaths(gpt, held, random.split('validation')),
  };
}

/** Single lines; for HRM those and pairs of lines; for more data single lines of so many more paths that there are as many. */
export function examplesOf({ paths, count }: Labels, arm: Exclude<Arm, 'ORM'>): Example[] {
  const ours = paths.slice(0, count);
  if (arm === 'PRM') return pathExamples(ours, 0);
  const pairs = pathExamples(ours, 1);
  return arm === 'HRM' ? pairs : pathExamples(paths, 0).slice(0, pairs.length);
}

export interface Trained {
  scorer: StepScorer;
  examples: number;
  /** Solutions that were sampled and rated for them. */
  paths: number;
  /** Passes to the best one. */
  passes: number;
  /** Cross-entropy on single lines of validation problems; of whole solutions for an outcome model. */
  loss: number;
  /** Tokens read in training. */
  tokens: number;
}

export function trainArm(
  gpt: Gpt,
  labels: Labels,
  arm: Arm,
  seed: number,
  onEpoch: (loss: number) => void,
  learningRate = learningRates[arm],
): Trained {
  const how = {
    gpt,
    learningRate,
    maxGradientNorm: 1,
    batch: 32,
    epochs: PASSES,
    patience: PATIENCE,
    seed,
    onEpoch: ({ validation }: { validation: { loss: number } | null }) => onEpoch(validation?.loss ?? 0),
  };
  const { paths, count, validation } = labels;
  const outcomes = (of: readonly RatedPath[]) =>
    of.map(({ tokens, correct }) => ({ tokens, outcome: Number(correct) }));
  const pack = (of: readonly Example[]): StepTargets[] => packTargets(of.map(targetsOf));
  const examples = arm === 'ORM' ? [] : examplesOf(labels, arm);
  const { scorer, report } =
    arm === 'ORM'
      ? trainOutcomeModel({ ...how, responses: outcomes(paths.slice(0, count)), validation: outcomes(validation) })
      : trainStepScorer({
          ...how,
          loss: 'classification',
          examples: pack(examples),
          validation: pack(pathExamples(validation, 0)),
        });
  return {
    scorer,
    examples: arm === 'ORM' ? count : examples.length,
    paths: arm === 'ORM' ? count : new Set(examples.map(({ problem }) => problem)).size,
    passes: report.best + 1,
    loss: report.epochs[report.best].validation?.loss ?? 0,
    tokens: report.tokens,
  };
}
