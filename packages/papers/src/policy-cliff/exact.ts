import {
  actionGaps,
  rewardDistance,
  rewardOfQ,
  slackerWitnesses,
  tieBreakPerturbation,
  totalVariation,
  worstCaseRegret,
} from '@laurel/core/assess';
import { randomModel, type TabularModel } from '@laurel/core/env';
import {
  optimalQ,
  policyIteration,
  policyReturn,
  rowMaximum,
  softPlan,
  tieTolerance,
  uniformGreedyPolicy,
} from '@laurel/core/policy';
import { Random } from '@laurel/core/stats';

/** Sizes of the perturbations along which Lipschitz bounds are tried. */
const directionSizes = [1e-3, 1e-2, 0.1, 1];
/** Temperatures of the soft policies whose bounds are tried. */
const temperatures = [0.05, 0.2, 1];
/** Bonuses that break planted ties. */
const nudges = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1];
/** Perturbations in units of the stability radius; those below 1 must change nothing. */
export const radii = [0.5, 0.99, 3, 10, 30, 100];
/** Temperatures of the trade-off between stability and return. */
export const priced = [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3];
/** Directions tried at every radius. */
const DIRECTIONS = 5;

/** Everything part A measures on one random MDP. */
export interface ExactOutcome {
  /** Measured change over its bound, the largest met: at most 1 if the bound holds. */
  ratios: {
    values: number;
    /** The same for a reward moved everywhere alike, where the bound of values is attained. */
    valuesUniform: number;
    entropy: number;
    /** Against the sharper tanh(‖ΔQ‖/2α), ours. */
    entropySharp: number;
    kl: number;
  };
  ties: TieOutcome[];
  /** Share of directions in which the greedy policy changed, by `radii`. */
  changed: number[];
  /** Return lost to entropy and its bound α log|A|/(1 - γ), by `priced`. */
  price: { lost: number; bound: number }[];
  slacker: { witnesses: number; smallestGain: number | null; shortfall: number };
}

/** One planted tie, broken by one bonus. */
export interface TieOutcome {
  tied: number;
  epsilon: number;
  /** How far the new reward is from the old, over ε(1 + γ). */
  moved: number;
  /** ‖Q* - Qε‖: the recipe gives the values it says. */
  valueError: number;
  /** Total variation at the tie, and the most at any other state. */
  jump: number;
  elsewhere: number;
  /** VAL-2-2 distance between the rewards, and the worst that trusting the new one can cost, over the range of returns. */
  distance: number;
  regret: number;
}

/** Part A on one random MDP: 12 states, 4 actions, γ = 0.9 unless told, Dirichlet(0.3) transitions, normal rewards. */
export function exactOutcome(
  size: { states: number; actions: number; discount: number },
  seed: number,
  mdp: number,
): ExactOutcome {
  const rng = new Random(seed, 'exact', mdp);
  const model = randomModel({ nS: size.states, nA: size.actions, gamma: size.discount, concentration: 0.3 }, rng);
  const reward = normals(model, rng);
  return {
    ratios: boundRatios(model, reward, rng),
    ties: [2, 3, 4].filter((m) => m <= size.actions).flatMap((m) => brokenTies(model, reward, m, rng)),
    changed: changedByRadius(model, reward, rng),
    price: priced.map((alpha) => priceOf(model, reward, alpha)),
    slacker: slackerOutcome(model, reward, rng),
  };
}

function normals({ nS, nA }: TabularModel, rng: Random): Float64Array {
  return Float64Array.from({ length: nS * nA }, () => rng.normal());
}

/** A random direction of sup norm one. */
function direction(reward: Float64Array, rng: Random): Float64Array {
  const out = reward.map(() => rng.between(-1, 1));
  const size = supNorm(out);
  return out.map((value) => value / size);
}

function boundRatios(model: TabularModel, reward: Float64Array, rng: Random): ExactOutcome['ratios'] {
  const { nA, gamma } = model;
  const base = new Float64Array(reward.length);
  for (let s = 0; s < model.nS; s++) base.set(rng.dirichlet(nA), s * nA);
  const Q = optimalQ(model, reward);
  const up = direction(reward, rng);
  const ratios = { values: 0, valuesUniform: 0, entropy: 0, entropySharp: 0, kl: 0 };
  const raise = (name: keyof typeof ratios, ratio: number) => {
    ratios[name] = Math.max(ratios[name], ratio);
  };
  for (const size of directionSizes) {
    const moved = reward.map((value, i) => value + size * up[i]);
    raise('values', (supDistance(optimalQ(model, moved), Q) * (1 - gamma)) / size);
    const lifted = reward.map((value) => value + size);
    raise('valuesUniform', (supDistance(optimalQ(model, lifted), Q) * (1 - gamma)) / size);
    for (const alpha of temperatures) {
      const soft = [softPlan(model, reward, { alpha }), softPlan(model, moved, { alpha })];
      const bound = size / (2 * alpha * (1 - gamma));
      const variation = mostVariation(model, soft[0].policy, soft[1].policy);
      raise('entropy', variation / bound);
      raise('entropySharp', variation / Math.tanh(supDistance(soft[0].Q, soft[1].Q) / (2 * alpha)));
      const near = [softPlan(model, reward, { alpha, base }), softPlan(model, moved, { alpha, base })];
      raise('kl', mostVariation(model, near[0].policy, near[1].policy) / bound);
    }
  }
  return ratios;
}

