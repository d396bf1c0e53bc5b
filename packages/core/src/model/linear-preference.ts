import { choleskyFactor, choleskySolve } from '../stats/index.ts';

/** Comparisons of items that have features in rows. */
export interface LinearComparisons {
  /** [items x width], row by row. */
  features: Float64Array;
  width: number;
  /** Two item numbers a pair: the winner's, then the loser's. */
  pairs: Int32Array;
}

/** Newton's method squares its error each round; this many mean that something is wrong. */
const MAX_ROUNDS = 100;

/**
 * The Bradley-Terry model with a reward linear in features, P(a ≻ b) = σ(w · (f(a) - f(b))): the weights that minimise
 * Σ -log σ(w · (f(winner) - f(loser))) + ridge/2 |w|². The unique solution, by Newton's method with step halving. The
 * ridge is what keeps weights finite when pairs never contradict each other. Without pairs all weights are 0.
 *
 * @param ridge above 0
 * @returns one weight a feature
 * @throws RangeError for arrays that do not fit, an item that does not exist, or a ridge that is not positive
 * @example
 * fitLinearPreference({ features: Float64Array.of(1, 0, 0, 1), width: 2, pairs: Int32Array.of(0, 1) }, 1); // [0.34, -0.34]
 */
export function fitLinearPreference({ features, width, pairs }: LinearComparisons, ridge: number): Float64Array {
  const items = features.length / width;
  if (!Number.isInteger(items)) throw new RangeError(`features must hold rows of ${width}, got ${features.length}`);
  if (pairs.length % 2 !== 0) throw new RangeError(`pairs must hold two items each, got ${pairs.length} numbers`);
  for (const item of pairs) {
    if (!(item >= 0 && item < items)) throw new RangeError(`pairs must name items below ${items}, got ${item}`);
  }
  if (!(ridge > 0 && ridge < Infinity)) throw new RangeError(`ridge must be positive, got ${ridge}`);

  const count = pairs.length / 2;
  const differences = new Float64Array(count * width);
  for (let p = 0; p < count; p++) {
    const [winner, loser] = [pairs[2 * p] * width, pairs[2 * p + 1] * width];
    for (let k = 0; k < width; k++) differences[p * width + k] = features[winner + k] - features[loser + k];
  }
  let weights: Float64Array = new Float64Array(width);
  let loss = lossOf(differences, weights, ridge);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const step = newtonStep(differences, weights, ridge);
    let share = 1;
    for (;;) {
      const next = weights.map((w, k) => w - share * step[k]);
      const nextLoss = lossOf(differences, next, ridge);
      // Near the minimum rounding decides; a full step that changes nothing more is the end.
      if (nextLoss <= loss || share < 1e-9) {
        const gain = loss - nextLoss;
        weights = next;
        loss = nextLoss;
        if (gain <= 1e-12 * (1 + loss)) return weights;
        break;
      }
      share /= 2;
    }
  }
  throw new RangeError(`fit must converge within ${MAX_ROUNDS} rounds; ridge = ${ridge} is too small for these pairs`);
}

function lossOf(differences: Float64Array, weights: Float64Array, ridge: number): number {
  const width = weights.length;
  let loss = 0;
  for (const w of weights) loss += (ridge / 2) * w * w;
  for (let row = 0; row < differences.length; row += width) {
    const margin = dotRow(differences, row, weights);
    loss += margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
  }
  return loss;
}

/** Hessian⁻¹ gradient. */
function newtonStep(differences: Float64Array, weights: Float64Array, ridge: number): Float64Array {
  const width = weights.length;
  const gradient = weights.map((w) => ridge * w);
  const hessian = new Float64Array(width * width);
  for (let k = 0; k < width; k++) hessian[k * width + k] = ridge;
  for (let row = 0; row < differences.length; row += width) {
    const upset = 1 / (1 + Math.exp(dotRow(differences, row, weights)));
    const curvature = upset * (1 - upset);
    for (let i = 0; i < width; i++) {
      const x = differences[row + i];
      if (x === 0) continue; // counts of visits are mostly equal
      gradient[i] -= upset * x;
      for (let j = 0; j <= i; j++) hessian[i * width + j] += curvature * x * differences[row + j];
    }
  }
  return choleskySolve(choleskyFactor(hessian, width), gradient);
}

function dotRow(matrix: Float64Array, row: number, weights: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < weights.length; k++) sum += matrix[row + k] * weights[k];
  return sum;
}
