import { shapeReward } from '@laurel/core/assess';
import type { TabularModel } from '@laurel/core/env';
import type { Random } from '@laurel/core/stats';

/** Standard normals, as many as asked for. */
export function normals(rng: Random, count: number): Float64Array {
  return Float64Array.from({ length: count }, () => rng.normal());
}

/**
 * A reward as the authors' experiments draw it (their `random_reward`): normal for every transition; one in five keeps
 * only the few values above 3; then most are stretched, some are shifted, and half are shaped by a random potential.
 */
export function randomReward(model: TabularModel, rng: Random): Float64Array {
  const { nS, nA } = model;
  let reward = normals(rng, nS * nA * nS);
  if (rng.bool(0.2)) reward = reward.map((value) => (value > 3 ? value : 0));
  if (rng.bool(0.7)) {
    const scale = rng.between(0, 10);
    reward = reward.map((value) => scale * value);
  }
  if (rng.bool(0.3)) {
    const shift = rng.between(0, 10);
    reward = reward.map((value) => value + shift);
  }
  if (rng.bool(0.5)) {
    const scale = rng.between(0, 10);
    const level = rng.uniform();
    const phi = normals(rng, nS).map((value) => scale * value + level);
    reward = shapeReward(model, reward, phi);
  }
  return reward;
}
