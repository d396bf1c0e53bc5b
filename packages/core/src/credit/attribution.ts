export interface Attribution {
  /** ĉ_t, the predicted contribution of each step to the episode's reward. */
  contributions: ArrayLike<number>;
  /** g_t, whether the environment carried out each step's action; null (unless told) leaves that term out. */
  executed?: readonly boolean[] | null;
  /** Weight of the contributions; 1 unless told. */
  alpha?: number;
  /** Reward of an action that was carried out; 0.2 unless told. Keep β times the longest episode well below a success. */
  beta?: number;
  /** The episode's reward R; given, each contribution is moved by (R - Σ ĉ) / n so that they sum to it. */
  total?: number | null;
}

/**
 * Dense rewards of an agent's episode by stepwise progress attribution (SPA, Wang et al. 2025, arXiv 2505.20732):
 * r_t = α ĉ_t + β g_t, contributions of an estimator whose sum was fitted to the episode's reward, and a bonus for actions
 * that the environment accepts. Without the bonus, and with a sum that is right, the expected policy gradient is that of
 * the terminal reward; bias comes from a misfit, which `total` removes, or from the bonus, which pays for long episodes.
 *
 * @returns one reward a step; `stepRewardsToTokens` lays them out
 * @throws RangeError for numbers that are not finite or flags that are not one a step
 * @example
 * redistribute({ contributions: [0.25, 0.5], executed: [true, false], beta: 0.5 }); // [0.75, 0.5]
 * redistribute({ contributions: [0.25, 0.5], total: 1 }); // [0.375, 0.625]
 */
export function redistribute({
  contributions,
  executed = null,
  alpha = 1,
  beta = 0.2,
  total = null,
}: Attribution): Float64Array {
  for (const [name, value] of Object.entries({ alpha, beta, total: total ?? 0 })) {
    if (!Number.isFinite(value)) throw new RangeError(`${name} must be finite, got ${value}`);
  }
  const n = contributions.length;
  if (executed !== null && executed.length !== n) {
    throw new RangeError(`executed must hold one flag a step, ${n}, got ${executed.length}`);
  }
  const rewards = new Float64Array(contributions);
  let sum = 0;
  rewards.forEach((contribution, t) => {
    if (!Number.isFinite(contribution)) {
      throw new RangeError(`contributions[${t}] must be finite, got ${contribution}`);
    }
    sum += contribution;
  });
  const missing = total === null ? 0 : (total - sum) / n;
  return rewards.map((contribution, t) => alpha * (contribution + missing) + (executed?.[t] ? beta : 0));
}

/**
 * The episode's reward in equal parts, R / n a step.
 *
 * @throws RangeError for a reward that is not finite or a number of steps that is not positive and whole
 * @example
 * uniformRewards(1, 4); // [0.25, 0.25, 0.25, 0.25]
 */
export function uniformRewards(total: number, steps: number): Float64Array {
  return episode(total, steps).fill(total / steps);
}

/**
 * The episode's reward on its last step and nothing before. Errors as `uniformRewards`.
 *
 * @example
 * terminalRewards(1, 3); // [0, 0, 1]
 */
export function terminalRewards(total: number, steps: number): Float64Array {
  const rewards = episode(total, steps);
  rewards[steps - 1] = total;
  return rewards;
}

/**
 * The episode's reward by what each step changes in its prediction, V_t - V_{t-1} with V_0 = 0 (return decomposition as in
 * RUDDER, Arjona-Medina et al. 2019, arXiv 1806.07857): the first step also gets what was expected from the start. It sums
 * to the last value, which is R where that is known.
 *
 * @param values expected reward of the episode after each step
 * @throws RangeError for a value that is not finite
 * @example
 * valueDifferences([0.5, 0.25, 1]); // [0.5, -0.25, 0.75]
 */
export function valueDifferences(values: ArrayLike<number>): Float64Array {
  const differences = new Float64Array(values);
  for (let t = differences.length - 1; t >= 0; t--) {
    if (!Number.isFinite(values[t])) throw new RangeError(`values[${t}] must be finite, got ${values[t]}`);
    if (t > 0) differences[t] -= values[t - 1];
  }
  return differences;
}

function episode(total: number, steps: number): Float64Array {
  if (!Number.isFinite(total)) throw new RangeError(`total must be finite, got ${total}`);
  if (!(Number.isInteger(steps) && steps >= 1))
    throw new RangeError(`steps must be at least 1 and whole, got ${steps}`);
  return new Float64Array(steps);
}
