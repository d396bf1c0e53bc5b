import { type HeronOptions, heron, type Signals } from '@laurel/core/model';
import { type PpoReport, ppo, type Rollout } from '@laurel/core/policy';
import { type HierarchicalComparator, intransitivity } from '@laurel/core/reward';
import { Random, RunningMoments } from '@laurel/core/stats';
import { CONTROL, type ControlName, evaluate, PPO } from './worlds.ts';

/** How signals become a reward; `native` learns from the score itself. */
export type ControlMethod = 'heron' | 'flat' | 'linear' | 'z-scored' | 'native';

export interface ControlRun {
  world: ControlName;
  method: ControlMethod;
  /** Indices of the signals, most important first. */
  order: readonly number[];
  /** Margin of comparisons, in deviations. */
  kappa: number;
  beta: number;
  /** What each signal is multiplied by. */
  factors: readonly number[];
  steps: number;
  /** Of the evaluation. */
  episodes: number;
  seed: number;
}

export interface ControlOutcome {
  /** Mean native return of the policy, its actions drawn. */
  score: number;
  /** Mean native reward of a transition while learning, by transitions so far. */
  curve: { steps: number; reward: number }[];
  /** Of the comparisons at the end; null for rewards that are not learned from any. */
  comparisons: Comparisons | null;
}

export interface Comparisons {
  /** Share of pairs decided by each level, and by none. */
  levelUsage: number[];
  /** Of the reward model on transitions it has not seen. */
  heldOutAccuracy: number | null;
  /** Share of decided triples that run in a circle. */
  circles: number | null;
}

/** Trains a policy on one reward and scores it. `onProgress` may throw to stop. */
export function runControl(run: ControlRun, onProgress: (report: PpoReport, fraction: number) => void): ControlOutcome {
  const { env, ppo: settings } = CONTROL[run.world];
  const curve: ControlOutcome['curve'] = [];
  const onIteration = (report: PpoReport) => {
    curve.push({ steps: report.steps, reward: report.nativeReward });
    onProgress(report, Math.min(1, report.steps / run.steps));
  };
  const shared = { ...PPO, ...settings, env, seed: run.seed, steps: run.steps, onIteration };
  if (run.method === 'heron' || run.method === 'flat') {
    // Every transition is kept: in runs this short the authors' replay buffer forgets nothing either.
    const result = heron({ ...shared, hierarchy: hierarchyOf(run), buffer: Math.max(run.steps, 2) });
    try {
      const { levelUsage, heldOutAccuracy } = result.reports[result.reports.length - 1];
      const circles = circlesIn(result.comparator, result.signals, new Random(run.seed, 'heron circles'));
      return {
        score: evaluate(env, run.episodes, result.agent),
        curve,
        comparisons: { levelUsage, heldOutAccuracy, circles },
      };
    } finally {
      result.dispose();
    }
  }
  const agent = ppo(run.method === 'native' ? shared : { ...shared, reward: weightedSum(run) });
  try {
    return { score: evaluate(env, run.episodes, agent), curve, comparisons: null };
  } finally {
    agent.dispose();
  }
}

/** The tree of HERON, or the single level of a flat preference: the plain sum of the signals. */
function hierarchyOf({ world, method, order, kappa, factors }: ControlRun): HeronOptions['hierarchy'] {
  const { signs } = CONTROL[world];
  if (method === 'flat') {
    const total = (z: Signals) => z.reduce((sum, x, l) => sum + signs[l] * factors[l] * x, 0);
    return [{ name: 'sum', value: total, margin: { std: kappa } }];
  }
  return order.map((l) => ({
    name: `signal ${l}`,
    value: (z) => factors[l] * z[l],
    direction: signs[l] > 0 ? 'max' : 'min',
    margin: { std: kappa },
  }));
}

/** Σ β^rank s z over raw signals, or over signals standardised by their running mean and deviation. */
function weightedSum({ world, method, order, beta, factors }: ControlRun): (rollout: Rollout) => Float64Array {
  const { signs } = CONTROL[world];
  const moments = signs.map(() => new RunningMoments());
  // As HERON's learned reward is: neither side gains from where its zero lies.
  const total = new RunningMoments({ memory: 0.9 });
  return ({ size, signals }) => {
    const rewards = new Float64Array(size);
    order.forEach((l, rank) => {
      const z = Float64Array.from({ length: size }, (_, at) => factors[l] * signals[at * signs.length + l]);
      moments[l].push(z);
      const unit = method === 'linear' ? 1 : moments[l].standardDeviation || 1;
      for (let at = 0; at < size; at++) rewards[at] += (beta ** rank * signs[l] * z[at]) / unit;
    });
    total.push(rewards);
    const deviation = total.standardDeviation || 1;
    return rewards.map((r) => (r - total.mean) / deviation);
  };
}

/** Share of circles among random triples of a sample. */
function circlesIn(
  comparator: HierarchicalComparator<Signals>,
  signals: readonly Signals[],
  rng: Random,
): number | null {
  const sample = Array.from({ length: 200 }, () => rng.pick(signals));
  return intransitivity(comparator, sample, 2000, rng);
}
