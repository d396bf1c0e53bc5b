import { type ActionSpace, actionSize } from '../env/index.ts';
import { ndarray } from '../nn/index.ts';
import { type ActorCritic, type PpoOptions, type PpoReport, ppo, type Rollout } from '../policy/index.ts';
import { type HierarchicalComparator, hierarchicalComparator, type Signal } from '../reward/index.ts';
import { Random } from '../stats/index.ts';
import { type PreferenceRewardModel, preferenceRewardModel } from './preference.ts';

/** The signals of one transition, in the environment's order. */
export type Signals = Float64Array;

export interface HeronOptions extends Omit<PpoOptions, 'reward' | 'onIteration'> {
  /** Most important first; `value` is given the environment's signals of a transition. */
  hierarchy: readonly Signal<Signals>[];
  /** Updates of the reward model between policy updates, 16 unless told. */
  batches?: number;
  /** Transitions in an update; all their pairs are compared. 64 unless told. */
  batch?: number;
  /** Transitions kept for comparison, newest first to stay; 8,192 unless told. */
  buffer?: number;
  /** Of the reward model, 1e-3 unless told. */
  modelLearningRate?: number;
  onIteration?: (report: HeronReport, agent: ActorCritic) => void;
}

/** What one iteration did. */
export interface HeronReport extends PpoReport {
  /** Accuracy of the reward model on new transitions before it learns from them; null where no pair was decided. */
  heldOutAccuracy: number | null;
  /** Share of the pairs decided by each level; the last entry is the share that none decided. */
  levelUsage: number[];
}

export interface HeronResult {
  agent: ActorCritic;
  model: PreferenceRewardModel;
  comparator: HierarchicalComparator<Signals>;
  reports: HeronReport[];
  /** Signals of the transitions in the buffer, oldest first. */
  signals: readonly Signals[];
  /** Disposes the policy and the reward model. */
  dispose(): void;
}

/**
 * HERON (Bukharin et al. 2023, arXiv 2309.02632), online: after each round of acting, transitions are compared by a
 * hierarchy of signals, the comparisons train a reward model on what the policy sees and does (not on the signals, so it
 * has to generalise), and its normalised output is the reward of PPO. The signals' scales play no part.
 *
 * @returns the policy and the reward model; whoever asked for them disposes them
 * @example
 * const result = heron({
 *   env: intersection, seed: 0, steps: 40_000, discount: 0.95,
 *   hierarchy: [
 *     { name: 'queue', value: (z) => z[0], direction: 'min', margin: { std: 0.5 } },
 *     { name: 'wait', value: (z) => z[1], direction: 'min', margin: { std: 0.5 } },
 *   ],
 * });
 * result.reports.at(-1)?.levelUsage; // such as [0.6, 0.3, 0.1]
 * result.dispose();
 */
export function heron({
  hierarchy,
  batches = 16,
  batch = 64,
  buffer = 8192,
  modelLearningRate = 1e-3,
  onIteration = () => {},
  ...options
}: HeronOptions): HeronResult {
  for (const [name, value] of Object.entries({ batches, batch, buffer })) {
    if (!Number.isInteger(value) || value < 2) {
      throw new RangeError(`${name} must be a whole number from 2, got ${value}`);
    }
  }
  const comparator = hierarchicalComparator(hierarchy);
  const { observation, actions } = options.env();
  const features = featureCount(observation.length, actions);
  const { seed } = options;
  const model = preferenceRewardModel({ features, seed, learningRate: modelLearningRate, normalize: true });
  const kept: Transition[] = [];
  const chance = new Random(seed, 'heron');
  const reports: HeronReport[] = [];
  let latest: Pick<HeronReport, 'heldOutAccuracy' | 'levelUsage'> = { heldOutAccuracy: null, levelUsage: [] };

  const draw = (from: readonly Transition[]) => {
    const drawn = Array.from({ length: batch }, () => chance.pick(from));
    const items = new Float32Array(batch * features);
    drawn.forEach((transition, i) => {
      items.set(transition.features, i * features);
    });
    const { wins, decidedBy } = comparator.comparePairs(drawn.map(({ signals }) => signals));
    return { items: ndarray(items, [batch, 1, features]), wins, decidedBy };
  };
  const reward = (rollout: Rollout): Float32Array => {
    const rows = transitionFeatures(rollout, actions);
    const fresh = transitionsOf(rollout, rows, features);
    kept.push(...fresh);
    kept.splice(0, kept.length - buffer);
    comparator.fit(kept.map(({ signals }) => signals));
    const held = draw(fresh);
    const usage = new Float64Array(comparator.names.length + 1);
    const heldOutAccuracy = model.evaluate(held.items, held.wins)?.accuracy ?? null;
    for (let i = 0; i < batches; i++) {
      const { items, wins, decidedBy } = draw(kept);
      model.update(items, wins);
      for (let l = 0; l < usage.length; l++) usage[l] += decidedBy[l];
    }
    const pairs = usage.reduce((sum, count) => sum + count, 0);
    latest = { heldOutAccuracy, levelUsage: Array.from(usage, (count) => count / pairs) };
    const table = ndarray(rows, [rollout.size, features]);
    model.calibrate(table);
    return model.reward(table);
  };
  try {
    const agent = ppo({
      ...options,
      reward,
      onIteration: (report, learner) => {
        reports.push({ ...report, ...latest });
        onIteration(reports[reports.length - 1], learner);
      },
    });
    return {
      agent,
      model,
      comparator,
      reports,
      signals: kept.map(({ signals }) => signals),
      dispose: () => {
        agent.dispose();
        model.dispose();
      },
    };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

interface Transition {
  signals: Signals;
  features: Float32Array;
}

function featureCount(observationSize: number, actions: ActionSpace): number {
  return 2 * observationSize + (actions.kind === 'discrete' ? actions.n : actionSize(actions));
}

/** What was seen, what was done (one-hot where discrete, cut off to ±1 where not), and what was seen next, row by row. */
function transitionFeatures(rollout: Rollout, space: ActionSpace): Float32Array {
  const { size, observations, actions, nextObservations } = rollout;
  const seen = observations.length / size;
  const width = featureCount(seen, space);
  const out = new Float32Array(size * width);
  for (let at = 0; at < size; at++) {
    const row = out.subarray(at * width, (at + 1) * width);
    row.set(observations.subarray(at * seen, (at + 1) * seen));
    row.set(nextObservations.subarray(at * seen, (at + 1) * seen), width - seen);
    if (space.kind === 'discrete') row[seen + actions[at]] = 1;
    else {
      for (let k = 0; k < space.dimensions; k++) {
        row[seen + k] = Math.max(-1, Math.min(1, actions[at * space.dimensions + k]));
      }
    }
  }
  return out;
}

function transitionsOf({ size, signals }: Rollout, rows: Float32Array, features: number): Transition[] {
  const width = signals.length / size;
  return Array.from({ length: size }, (_, at) => ({
    signals: signals.slice(at * width, (at + 1) * width),
    features: rows.subarray(at * features, (at + 1) * features),
  }));
}
