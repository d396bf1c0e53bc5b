/** Transitions of several environments side by side: row t, column i at `t * envs + i`, oldest row first. */
export interface Transitions {
  /** How many environments ran side by side. */
  envs: number;
  /** r_t, the reward of the transition. */
  rewards: ArrayLike<number>;
  /** V(s_t). */
  values: ArrayLike<number>;
  /** V of the state the transition led to; where an episode was cut by a time limit that is its last state. */
  nextValues: ArrayLike<number>;
  /** 1 where the transition led to a state from which nothing more can be earned. */
  terminated: ArrayLike<number>;
  /** 1 where the episode ended, by termination or by a time limit. */
  ended: ArrayLike<number>;
}

/**
 * Generalised advantage estimation (Schulman et al. 2016, arXiv 1506.02438, eq. 16):
 * A_t = Σ_k (γλ)^k δ_{t+k} up to the episode's end, δ_t = r_t + γ V(s_{t+1}) - V(s_t). Episodes cut by a time limit keep
 * the value of their last state (Pardo et al. 2018, arXiv 1712.00378); terminated ones do not.
 *
 * @param options.discount γ in [0, 1]
 * @param options.lambda_ λ in [0, 1]: 0 gives one-step advantages, 1 gives returns minus values
 * @returns advantages, and the returns A_t + V(s_t) that a critic is trained on
 * @throws RangeError for lists of different lengths, rows that are not whole, or numbers outside their ranges
 * @example
 * gae({ envs: 1, rewards: [1, 1], values: [0, 0], nextValues: [0, 5], terminated: [0, 0], ended: [0, 1] },
 *   { discount: 1, lambda_: 1 }).advantages; // [7, 6]
 */
export function gae(
  { envs, rewards, values, nextValues, terminated, ended }: Transitions,
  { discount, lambda_ }: { discount: number; lambda_: number },
): { advantages: Float32Array; returns: Float32Array } {
  const n = rewards.length;
  if (!(Number.isInteger(envs) && envs >= 1 && n % envs === 0)) {
    throw new RangeError(`envs must divide the number of rewards, ${n}, got ${envs}`);
  }
  for (const [name, list] of Object.entries({ values, nextValues, terminated, ended })) {
    if (list.length !== n)
      throw new RangeError(`${name} must hold as many numbers as rewards, ${n}, got ${list.length}`);
  }
  for (const [name, share] of Object.entries({ discount, lambda_ })) {
    if (!(share >= 0 && share <= 1)) throw new RangeError(`${name} must lie in [0, 1], got ${share}`);
  }
  const advantages = new Float32Array(n);
  const returns = new Float32Array(n);
  const tail = new Float64Array(envs);
  for (let at = n - 1; at >= 0; at--) {
    const i = at % envs;
    if (ended[at]) tail[i] = 0;
    const delta = rewards[at] + (terminated[at] ? 0 : discount * nextValues[at]) - values[at];
    tail[i] = delta + discount * lambda_ * tail[i];
    advantages[at] = tail[i];
    returns[at] = tail[i] + values[at];
  }
  return { advantages, returns };
}
