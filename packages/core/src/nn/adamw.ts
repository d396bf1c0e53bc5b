import { add, div, minimum, mul, slice, sqrt, square, sub, sum, type Tensor } from './ops.ts';
import { constantSchedule, type Schedule } from './schedule.ts';

/** One step of an optimiser, over all parameters as one vector. */
export interface OptimiserStep {
  parameters: Tensor;
  gradient: Tensor;
  /** The optimiser's own vectors, zero at first. */
  state: readonly Tensor[];
  /** What `scalars` gave for this step. */
  scalars: Tensor;
  /** 1 for the elements of matrices and higher arrays, 0 for biases and gains. */
  isMatrix: () => Tensor;
}

/** How gradients become steps: a pure function that is compiled into a trainer's step. */
export interface Optimiser {
  /** How many vectors of state there are. */
  readonly slots: number;
  /** Numbers that change from step to step, counted from 0. */
  scalars(step: number): Float32Array;
  update(step: OptimiserStep): { parameters: Tensor; state: readonly Tensor[] };
}

export interface AdamWOptions {
  /** A number or a schedule. */
  learningRate: number | Schedule;
  /** Decay of the mean of gradients, 0.9 unless told. */
  beta1?: number;
  /** Decay of the mean of their squares, 0.999 unless told. */
  beta2?: number;
  /** Added to the root of that mean, 1e-8 unless told. */
  epsilon?: number;
  /** Share of itself that a matrix loses each step, times the learning rate; 0 unless told. Biases and gains keep theirs. */
  weightDecay?: number;
  /** Longer gradients are scaled down to this norm; not unless told. */
  maxGradientNorm?: number;
}

/**
 * AdamW: Adam with bias correction (Kingma & Ba 2015, arXiv 1412.6980, algorithm 1) and decoupled weight decay
 * (Loshchilov & Hutter 2019, arXiv 1711.05101, algorithm 2), after clipping the gradient by its global norm.
 *
 * @throws RangeError for betas outside [0, 1) or other numbers that are not positive
 * @example
 * const optimiser = adamW({ learningRate: linearSchedule(3e-4, 1000), maxGradientNorm: 0.5 });
 */
export function adamW({
  learningRate,
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-8,
  weightDecay = 0,
  maxGradientNorm = Infinity,
}: AdamWOptions): Optimiser {
  for (const [name, beta] of Object.entries({ beta1, beta2 })) {
    if (!(beta >= 0 && beta < 1)) throw new RangeError(`${name} must lie in [0, 1), got ${beta}`);
  }
  if (!(epsilon > 0)) throw new RangeError(`epsilon must be positive, got ${epsilon}`);
  if (!(weightDecay >= 0)) throw new RangeError(`weightDecay must be at least 0, got ${weightDecay}`);
  if (!(maxGradientNorm > 0)) throw new RangeError(`maxGradientNorm must be positive, got ${maxGradientNorm}`);
  const rate = typeof learningRate === 'number' ? constantSchedule(learningRate) : learningRate;
  return {
    slots: 2,
    scalars: (step) => {
      const r = rate(step);
      if (!(r >= 0 && r < Infinity)) throw new RangeError(`learningRate must be at least 0, got ${r} at step ${step}`);
      return Float32Array.of(r, 1 / (1 - beta1 ** (step + 1)), 1 / (1 - beta2 ** (step + 1)));
    },
    update: ({ parameters, gradient, state: [m, v], scalars, isMatrix }) => {
      const [r, unbiasM, unbiasV] = [slice(scalars, 0), slice(scalars, 1), slice(scalars, 2)];
      const g = maxGradientNorm === Infinity ? gradient : mul(gradient, clipFactor(gradient, maxGradientNorm));
      const mean = add(mul(m, beta1), mul(g, 1 - beta1));
      const meanSquare = add(mul(v, beta2), mul(square(g), 1 - beta2));
      const direction = div(mul(mean, unbiasM), add(sqrt(mul(meanSquare, unbiasV)), epsilon));
      const decayed = weightDecay === 0 ? direction : add(direction, mul(mul(parameters, isMatrix()), weightDecay));
      return { parameters: sub(parameters, mul(decayed, r)), state: [mean, meanSquare] };
    },
  };
}

/** min(1, bound / |g|): the tiny constant only keeps a zero gradient from dividing by zero. */
function clipFactor(gradient: Tensor, bound: number): Tensor {
  return minimum(div(bound, add(sqrt(sum(square(gradient))), 1e-12)), 1);
}
