import type { z } from 'zod';
import type { Artifact, ArtifactRef, BuildContext } from './artifact.ts';
import type { Figure } from './figure.ts';
import type { PaperOf } from './paper.ts';
import type { AsPlain } from './plain.ts';
import type { ClaimResult, Evidence } from './verdict.ts';

/** `smoke`: seconds, plumbing. `quick`: at most 60 s on two cores. `full`: at most 15 min; what is reported. */
export type Profile = 'smoke' | 'quick' | 'full';
export const profiles: readonly Profile[] = ['smoke', 'quick', 'full'];

/** Seeds from here on are for tuning; reported runs use seeds 0, 1, 2, …, so nothing is tuned on what is reported. */
export const TUNING_SEED = 10_000;

/** One independent unit of work, as plain data: two trials with equal data give equal results. */
export interface Trial<C> {
  /** What to do. Plain data. */
  config: C;
  seed: number;
  /** A few words for progress displays. */
  label: string;
}

/** A trial with what it gave. */
export interface Finished<C, R> extends Trial<C> {
  result: R;
}

export type TrialContext = BuildContext;

/** Everything that decides which trials there are. */
export interface Plan<P> {
  profile: Profile;
  params: P;
  seeds: readonly number[];
}

/** What the trials amount to: a verdict for each claim judged, and figures. */
export interface Summary<Id extends string = string> {
  claims: Partial<Record<Id, ClaimResult>>;
  figures: Figure[];
}

/**
 * A paper's experiment: a list of independent trials, a pure function that runs one, and a pure function that turns
 * results into verdicts and figures. That is all; so trials can be cached by content, resumed after a crash, and run in
 * worker threads, in a browser's worker or on many machines.
 */
export interface Experiment<Id extends string = string, S extends z.ZodObject = z.ZodObject, C = unknown, R = unknown> {
  readonly paper: PaperOf<Id>;
  /** What the numbers rest on. */
  readonly evidence: Evidence;
  /** What the experiment measures and how, for the paper's page: a paragraph of Markdown. */
  readonly description: string;
  /** Where it departs from the paper or from its own first plan, and why. */
  readonly departures: readonly string[];
  /** Parameters with a default and a `.describe('…')` each; the studio's form and the command line's `--set` follow from it. */
  readonly params: S;
  readonly profiles: Readonly<Record<Profile, { seeds: number; params?: Partial<z.input<S>> }>>;
  /** Artifacts that trials may name in `needs`. */
  readonly artifacts: readonly Artifact[];
  /** The trials of a plan, in the order in which they should start. */
  trials(plan: Plan<z.output<S>>): Trial<C>[];
  /** The artifacts a trial uses; they are built before it starts. */
  needs(config: C): ArtifactRef[];
  runTrial(trial: Trial<C>, context: TrialContext): R | Promise<R>;
  /** Called once with the trials that finished (failed ones are left out), in the order of `trials`. */
  summarise(finished: readonly Finished<C, R>[], plan: Plan<z.output<S>>): Summary<Id>;
}

/** An experiment of whatever paper. Its configurations and results are checked at the door of each function that takes them. */
export type AnyExperiment = Experiment;

/**
 * Declares an experiment. Parameters, configuration and result types are inferred: `trials` fixes the configuration,
 * `runTrial` the result, and a configuration or result that is not plain data does not compile.
 *
 * @example
 * export const experiment = defineExperiment({
 *   paper,
 *   evidence: 'exact',
 *   description: 'Random MDPs; …',
 *   params: z.object({ states: z.int().min(2).default(32).describe('States per MDP') }),
 *   profiles: { smoke: { seeds: 1 }, quick: { seeds: 4 }, full: { seeds: 16 } },
 *   trials: ({ params, seeds }) => seeds.map((seed) => ({ config: { states: params.states }, seed, label: `MDP ${seed}` })),
 *   runTrial: ({ config, seed }) => ({ distance: measure(config.states, seed) }),
 *   summarise: (finished) => ({ claims: { … }, figures: [] }),
 * });
 */
export function defineExperiment<Id extends string, S extends z.ZodObject, C, R>(definition: {
  paper: PaperOf<Id>;
  evidence: Evidence;
  description: string;
  departures?: readonly string[];
  params: S;
  profiles: Record<Profile, { seeds: number; params?: Partial<z.input<S>> }>;
  artifacts?: readonly Artifact[];
  trials: (plan: Plan<z.output<S>>) => Trial<C & AsPlain<C>>[];
  needs?: (config: NoInfer<C>) => ArtifactRef[];
  runTrial: (trial: Trial<NoInfer<C>>, context: TrialContext) => (R & AsPlain<R>) | Promise<R & AsPlain<R>>;
  summarise: (finished: readonly Finished<NoInfer<C>, NoInfer<R>>[], plan: Plan<z.output<S>>) => Summary<Id>;
}): Experiment<Id, S, C, R> {
  const { trials, runTrial, summarise, needs = () => [] } = definition;
  return {
    paper: definition.paper,
    evidence: definition.evidence,
    description: definition.description,
    departures: definition.departures ?? [],
    params: definition.params,
    profiles: definition.profiles,
    artifacts: definition.artifacts ?? [],
    trials: (plan) => trials(plan),
    needs: (config) => needs(config),
    runTrial: (trial, context) => runTrial(trial, context),
    summarise: (finished, plan) => summarise(finished, plan),
  };
}

/** What a reader may choose of a run. */
export interface RunRequest {
  profile: Profile;
  /** How many seeds, 0, 1, …; the profile's own number unless told. */
  seeds?: number;
  /** Parameters that differ from the profile's. */
  params?: Readonly<Record<string, unknown>>;
}

/**
 * Fills in a request from the experiment's profile.
 * Throws RangeError for seeds that are no positive whole number and ZodError for parameters that do not fit.
 */
export function planOf<Id extends string, S extends z.ZodObject, C, R>(
  experiment: Experiment<Id, S, C, R>,
  request: RunRequest,
): Plan<z.output<S>> {
  const preset = experiment.profiles[request.profile];
  const count = request.seeds ?? preset.seeds;
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`seeds must be a positive whole number, got ${count}`);
  const given = { ...preset.params, ...request.params };
  const unknown = Object.keys(given).filter((key) => !(key in experiment.params.shape));
  if (unknown.length > 0) {
    const known = Object.keys(experiment.params.shape).join(', ') || 'none';
    throw new RangeError(`${experiment.paper.slug} has no parameter ${unknown.join(', ')}; it has: ${known}`);
  }
  return {
    profile: request.profile,
    params: experiment.params.parse(given),
    seeds: Array.from({ length: count }, (_, seed) => seed),
  };
}
