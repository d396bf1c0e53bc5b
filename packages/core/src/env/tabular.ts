import type { TransitionReward } from '../reward/index.ts';

/**
 * A finite Markov decision process without its reward: nS states, nA actions (all allowed everywhere), discount
 * `gamma` in [0, 1). Continuing: a terminal state is one whose every action leads back to itself, and its reward is 0.
 */
export interface TabularModel {
  readonly nS: number;
  readonly nA: number;
  readonly gamma: number;
  /** Transition probabilities τ(s'|s,a) at `(s * nA + a) * nS + s'`. */
  readonly T: Float64Array;
  /** Distribution of the first state. */
  readonly mu0: Float64Array;
}

/** How far a distribution's sum may be from one. */
const SUM_TOLERANCE = 1e-9;

/**
 * Checks a model and gives it back. Throws RangeError naming the part that is wrong: sizes, a discount outside [0, 1),
 * rows of `T` or a `mu0` that are no distributions.
 *
 * @example
 * // Two states; action 0 stays, action 1 goes over.
 * tabularModel({ nS: 2, nA: 2, gamma: 0.9, T: Float64Array.of(1, 0, 0, 1, 0, 1, 1, 0), mu0: Float64Array.of(1, 0) });
 */
export function tabularModel<M extends TabularModel>(model: M): M {
  const { nS, nA, gamma, T, mu0 } = model;
  if (!Number.isInteger(nS) || nS < 1) throw new RangeError(`nS must be a positive whole number, got ${nS}`);
  if (!Number.isInteger(nA) || nA < 1) throw new RangeError(`nA must be a positive whole number, got ${nA}`);
  if (!(gamma >= 0 && gamma < 1)) throw new RangeError(`gamma must lie in [0, 1), got ${gamma}`);
  if (T.length !== nS * nA * nS)
    throw new RangeError(`T must hold nS * nA * nS = ${nS * nA * nS} numbers, got ${T.length}`);
  if (mu0.length !== nS) throw new RangeError(`mu0 must hold nS = ${nS} numbers, got ${mu0.length}`);
  for (let row = 0; row < nS * nA; row++) {
    assertDistribution(`T(s=${Math.floor(row / nA)}, a=${row % nA})`, T.subarray(row * nS, (row + 1) * nS));
  }
  assertDistribution('mu0', mu0);
  return model;
}

/** Throws RangeError, with `name`, unless the values are at least 0 and sum to 1. */
export function assertDistribution(name: string, values: Float64Array): void {
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    if (!(values[i] >= 0)) throw new RangeError(`${name}[${i}] must be a probability, got ${values[i]}`);
    total += values[i];
  }
  if (!(Math.abs(total - 1) <= SUM_TOLERANCE)) throw new RangeError(`${name} must sum to 1, got ${total}`);
}

/** Throws RangeError unless the array holds one finite number for each (s, a, s'). */
export function assertTabularReward(model: TabularModel, reward: Float64Array, name = 'reward'): void {
  const { nS, nA } = model;
  if (reward.length !== nS * nA * nS) {
    throw new RangeError(`${name} must hold nS * nA * nS = ${nS * nA * nS} numbers, got ${reward.length}`);
  }
  assertFinite(name, reward);
}

/**
 * The reward of (s, a) as [s][a], averaged over successors: what planning and returns depend on. Takes a reward as
 * [s][a][s'], or as [s][a], which is given back. Throws RangeError for any other size and for numbers that are not
 * finite.
 *
 * @example
 * const r = expectedReward(model, tabulateReward((s, a, next) => (next === 3 ? 1 : 0), model));
 */
export function expectedReward({ nS, nA, T }: TabularModel, reward: Float64Array): Float64Array {
  const pairs = nS * nA;
  if (reward.length !== pairs && reward.length !== pairs * nS) {
    throw new RangeError(
      `reward must hold nS * nA = ${pairs} or nS * nA * nS = ${pairs * nS} numbers, got ${reward.length}`,
    );
  }
  assertFinite('reward', reward);
  if (reward.length === pairs) return reward;
  const expected = new Float64Array(pairs);
  for (let row = 0; row < pairs; row++) {
    const base = row * nS;
    let sum = 0;
    for (let next = 0; next < nS; next++) sum += T[base + next] * reward[base + next];
    expected[row] = sum;
  }
  return expected;
}

/** E[values(S') | s, a] for every (s, a), as [s][a]. */
export function expectedNext({ nS, nA, T }: TabularModel, values: Float64Array): Float64Array {
  if (values.length !== nS) throw new RangeError(`values must hold nS = ${nS} numbers, got ${values.length}`);
  const out = new Float64Array(nS * nA);
  for (let row = 0; row < out.length; row++) {
    const base = row * nS;
    let sum = 0;
    for (let next = 0; next < nS; next++) sum += T[base + next] * values[next];
    out[row] = sum;
  }
  return out;
}

