import type { Random } from '../stats/index.ts';
import { type TabularModel, tabularModel } from './tabular.ts';

/** Sizes that every random model has. */
export interface ModelSize {
  nS: number;
  nA: number;
  gamma: number;
}

/**
 * A model whose every successor distribution is a Dirichlet draw; the smaller the concentration, the closer to
 * deterministic. The first state is uniform.
 *
 * @param concentration above 0; 1 (uniform on the simplex) unless told
 * @example
 * randomModel({ nS: 12, nA: 4, gamma: 0.9, concentration: 0.3 }, new Random(0, 'model'));
 */
export function randomModel(
  { nS, nA, gamma, concentration = 1 }: ModelSize & { concentration?: number },
  rng: Random,
): TabularModel {
  if (!(concentration > 0)) throw new RangeError(`concentration must be positive, got ${concentration}`);
  const T = new Float64Array(nS * nA * nS);
  for (let row = 0; row < nS * nA; row++) T.set(rng.dirichlet(nS, concentration), row * nS);
  return tabularModel({ nS, nA, gamma, T, mu0: new Float64Array(nS).fill(1 / nS) });
}

/**
 * A model in which most transitions are impossible: softmax of those of nS standard normals that exceed the threshold
 * (all successors alike where none does). The first state is uniform. The generator of the STARC experiments (Skalse et
 * al., arXiv 2309.15257), which give the others e^-20 where this gives 0.
 *
 * @param threshold 1 unless told: about 16% of successors stay possible
 * @example
 * sparseModel({ nS: 32, nA: 4, gamma: 0.95 }, new Random(0, 'model'));
 */
export function sparseModel(
  { nS, nA, gamma, threshold = 1 }: ModelSize & { threshold?: number },
  rng: Random,
): TabularModel {
  const T = new Float64Array(nS * nA * nS);
  for (let row = 0; row < nS * nA; row++) {
    const successors = T.subarray(row * nS, (row + 1) * nS);
    let total = 0;
    for (let next = 0; next < nS; next++) {
      const logit = rng.normal();
      if (logit > threshold) successors[next] = Math.exp(logit);
      total += successors[next];
    }
    if (total === 0) successors.fill(1 / nS);
    else for (let next = 0; next < nS; next++) successors[next] /= total;
  }
  return tabularModel({ nS, nA, gamma, T, mu0: new Float64Array(nS).fill(1 / nS) });
}
