import {
  outcomeScores,
  packTargets,
  type StepScorer,
  type StepTargets,
  trainOutcomeModel,
  trainStepScorer,
} from '@laurel/core/model';
import type { Gpt } from '@laurel/core/nn';
import type { Random } from '@laurel/core/stats';
import { type Example, labelTrees, pathExamples, type RatedPath, ratedPaths, treeExamples } from './labels.ts';
import { heldOut, targetsOf, trainingProblems } from './world.ts';

/** Where labels come from: a checker that rates every line, or the answers below a node of a tree of samples. */
export const sources = ['checker', 'trees'] as const;
export type Source = (typeof sources)[number];

export interface Arm {
  name: string;
  /** Whole solutions are scored, not steps. */
  outcome?: true;
  /** The examples are those of a method of the paper, or a process model's own. */
  kind: 'hrm' | 'prm' | 'ablation' | 'outcome';
  merge: 0 | 1;
  compressed: boolean;
  /** From as many more problems as it takes to have as many examples as the method. */
  more: boolean;
  learningRate: number;
}

/**
 * Learning rates from {1e-3, 3e-3, 6e-3}, each arm's own by the loss on validation problems, mean over two seeds from
 * TUNING_SEED on; see `PASSES`.
 */
const single = { merge: 0, compressed: false, more: false } as const;
export const arms: Record<Source, readonly Arm[]> = {
  checker: [
    { ...single, name: 'ORM', kind: 'outcome', outcome: true, learningRate: 3e-3 },
    { ...single, name: 'PRM', kind: 'prm', learningRate: 3e-3 },
    { ...single, name: 'PRM, more data', kind: 'prm', more: true, learningRate: 3e-3 },
    { ...single, name: 'HRM', kind: 'hrm', merge: 1, learningRate: 3e-3 },
  ],
  trees: [
    { ...single, name: 'PRM', kind: 'prm', learningRate: 3e-3 },
    { ...single, name: 'PRM, more data', kind: 'prm', more: true, learningRate: 3e-3 },
    { ...single, name: 'PRM + compression', kind: 'ablation', compressed: true, learningRate: 3e-3 },
    { ...single, name: 'HRM without compression', kind: 'ablation', merge: 1, learningRate: 3e-3 },
    { ...single, name: 'HRM', kind: 'hrm', merge: 1, compressed: true, learningRate: 3e-3 },
  ],
};

/** The arms that stand for the paper's method and its rival. */
export const hrm = (source: Source): Arm => arms[source].find(({ kind }) => kind === 'hrm')!;
export const prms = (source: Source): Arm[] => arms[source].filter(({ kind }) => kind === 'prm');

/**
 * Passes over the examples, and how many without a new best on validation problems end the training: one with more passes
 * is one on a duplicated data set.
 */
const PASSES = 16;
const PATIENCE = 3;

export interface Trained {
  scorer: StepScorer;
  examples: number;
  /** Passes to the best one. */
  passes: number;
  /** Loss on single lines of validation problems; of whole solutions for an outcome model. */
  loss: number;
  /** Tokens read in training. */
  tokens: number;
}

export interface LabelSizes {
  /** Rated solutions. */
  paths: number;
  trees: number;
}

/** What the arms of a source learn from. */
export interface Labels {
  source: Source;
  examples(arm: Arm): Example[];
  validation: Example[];
  /** Whole solutions: as many as the paths, and those for validation. */
  solutions: readonly [RatedPath[], RatedPath[]];
  /** Tokens sampled for the arms without more data. */
  sampledTokens: number;
}

export async function gatherLabels(
  gpt: Gpt,
  source: Source,
  { paths, trees }: LabelSizes,
  random: Random,
  signal: AbortSignal,
): Promise<Labels> {
  const count = source === 'checker' ? paths : trees;
  // The method makes up to four examples of one.
  const most = (source === 'checker' ? 2 : ((globalThis as any).MORE ?? 4)) * count;
  const problems = trainingProblems(most, random.split('problems'));
  const held = heldOut('validation', Math.ceil(count / 4), random.split('validation problems'));
  if (source === 'checker') {
    const all = ratedPaths(gpt, problems, random.split('paths'));
    const validation = ratedPaths(gpt, held, random.split('validation'));
    return {
      source,
      examples: ({ merge, more }) =>
        grown(most, count, more ? pathExamples(all.slice(0, count), 1).length : 0, (n) =>
          pathExamples(all.slice(0, n), merge),
        ),
      validation: pathExamples(validation, 0),
      solutions: [all.slice(0, count), validation],
      sampledTokens: all.slice(0, count).reduce((sum, { tokens, problem }) => sum + tokens.length - problem.prompt.length, 0),
    };
  }
  const all = await labelTrees(gpt, problems, random.split('trees'), signal);
  const validation = await labelTrees(gpt, held, random.split('validation'), signal);
  const of = (n: number, how: { compressed: boolean; merge: 0 | 1 }) =>
    treeExamples(all.slice(0, n), how, random.split('examples'));
  return {
    source,
    examples: ({ compressed, merge, more }) =>
      grown(most, count, more ? of(count, { compressed: true, merge: 1 }).length : 0, (n) => of(n, { compressed, merge })),
    validation: treeExamples(validation, { compressed: false, merge: 0 }, random.split('validation examples')),
    solutions: [[], []],
    sampledTokens: 0,
  };
}

/** The examples of the first n problems, for the least n from `count` that gives as many as are `asked` for. */
function grown(most: number, count: number, asked: number, of: (n: number) => Example[]): Example[] {
  let n = count;
  let examples = of(n);
  while (examples.length < asked && n < most) {
    n = Math.min(most, Math.max(n + 1, Math.ceil((n * asked) / examples.length)));
    examples = of(n);
  }
  return asked > 0 ? examples.slice(0, Math.max(asked, 1)) : examples;
}

export function trainArm(
  gpt: Gpt,
  labels: Labels,
  arm: Arm,
  seed: number,
  onEpoch: (epoch: { validation: { loss: number } | null }) => void,
): Trained {
  const how = { gpt, learningRate: arm.learningRate, maxGradientNorm: 1, batch: 32, epochs: PASSES, patience: PATIENCE, seed, onEpoch };
  const [solutions, heldSolutions] = labels.solutions;
  const outcomes = (paths: readonly RatedPath[]) =>
    paths.map(({ tokens, correct }) => ({ tokens, outcome: Number(correct) }));
  const examples = arm.outcome ? [] : labels.examples(arm);
  const pack = (of: readonly Example[]): StepTargets[] => packTargets(of.map(targetsOf));
  const { scorer, report } = arm.outcome
    ? trainOutcomeModel({ ...how, responses: outcomes(solutions), validation: outcomes(heldSolutions) })
    : trainStepScorer({
        ...how,
        loss: labels.source === 'checker' ? 'classification' : 'regression',
        examples: pack(examples),
        validation: pack(labels.validation),
      });
  return {
    scorer,
    examples: arm.outcome ? solutions.length : examples.length,
    passes: report.best + 1,
    loss: report.epochs[report.best].validation?.loss ?? 0,
    tokens: report.tokens,
  };
}

export { outcomeScores };
