/** What `plantedSequence` is told. */
export interface PlantedSequenceOptions {
  /** What has to be written somewhere, token after token; 3, 6, 0, 3, 5 unless told. */
  planted?: readonly number[];
  /** Tokens, numbered from 0; the last one ends the sequence. 15 unless told. */
  vocabulary?: number;
  /** Most tokens of a sequence; 10 unless told. */
  horizon?: number;
}

/** A world of one long word: a sequence succeeds when it contains the planted one. */
export interface PlantedSequence {
  readonly planted: readonly number[];
  readonly vocabulary: number;
  readonly horizon: number;
  /** The token that ends a sequence. */
  readonly end: number;
  /**
   * Number of states of the search: 0 to n - 1 tokens of the planted n at the end of what is written, n once it was
   * written whole, n + 1 once the sequence has ended without it. What comes next depends on nothing else.
   */
  readonly states: number;
  /** The state after one more token. Both last states stay. */
  next(state: number, token: number): number;
  /** Whether the planted sequence occurs. */
  succeeds(tokens: ArrayLike<number>): boolean;
}

/**
 * The planted sub-sequence of Setlur et al. 2024 (arXiv 2410.08146, its didactic task): reward 1 for a sequence in which a secret
 * one occurs without gaps, 0 for all others. Sparse, and with partial progress that only somebody who could finish
 * can see.
 *
 * @throws RangeError for a planted sequence that is empty, longer than the horizon, or has tokens that cannot stand in it
 * @example
 * const world = plantedSequence();
 * world.succeeds([1, 3, 6, 0, 3, 5, 14]); // true
 */
export function plantedSequence({
  planted = [3, 6, 0, 3, 5],
  vocabulary = 15,
  horizon = 10,
}: PlantedSequenceOptions = {}): PlantedSequence {
  for (const [name, value] of Object.entries({ vocabulary, horizon })) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(`${name} must be a positive whole number, got ${value}`);
    }
  }
  const n = planted.length;
  if (n < 1 || n > horizon) throw new RangeError(`planted must hold 1 to ${horizon} tokens, got ${n}`);
  const end = vocabulary - 1;
  for (const [i, token] of planted.entries()) {
    if (!(Number.isInteger(token) && token >= 0 && token < end)) {
      throw new RangeError(`planted[${i}] must be a whole number from 0 to ${end - 1}, got ${token}`);
    }
  }
  const table = automaton(planted, vocabulary);
  const next = (state: number, token: number) => {
    if (!(token >= 0 && token < vocabulary)) {
      throw new RangeError(`token must be a whole number from 0 to ${vocabulary - 1}, got ${token}`);
    }
    return table[state * vocabulary + token];
  };
  return {
    planted,
    vocabulary,
    horizon,
    end,
    states: n + 2,
    next,
    succeeds: (tokens) => {
      let state = 0;
      for (let t = 0; t < tokens.length; t++) state = next(state, tokens[t]);
      return state === n;
    },
  };
}

/** Knuth, Morris & Pratt 1977: how much of the planted sequence stands at the end after each token. */
function automaton(planted: readonly number[], vocabulary: number): Int32Array {
  const n = planted.length;
  const table = new Int32Array((n + 2) * vocabulary);
  table.fill(n, n * vocabulary, (n + 1) * vocabulary).fill(n + 1, (n + 1) * vocabulary);
  // Where one would be with all but the first token: what is left of a match that breaks.
  let shorter = 0;
  for (let state = 0; state < n; state++) {
    for (let token = 0; token < vocabulary; token++) {
      table[state * vocabulary + token] = state === 0 ? 0 : table[shorter * vocabulary + token];
    }
    if (state > 0) shorter = table[shorter * vocabulary + planted[state]];
    table[state * vocabulary + planted[state]] = state + 1;
    table[state * vocabulary + vocabulary - 1] = n + 1;
  }
  return table;
}

/**
 * Probabilities of the next token under a policy that knows the planted sequence more or less: weight `strength` on the token that goes on with
 * the match, 1 on each other (arXiv 2410.08146). Strength 1 knows nothing, the larger the better. Once
 * nothing can be gained any more, all tokens are as likely.
 *
 * @param strength at least 0
 * @throws RangeError for a strength that is negative or not finite
 * @example
 * plantedPolicy(plantedSequence(), 10, 2); // 10/24 for token 0, 1/24 for each other
 */
export function plantedPolicy({ planted, vocabulary }: PlantedSequence, strength: number, state: number): Float64Array {
  assertStrength(strength);
  if (state >= planted.length) return new Float64Array(vocabulary).fill(1 / vocabulary);
  const total = strength + vocabulary - 1;
  const policy = new Float64Array(vocabulary).fill(1 / total);
  policy[planted[state]] = strength / total;
  return policy;
}

/**
 * How likely the policy of this strength is to succeed from each state, exactly, by dynamic programming.
 *
 * @returns [horizon + 1, states] by rows: row r for r tokens that may still be written
 * @throws RangeError as `plantedPolicy`
 * @example
 * const world = plantedSequence();
 * plantedValues(world, 10)[world.horizon * world.states]; // 0.0455 from the start
 */
export function plantedValues(world: PlantedSequence, strength: number): Float64Array {
  const { planted, vocabulary, horizon, states, next } = world;
  const found = planted.length;
  const values = new Float64Array((horizon + 1) * states);
  const policies = planted.map((_, state) => plantedPolicy(world, strength, state));
  for (let left = 0; left <= horizon; left++) {
    values[left * states + found] = 1;
    if (left === 0) continue;
    policies.forEach((policy, state) => {
      let value = 0;
      for (let token = 0; token < vocabulary; token++) {
        value += policy[token] * values[(left - 1) * states + next(state, token)];
      }
      values[left * states + state] = Math.min(1, value);
    });
  }
  return values;
}

function assertStrength(strength: number): void {
  if (!(strength >= 0 && strength < Infinity)) {
    throw new RangeError(`strength must be at least 0 and finite, got ${strength}`);
  }
}
