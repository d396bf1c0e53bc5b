import type { TransitionReward } from '../../reward/index.ts';
import { bootstrapUnits, type Estimate } from '../../stats/index.ts';
import { pearsonDistance } from './published.ts';

/** One step that was taken, or might be. */
export interface SampledTransition<S, A> {
  readonly state: S;
  readonly action: A;
  readonly nextState: S;
}

/** Draws states and actions, each call a fresh and independent one. */
export interface TransitionSampler<S, A> {
  state(): S;
  action(): A;
}

/** A sampler that can also take a step from any state. */
export interface TransitionSimulator<S, A> extends TransitionSampler<S, A> {
  step(state: S, action: A): S;
}

/**
 * EPIC distance from samples, for rewards of any kind of state (Gleave et al., arXiv 2006.13900, appendix A.1). The mean
 * reward out of a state is estimated over one sample of (action, next state) pairs that all states share; episode ends
 * are not treated apart. Costs two calls of each reward per pair for every distinct state in the batch.
 *
 * @param batch transitions of the coverage distribution
 * @param sampler states and actions of the distributions that EPIC averages over
 * @param options.samples pairs, 4,096 unless told
 * @returns the distance in [0, 1] with a bootstrap interval over the batch (the shared pairs are not resampled)
 * @throws RangeError for an empty batch, a gamma outside [0, 1], or a reward that is not finite
 * @example
 * epicSampled(truth, learned, transitions, { state: () => rng.pick(states), action: () => rng.pick(actions) }, { gamma: 0.99 });
 */
export function epicSampled<S, A>(
  r1: TransitionReward<S, A>,
  r2: TransitionReward<S, A>,
  batch: readonly SampledTransition<S, A>[],
  sampler: TransitionSampler<S, A>,
  { gamma, samples = 4096, resamples = 1000 }: { gamma: number; samples?: number; resamples?: number },
): Estimate {
  if (batch.length === 0) throw new RangeError('batch must hold at least one transition');
  assertDiscount(gamma);
  assertCount('samples', samples);
  const actions = Array.from({ length: samples }, () => sampler.action());
  const nexts = Array.from({ length: samples }, () => sampler.state());
  const canonical = (reward: TransitionReward<S, A>) => {
    const known = new Map<S, number>();
    const meanFrom = (state: S): number => {
      let value = known.get(state);
      if (value === undefined) {
        let sum = 0;
        for (let i = 0; i < samples; i++) sum += reward(state, actions[i], nexts[i]);
        value = sum / samples;
        known.set(state, value);
      }
      return value;
    };
    // EPIC's constant -γM is left out: no correlation sees it.
    return finite(
      Float64Array.from(
        batch,
        ({ state, action, nextState }) =>
          reward(state, action, nextState) + gamma * meanFrom(nextState) - meanFrom(state),
      ),
    );
  };
  const c1 = canonical(r1);
  const c2 = canonical(r2);
  const x = new Float64Array(batch.length);
  const y = new Float64Array(batch.length);
  const distance = (units: Int32Array) => {
    for (let i = 0; i < units.length; i++) {
      x[i] = c1[units[i]];
      y[i] = c2[units[i]];
    }
    return pearsonDistance(x, y);
  };
  return bootstrapUnits(batch.length, distance, { resamples });
}

/** A sampled distance, and how large it would be if there were none. */
export interface SampledDistance extends Estimate {
  /**
   * Distance of a reward from a freshly estimated copy of itself, the larger of the two: absolute values turn noise
   * into distance, so below this nothing can be told. Errors of the value functions are not in it.
   */
  noiseFloor: number;
}