/** A reward with a tie of m actions at a random state, made from the values of another. */
function plantTie(model: TabularModel, reward: Float64Array, m: number, rng: Random) {
  const { nS, nA } = model;
  const Q = optimalQ(model, reward).slice();
  const state = rng.int(nS);
  const actions = rng.shuffle(Array.from({ length: nA }, (_, a) => a)).slice(0, m);
  const top = rowMaximum(Q, state, nA) + 1;
  for (const action of actions) Q[state * nA + action] = top;
  return { state, actions, Q, tied: rewardOfQ(model, Q) };
}

function brokenTies(model: TabularModel, reward: Float64Array, m: number, rng: Random): TieOutcome[] {
  const { nA, gamma } = model;
  const { state, actions, Q, tied } = plantTie(model, reward, m, rng);
  const before = uniformGreedyPolicy(model, Q, tieTolerance(model, Q));
  return nudges.map((epsilon) => {
    const nudged = tieBreakPerturbation(model, tied, state, actions[0], epsilon);
    const lifted = Q.slice();
    lifted[state * nA + actions[0]] += epsilon;
    const after = optimalQ(model, nudged);
    const jumped = uniformGreedyPolicy(model, after, tieTolerance(model, after));
    const variations = variationByState(model, before, jumped);
    return {
      tied: m,
      epsilon,
      moved: supDistance(nudged, tied) / (epsilon * (1 + gamma)),
      valueError: supDistance(after, lifted),
      jump: variations[state],
      elsewhere: Math.max(...variations.filter((_, s) => s !== state)),
      distance: rewardDistance(model, bySuccessor(model, tied), bySuccessor(model, nudged)),
      regret: worstCaseRegret(model, tied, nudged).normalised,
    };
  });
}

function changedByRadius(model: TabularModel, reward: Float64Array, rng: Random): number[] {
  const { nS, nA } = model;
  const { gap, stabilityRadius } = actionGaps(model, reward);
  const { policy, Q } = policyIteration(model, reward);
  // One direction aims at the closest call: for the runner-up, against the winner.
  const aimed = direction(reward, rng).map(Math.sign);
  const closest = gap.indexOf(Math.min(...gap));
  const rivals = Array.from({ length: nA }, (_, a) => a).filter((a) => a !== policy[closest]);
  const runnerUp = rivals.reduce((a, b) => (Q[closest * nA + b] > Q[closest * nA + a] ? b : a));
  aimed[closest * nA + policy[closest]] = -1;
  aimed[closest * nA + runnerUp] = 1;
  const directions = [aimed, ...Array.from({ length: DIRECTIONS - 1 }, () => direction(reward, rng))];
  return radii.map((radius) => {
    const changes = directions.map((up) => {
      const moved = policyIteration(
        model,
        reward.map((value, i) => value + radius * stabilityRadius * up[i]),
      ).policy;
      return Array.from({ length: nS }, (_, s) => s).some((s) => moved[s] !== policy[s]);
    });
    return changes.filter(Boolean).length / changes.length;
  });
}

function priceOf(model: TabularModel, reward: Float64Array, alpha: number): { lost: number; bound: number } {
  const soft = policyReturn(model, reward, softPlan(model, reward, { alpha }).policy);
  return {
    lost: policyIteration(model, reward).J - soft,
    bound: (alpha * Math.log(model.nA)) / (1 - model.gamma),
  };
}

/** Trains on a reward with a tie while a random part of the truth is missing from it. */
function slackerOutcome(model: TabularModel, reward: Float64Array, rng: Random): ExactOutcome['slacker'] {
  const { tied } = plantTie(model, reward, 2, rng);
  const missing = normals(model, rng);
  const { policy } = policyIteration(model, tied);
  const complete = tied.map((value, i) => value + missing[i]);
  const witnesses = slackerWitnesses(model, tied, missing, policy);
  return {
    witnesses: witnesses.length,
    smallestGain: witnesses.at(-1)?.gain ?? null,
    shortfall: policyIteration(model, complete).J - policyReturn(model, complete, policy),
  };
}

/** A reward [s][a] as [s][a][s']. */
function bySuccessor({ nS, nA }: TabularModel, reward: Float64Array): Float64Array {
  return Float64Array.from({ length: nS * nA * nS }, (_, at) => reward[Math.floor(at / nS)]);
}

function variationByState({ nS, nA }: TabularModel, p: Float64Array, q: Float64Array): number[] {
  return Array.from({ length: nS }, (_, s) =>
    totalVariation(p.subarray(s * nA, (s + 1) * nA), q.subarray(s * nA, (s + 1) * nA)),
  );
}

function mostVariation(model: TabularModel, p: Float64Array, q: Float64Array): number {
  return Math.max(...variationByState(model, p, q));
}

function supNorm(x: Float64Array): number {
  return x.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}

function supDistance(x: Float64Array, y: Float64Array): number {
  return supNorm(x.map((value, i) => value - y[i]));
}
