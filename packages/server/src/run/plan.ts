import {
  type ArtifactRef,
  artifactInputs,
  artifactKey,
  artifactsOf,
  planOf,
  type RunRequest,
  type Trial,
  trialsOf,
} from '@laurel/core/paper';
import type { Job } from './jobs.ts';
import { artifactHash, trialHash } from './records.ts';
import type { ExperimentSource } from './source.ts';

/** A request worked out: its trials and artifacts with their content hashes. Any process works out the same. */
export interface RunPlan {
  slug: string;
  request: RunRequest;
  codeVersion: string;
  params: Record<string, unknown>;
  seeds: number;
  trials: { trial: Trial<unknown>; hash: string; inputs: Job['inputs'] }[];
  /** Each after its inputs. */
  artifacts: { ref: ArtifactRef; hash: string; inputs: Job['inputs'] }[];
}

/** Works out a request. Throws RangeError or ZodError for requests that do not fit the experiment. */
export async function makePlan(source: ExperimentSource, slug: string, request: RunRequest): Promise<RunPlan> {
  const experiment = await source.load(slug);
  const codeVersion = await source.version(slug);
  const plan = planOf(experiment, request);
  const trials = trialsOf(experiment, plan);
  const hashOf = async (ref: ArtifactRef) => artifactHash(await source.artifactVersion(slug, ref.name), ref);
  const inputsOf = (refs: ArtifactRef[]) =>
    Promise.all(refs.map(async (ref) => ({ key: artifactKey(ref), hash: await hashOf(ref) })));
  return {
    slug,
    request,
    codeVersion,
    params: plan.params,
    seeds: plan.seeds.length,
    trials: await Promise.all(
      trials.map(async (trial) => ({
        trial,
        hash: await trialHash(slug, codeVersion, trial),
        inputs: await inputsOf(experiment.needs(trial.config)),
      })),
    ),
    artifacts: await Promise.all(
      artifactsOf(experiment, trials).map(async (ref) => ({
        ref,
        hash: await hashOf(ref),
        inputs: await inputsOf(artifactInputs(experiment, ref)),
      })),
    ),
  };
}

/** The job that does trial `index` of a run's plan. */
export function trialJob(run: string, plan: RunPlan, index: number): Job {
  const { trial, hash, inputs } = plan.trials[index];
  return { kind: 'trial', hash, run, slug: plan.slug, codeVersion: plan.codeVersion, trial, inputs };
}

export function artifactJob(run: string, plan: RunPlan, index: number): Job {
  const { ref, hash, inputs } = plan.artifacts[index];
  return { kind: 'artifact', hash, run, slug: plan.slug, codeVersion: plan.codeVersion, ref, inputs };
}
