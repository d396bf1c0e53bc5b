import type { Finished, TrialContext } from '@laurel/core/paper';
import { Random } from '@laurel/core/stats';
import { ratedPaths } from './labels.ts';
import { benchOf, type PairTable, pairTable, type Searched, searchSolutions, searchSteps } from './measure.ts';
import { type Arm, arms, gatherLabels, trainArm } from './scorers.ts';
import { heldOut, modelOf, type World, walkPolicy } from './world.ts';

export interface Config {
  world: World;
  policy: { width: number; steps: number; seed: number };
  /** Rated solutions. */
  paths: number;
  /** Problems that are searched on. */
  problems: number;
  /** Numbers of candidates, rising. */
  candidates: number[];
}

export interface ArmResult extends Searched {
  arm: Arm;
  examples: number;
  paths: number;
  passes: number;
  loss: number;
  tokens: number;
  /** Null for the outcome model, which scores no lines. */
  pairs: PairTable | null;
}

export interface Result {
  arms: ArmResult[];
}

export type Run = Finished<Config, Result>;

export const policyOf = ({ world, policy }: Config) => walkPolicy.ref({ world, ...policy });

/** Trains every scorer on what one policy wrote, and searches with each, among the same candidates. */
export async function runTrial(config: Config, seed: number, context: TrialContext): Promise<Result> {
  const { world, paths, problems, candidates } = config;
  const gpt = modelOf(await context.artifact(policyOf(config)));
  const random = new Random(seed, 'hrm', world);
  const labels = gatherLabels(gpt, paths, random.split('labels'));
  const bench = benchOf(gpt, heldOut('test', problems, random.split('problems')), candidates, random.split('search'));
  const asked = ratedPaths(gpt, [...bench.problems, ...bench.problems], random.split('asked'));
  const results = arms.map((arm, i): ArmResult => {
    let epoch = 0;
    const onEpoch = (loss: number) => {
      context.signal.throwIfAborted();
      context.point(`${arm}: validation loss`, ++epoch, loss);
    };
    const { scorer, ...trained } = trainArm(gpt, labels, arm, seed, onEpoch);
    context.progress((i + 0.6) / arms.length, `${arm} trained`);
    const searched = arm === 'ORM' ? searchSolutions(bench, scorer) : searchSteps(bench, scorer, context.signal);
    context.progress((i + 1) / arms.length, `${arm} searched`);
    return { arm, ...trained, ...searched, pairs: arm === 'ORM' ? null : pairTable(scorer, asked) };
  });
  return { arms: results };
}