/** A tabular model that knows which states and actions its indices stand for. */
export interface Tabulated<S, A> extends TabularModel {
  readonly states: readonly S[];
  readonly actions: readonly A[];
  /** Index of a state. Throws RangeError for one that cannot be reached. */
  indexOf(state: S): number;
}

/** A world with finitely many reachable states, told by what can happen next rather than as a table. */
export interface FiniteWorld<S, A> {
  readonly actions: readonly A[];
  readonly gamma: number;
  /** First states with their probabilities. */
  readonly start: readonly (readonly [state: S, probability: number])[];
  /** Successors with their probabilities; a successor may occur twice. A terminal state leads to itself. */
  successors(state: S, action: A): readonly (readonly [state: S, probability: number])[];
  /** Text that is equal for equal states; JSON unless given. */
  key?(state: S): string;
}

/**
 * The table of a world: every state that can be reached, breadth first from the starts. (States out of reach would
 * break "two rewards order policies alike": no return depends on them, every distance between rewards would.)
 *
 * @param options.limit most states, 2,000 unless told: the table takes states² x actions numbers
 * @throws RangeError when there are more states, or successors are no distribution
 * @example
 * const model = tabulate(gridworld({ size: 7 }));
 * const reward = tabulateReward((cell, action, next) => (next.x === 6 && next.y === 6 ? 1 : 0), model);
 */
export function tabulate<S, A>(world: FiniteWorld<S, A>, { limit = 2000 }: { limit?: number } = {}): Tabulated<S, A> {
  const keyOf = (state: S) => world.key?.(state) ?? JSON.stringify(state);
  const states: S[] = [];
  const index = new Map<string, number>();
  const visit = (state: S): number => {
    const key = keyOf(state);
    const known = index.get(key);
    if (known !== undefined) return known;
    if (states.length >= limit) throw new RangeError(`world must have at most limit = ${limit} reachable states`);
    index.set(key, states.length);
    return states.push(state) - 1;
  };
  const possible = (outcomes: readonly (readonly [S, number])[]) =>
    outcomes.flatMap(([state, p]): [number, number][] => (p === 0 ? [] : [[visit(state), p]]));

  const starts = possible(world.start);
  const rows: [number, number][][] = [];
  for (let s = 0; s < states.length; s++) {
    for (const action of world.actions) rows.push(possible(world.successors(states[s], action)));
  }
  const nS = states.length;
  const T = new Float64Array(rows.length * nS);
  rows.forEach((row, at) => {
    for (const [next, p] of row) T[at * nS + next] += p;
  });
  const mu0 = new Float64Array(nS);
  for (const [state, p] of starts) mu0[state] += p;
  return tabularModel({
    nS,
    nA: world.actions.length,
    gamma: world.gamma,
    T,
    mu0,
    states,
    actions: world.actions,
    indexOf: (state) => {
      const at = index.get(keyOf(state));
      if (at === undefined) throw new RangeError(`state must be reachable, got ${keyOf(state)}`);
      return at;
    },
  });
}

/**
 * The table of a reward function as [s][a][s'], on every triple: also on impossible ones, which EPIC and DARD look at
 * though no policy ever meets them. With `possibleOnly` those are 0 and the function is not asked.
 * Throws RangeError for a reward that is not finite.
 *
 * @example
 * const steps = tabulateReward(() => -1, model);
 */
export function tabulateReward<S, A>(
  reward: TransitionReward<S, A>,
  model: Tabulated<S, A>,
  options?: { possibleOnly?: boolean },
): Float64Array;
export function tabulateReward(
  reward: TransitionReward,
  model: TabularModel,
  options?: { possibleOnly?: boolean },
): Float64Array;
export function tabulateReward<S, A>(
  reward: TransitionReward<S | number, A | number>,
  model: TabularModel & Partial<Tabulated<S, A>>,
  { possibleOnly = false }: { possibleOnly?: boolean } = {},
): Float64Array {
  const { nS, nA, T, states, actions } = model;
  const out = new Float64Array(nS * nA * nS);
  for (let s = 0, at = 0; s < nS; s++) {
    for (let a = 0; a < nA; a++) {
      for (let next = 0; next < nS; next++, at++) {
        if (possibleOnly && T[at] === 0) continue;
        out[at] = reward(states ? states[s] : s, actions ? actions[a] : a, states ? states[next] : next);
        if (!Number.isFinite(out[at])) {
          throw new RangeError(`reward must be finite, got ${out[at]} for (s, a, s') = (${s}, ${a}, ${next})`);
        }
      }
    }
  }
  return out;
}

function assertFinite(name: string, values: Float64Array): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) throw new RangeError(`${name}[${i}] must be finite, got ${values[i]}`);
  }
}
