import { type TabularModel, type Tabulated, tabularModel } from './tabular.ts';

/**
 * States that some policy reaches from `mu0` with positive probability, in ascending order.
 *
 * @example
 * reachableStates(model).length === model.nS; // nothing to drop
 */
export function reachableStates({ nS, nA, T, mu0 }: TabularModel): Int32Array {
  const reached = new Uint8Array(nS);
  const queue: number[] = [];
  for (let s = 0; s < nS; s++) {
    if (mu0[s] > 0) queue.push(s);
  }
  for (const s of queue) reached[s] = 1;
  for (let head = 0; head < queue.length; head++) {
    const base = queue[head] * nA * nS;
    for (let i = 0; i < nA * nS; i++) {
      const next = i % nS;
      if (T[base + i] > 0 && !reached[next]) {
        reached[next] = 1;
        queue.push(next);
      }
    }
  }
  return Int32Array.from(queue).sort();
}

/**
 * The model without the states no policy reaches; `states` holds the old index of each one kept. A reward follows by
 * its function, so that indices cannot get out of step.
 *
 * @example
 * const kept = dropUnreachable(model);
 * const reward = tabulateReward((s, a, next) => R[(s * model.nA + a) * model.nS + next], kept);
 */
export function dropUnreachable(model: TabularModel): Tabulated<number, number> {
  const { nS, nA, gamma, T, mu0 } = model;
  const states = [...reachableStates(model)];
  const rows = states.length * nA;
  const kept = tabularModel({
    nS: states.length,
    nA,
    gamma,
    T: Float64Array.from({ length: rows * states.length }, (_, at) => {
      const row = Math.floor(at / states.length);
      return T[(states[Math.floor(row / nA)] * nA + (row % nA)) * nS + states[at % states.length]];
    }),
    mu0: Float64Array.from(states, (s) => mu0[s]),
  });
  const index = new Map(states.map((s, i) => [s, i]));
  const indexOf = (state: number) => {
    const at = index.get(state);
    if (at === undefined) throw new RangeError(`state must be reachable, got ${state}`);
    return at;
  };
  return { ...kept, states, actions: Array.from({ length: nA }, (_, a) => a), indexOf };
}
