import { assertTabularReward, type TabularModel } from '../../env/index.ts';

/**
 * The reward with potential shaping, R(s,a,s') + γ Φ(s') - Φ(s), which keeps the order of all policies (Ng, Harada &
 * Russell 1999). As a new array. Throws RangeError for sizes that do not fit.
 *
 * @example
 * rewardDistance(model, reward, shapeReward(model, reward, phi)); // 0
 */
export function shapeReward(model: TabularModel, reward: Float64Array, phi: Float64Array): Float64Array {
  const { nS, nA, gamma } = model;
  assertTabularReward(model, reward);
  if (phi.length !== nS) throw new RangeError(`phi must hold nS = ${nS} numbers, got ${phi.length}`);
  return reward.map((value, at) => value + gamma * phi[at % nS] - phi[Math.floor(at / (nS * nA))]);
}

/**
 * The reward with `noise` added, less the noise's expectation over successors: E[R(s,a,S')] stays what it was for every
 * (s, a), so every policy is worth what it was, whatever happens on impossible transitions (Skalse et al., arXiv
 * 2309.15257, "S'-redistribution"). As a new array. Throws RangeError for sizes that do not fit.
 *
 * @example
 * rewardDistance(model, reward, redistributeReward(model, reward, noise)); // 0
 */
export function redistributeReward(model: TabularModel, reward: Float64Array, noise: Float64Array): Float64Array {
  const { nS, T } = model;
  assertTabularReward(model, reward);
  assertTabularReward(model, noise, 'noise');
  const out = new Float64Array(reward.length);
  for (let row = 0; row < out.length; row += nS) {
    let average = 0;
    for (let next = 0; next < nS; next++) average += T[row + next] * noise[row + next];
    for (let next = 0; next < nS; next++) out[row + next] = reward[row + next] + noise[row + next] - average;
  }
  return out;
}
