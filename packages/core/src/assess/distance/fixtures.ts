import { randomModel, sparseModel, tabularModel } from '../../env/index.ts';
import { Random } from '../../stats/index.ts';

/** Three states, two actions, some transitions impossible: the model on which the authors' code was run for test values. */
export const small = tabularModel({
  nS: 3,
  nA: 2,
  gamma: 0.9,
  T: Float64Array.of(0.5, 0.5, 0, 0, 0.25, 0.75, 1, 0, 0, 0.2, 0.3, 0.5, 0, 1, 0, 0.125, 0, 0.875),
  mu0: new Float64Array(3).fill(1 / 3),
});
export const smallR1 = Float64Array.of(1, -2, 3, 0, 0.5, -1, 2, 0, 1, -3, 1, 0, 4, -1, 0, 0.5, 2, -0.5);
export const smallR2 = Float64Array.of(0, 1, -1, 2, -1, 0.5, 1, 1, -2, 0, 3, 1, -1, 2, 0.5, 1, 0, -4);

/** A random model with two rewards, and normals to make more of. */
export function randomProblem(seed: number, { nS = 6, nA = 3, gamma = 0.9, sparse = true } = {}) {
  const rng = new Random(seed, 'distance');
  const model = (sparse ? sparseModel : randomModel)({ nS, nA, gamma }, rng);
  const normals = (count = nS * nA * nS) => Float64Array.from({ length: count }, () => rng.normal());
  return { model, r1: normals(), r2: normals(), normals, rng };
}