/**
 * STARC distance `VAL-p-p` from samples, for rewards of any kind of state, given the values of one fixed policy under
 * either reward (Skalse et al., arXiv 2309.15257, section 4.2 and its Reacher experiment). The advantage
 * E[R(s,a,S') + γ V(S') - V(s)] is averaged over `successors` draws of S'; norms and distance come from separate samples.
 *
 * @param simulator states and actions that the norms average over (uniform, as a rule) and steps of the task
 * @param V1 state values under r1 of a fixed policy
 * @param V2 state values under r2 of the same policy
 * @param options.samples state-action pairs for each norm and for the distance
 * @param options.p which norm, 2 unless told
 * @param options.successors draws of the next state for each pair, 1 unless told (right where steps are deterministic)
 * @returns the distance, about [0, 2], with a bootstrap interval over the pairs
 * @throws RangeError for counts that are not positive, a gamma outside [0, 1], or a reward or value that is not finite
 * @example
 * starcSampled(truth, learned, simulator, valueUnderTruth, valueUnderLearned, { samples: 10_000, gamma: 0.99 });
 */
export function starcSampled<S, A>(
  r1: TransitionReward<S, A>,
  r2: TransitionReward<S, A>,
  simulator: TransitionSimulator<S, A>,
  V1: (state: S) => number,
  V2: (state: S) => number,
  {
    samples,
    gamma,
    p = 2,
    successors = 1,
    resamples = 1000,
  }: { samples: number; gamma: number; p?: 1 | 2; successors?: number; resamples?: number },
): SampledDistance {
  assertCount('samples', samples);
  assertCount('successors', successors);
  assertDiscount(gamma);
  const pairs = () => Array.from({ length: samples }, () => ({ state: simulator.state(), action: simulator.action() }));
  const advantages = (at: readonly { state: S; action: A }[]) => {
    const first = new Float64Array(samples);
    const second = new Float64Array(samples);
    at.forEach(({ state, action }, i) => {
      for (let draw = 0; draw < successors; draw++) {
        const next = simulator.step(state, action);
        first[i] += (r1(state, action, next) + gamma * V1(next)) / successors;
        second[i] += (r2(state, action, next) + gamma * V2(next)) / successors;
      }
      first[i] -= V1(state);
      second[i] -= V2(state);
    });
    return [finite(first), finite(second)] as const;
  };

  const forNorms = advantages(pairs());
  const forDistance = pairs();
  const compared = advantages(forDistance);
  const everyone = Int32Array.from({ length: samples }, (_, i) => i);
  const distance = (units: Int32Array) =>
    apart(compared[0], scale(forNorms[0], units, p), compared[1], scale(forNorms[1], units, p), units, p);
  const estimate = bootstrapUnits(samples, distance, { resamples });

  const copyForNorms = advantages(pairs());
  const copy = advantages(forDistance);
  const floor = (k: 0 | 1) =>
    apart(compared[k], scale(forNorms[k], everyone, p), copy[k], scale(copyForNorms[k], everyone, p), everyone, p);
  return { ...estimate, noiseFloor: Math.max(floor(0), floor(1)) };
}

/** One over the p-norm per unit; 0 for a reward that is zero wherever it was looked at. */
function scale(values: Float64Array, units: Int32Array, p: 1 | 2): number {
  const size = apart(values, 1, values, 0, units, p);
  return size > 0 ? 1 / size : 0;
}

/** (mean over units of |a x - b y|^p)^(1/p). */
function apart(x: Float64Array, a: number, y: Float64Array, b: number, units: Int32Array, p: 1 | 2): number {
  let sum = 0;
  for (let i = 0; i < units.length; i++) {
    const difference = Math.abs(a * x[units[i]] - b * y[units[i]]);
    sum += p === 1 ? difference : difference * difference;
  }
  return p === 1 ? sum / units.length : Math.sqrt(sum / units.length);
}

function finite(values: Float64Array): Float64Array {
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) throw new RangeError(`rewards and values must be finite, got ${values[at]} at sample ${at}`);
  return values;
}

function assertDiscount(gamma: number): void {
  if (!(gamma >= 0 && gamma <= 1)) throw new RangeError(`gamma must lie in [0, 1], got ${gamma}`);
}

function assertCount(name: string, count: number): void {
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`${name} must be a positive whole number, got ${count}`);
}
