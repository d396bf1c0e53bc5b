import type { Random } from '../stats/index.ts';
import { diffuseMixture, type GaussianMixture, mixtureSample } from './gaussian-mixture.ts';
import type { NoiseSchedule } from './noise-schedule.ts';

export interface DiffusionOptions {
  /**
   * How a step back is drawn. `exact` (unless told) draws from p(x_s | x_t) itself, which for a mixture is a mixture: x_0
   * then has the mixture's distribution whatever the number of steps. `denoised` is the ancestral step of DDPM (DDIM
   * with eta 1): the Gaussian around the denoised mean, right in the limit of many steps.
   */
  kernel?: 'exact' | 'denoised';
  /** Pushes every step up a reward's gradient; see `Guidance`. */
  guidance?: Guidance;
}

/**
 * Gradient guidance (Dhariwal & Nichol 2021, arXiv 2105.05233, alg. 1, with the reward of the denoised mean in place of
 * a classifier): the mean of a step is moved by its variance times scale times the gradient of r(E[x_0 | x_t]).
 */
export interface Guidance {
  /** Writes the gradient of the reward at a finished sample. */
  gradient(x0: Float64Array, out: Float64Array): void;
  /** The tilt's strength lambda, or what has proved better. */
  scale: number;
}

/**
 * A diffusion model without training error: the mixture's own posterior mean at every noise level, in closed form.
 * Fits the sampler interface of `search`.
 */
export class MixtureDiffusion {
  readonly mixture: GaussianMixture;
  readonly schedule: NoiseSchedule;
  /** T, the number of transitions. */
  readonly steps: number;
  readonly #kernel: 'exact' | 'denoised';
  readonly #guidance: Guidance | undefined;
  /** For each t and component: 1 / (2 variance), and log weight less its log-normaliser, at noise level t. */
  readonly #halfPrecision: Float64Array;
  readonly #logScale: Float64Array;
  /** Scratch: responsibilities of the components, denoised mean, reward's gradient there, guidance's push (or zero). */
  readonly #shares: Float64Array;
  readonly #denoised: Float64Array;
  readonly #gradient: Float64Array;
  readonly #push: Float64Array;

  /**
   * @param schedule a_0 = 1, falling, above 0; `stableDiffusionSchedule` or `cosineSchedule`
   * @throws RangeError for a schedule that does not fall from 1
   * @example
   * const model = new MixtureDiffusion(mixture, stableDiffusionSchedule(100));
   * const [x0] = model.advance(model.init(1, rng), model.steps, 0, rng);
   */
  constructor(
    mixture: GaussianMixture,
    schedule: NoiseSchedule,
    { kernel = 'exact', guidance }: DiffusionOptions = {},
  ) {
    if (schedule.length < 2 || schedule[0] !== 1) throw new RangeError('schedule must have a step and start at 1');
    for (let t = 1; t < schedule.length; t++) {
      if (!(schedule[t] > 0 && schedule[t] < schedule[t - 1])) {
        throw new RangeError(`schedule[${t}] must lie above 0 and below ${schedule[t - 1]}, got ${schedule[t]}`);
      }
    }
    this.mixture = mixture;
    this.schedule = schedule;
    this.steps = schedule.length - 1;
    this.#kernel = kernel;
    this.#guidance = guidance;
    const { dimension, weights, variances } = mixture;
    const n = weights.length;
    this.#halfPrecision = new Float64Array(schedule.length * n);
    this.#logScale = new Float64Array(schedule.length * n);
    schedule.forEach((a, t) => {
      for (let i = 0; i < n; i++) {
        const variance = a * variances[i] + 1 - a;
        this.#halfPrecision[t * n + i] = 1 / (2 * variance);
        this.#logScale[t * n + i] = Math.log(weights[i]) - (dimension / 2) * Math.log(variance);
      }
    });
    this.#shares = new Float64Array(n);
    this.#denoised = new Float64Array(dimension);
    this.#gradient = new Float64Array(dimension);
    this.#push = new Float64Array(dimension);
  }

  /** Independent draws of x_T from its exact distribution. */
  init(count: number, rng: Random): Float64Array[] {
    const { dimension } = this.mixture;
    const points = mixtureSample(diffuseMixture(this.mixture, this.schedule[this.steps]), count, rng);
    return Array.from({ length: count }, (_, i) => points.slice(i * dimension, (i + 1) * dimension));
  }

  /**
   * Takes points from x_from to x_to. Adds log p - log proposal to `logWeights`, where guidance makes the two differ.
   * Throws RangeError unless steps >= from > to >= 0.
   */
  advance(
    points: readonly Float64Array[],
    from: number,
    to: number,
    rng: Random,
    logWeights?: Float64Array,
  ): Float64Array[] {
    if (!(from <= this.steps && from > to && to >= 0)) {
      throw new RangeError(`from and to must satisfy ${this.steps} >= from > to >= 0, got ${from} and ${to}`);
    }
    return points.map((point, i) => {
      const x = point.slice();
      let logRatio = 0;
      for (let t = from; t > to; t--) logRatio += this.#stepBack(x, t, rng);
      if (logWeights) logWeights[i] += logRatio;
      return x;
    });
  }

  /** The denoised means E[x_0 | x_t]. */
  predict(points: readonly Float64Array[], t: number): Float64Array[] {
    return points.map((x) => {
      this.#respond(x, t);
      this.#denoise(x, t);
      return this.#denoised.slice();
    });
  }

  /** Exact draws of x_0 given each x_t, `count` a point, without guidance. */
  complete(points: readonly Float64Array[], t: number, count: number, rng: Random): Float64Array[] {
    this.#push.fill(0);
    return points.flatMap((point) => {
      this.#respond(point, t);
      return Array.from({ length: count }, () => {
        const x = point.slice();
        this.#drawFrom(this.#pick(rng), x, t, 0, rng);
        return x;
      });
    });
  }

  /** One transition in place, from t to t - 1; gives log p - log proposal. */
  #stepBack(x: Float64Array, t: number, rng: Random): number {
    this.#respond(x, t);
    if (this.#guidance || this.#kernel === 'denoised') this.#denoise(x, t);
    if (this.#guidance) this.#findPush(this.#guidance, x, t);
    return this.#kernel === 'exact'
      ? this.#drawFrom(this.#pick(rng), x, t, t - 1, rng)
      : this.#drawAround(x, t, t - 1, rng);
  }

  /** Responsibilities of the components for x_t, into the scratch; they sum to one. */
  #respond(x: Float64Array, t: number): void {
    const { dimension, means } = this.mixture;
    const shares = this.#shares;
    const halfPrecision = this.#halfPrecision;
    const logScale = this.#logScale;
    const n = shares.length;
    const root = Math.sqrt(this.schedule[t]);
    // Dimension by dimension over all components: short loops over few dimensions would cost more than they do.
    shares.fill(0);
    for (let d = 0; d < dimension; d++) {
      const here = x[d];
      for (let i = 0, m = d; i < n; i++, m += dimension) {
        const away = here - root * means[m];
        shares[i] += away * away;
      }
    }
    let largest = -Infinity;
    for (let i = 0, at = t * n; i < n; i++, at++) {
      const log = logScale[at] - shares[i] * halfPrecision[at];
      shares[i] = log;
      if (log > largest) largest = log;
    }
    let total = 0;
    for (let i = 0; i < n; i++) {
      const below = shares[i] - largest;
      // Below exp(-40) a share is lost in rounding; most components are there once little noise is left.
      const share = below < -40 ? 0 : Math.exp(below);
      shares[i] = share;
      total += share;
    }
    const scale = 1 / total;
    for (let i = 0; i < n; i++) shares[i] *= scale;
  }

  /** E[x_0 | x_t] into the scratch: the components' posterior means by their shares. */
  #denoise(x: Float64Array, t: number): void {
    const { dimension } = this.mixture;
    this.#denoised.fill(0);
    for (let i = 0; i < this.#shares.length; i++) {
      if (this.#shares[i] === 0) continue;
      for (let d = 0; d < dimension; d++) this.#denoised[d] += this.#shares[i] * this.#posteriorMean(i, d, x, t);
    }
  }

  /** Coordinate d of E[x_0 | x_t, component i]. */
  #posteriorMean(i: number, d: number, x: Float64Array, t: number): number {
    const { dimension, means, variances } = this.mixture;
    const a = this.schedule[t];
    const mean = means[i * dimension + d];
    const gain = (Math.sqrt(a) * variances[i]) / (a * variances[i] + 1 - a);
    return mean + gain * (x[d] - Math.sqrt(a) * mean);
  }

  /**
   * scale times the gradient of r(E[x_0 | x_t]) by x_t, into the scratch. The Jacobian of the denoised mean is
   * sqrt(a) / (1 - a) Cov[x_0 | x_t].
   */
  #findPush(guidance: Guidance, x: Float64Array, t: number): void {
    const { dimension, variances } = this.mixture;
    const a = this.schedule[t];
    const slope = this.#gradient;
    guidance.gradient(this.#denoised, slope);
    this.#push.fill(0);
    const factor = (guidance.scale * Math.sqrt(a)) / (1 - a);
    for (let i = 0; i < this.#shares.length; i++) {
      if (this.#shares[i] === 0) continue;
      const within = (variances[i] * (1 - a)) / (a * variances[i] + 1 - a);
      let along = 0;
      for (let d = 0; d < dimension; d++) along += (this.#posteriorMean(i, d, x, t) - this.#denoised[d]) * slope[d];
      for (let d = 0; d < dimension; d++) {
        const between = (this.#posteriorMean(i, d, x, t) - this.#denoised[d]) * along;
        this.#push[d] += factor * this.#shares[i] * (within * slope[d] + between);
      }
    }
  }

  #pick(rng: Random): number {
    let u = rng.uniform();
    let last = 0;
    for (let i = 0; i < this.#shares.length; i++) {
      if (this.#shares[i] === 0) continue;
      last = i;
      u -= this.#shares[i];
      if (u < 0) return i;
    }
    return last;
  }

  /** Draws x_s given x_t and the component, in place. */
  #drawFrom(i: number, x: Float64Array, t: number, s: number, rng: Random): number {
    const { dimension, means, variances } = this.mixture;
    const [at, as] = [this.schedule[t], this.schedule[s]];
    const varianceT = at * variances[i] + 1 - at;
    const varianceS = as * variances[i] + 1 - as;
    const kept = at / as;
    const gain = (Math.sqrt(kept) * varianceS) / varianceT;
    const variance = (varianceS * (1 - kept)) / varianceT;
    const [rootT, rootS] = [Math.sqrt(at), Math.sqrt(as)];
    let logRatio = 0;
    for (let d = 0; d < dimension; d++) {
      const mean = means[i * dimension + d];
      logRatio += this.#move(x, d, rootS * mean + gain * (x[d] - rootT * mean), variance, rng);
    }
    return logRatio;
  }

  /** Draws x_s around the denoised mean, in place: q(x_s | x_t, x_0 = E[x_0 | x_t]). */
  #drawAround(x: Float64Array, t: number, s: number, rng: Random): number {
    const [at, as] = [this.schedule[t], this.schedule[s]];
    const kept = at / as;
    const fromDenoised = (Math.sqrt(as) * (1 - kept)) / (1 - at);
    const fromX = (Math.sqrt(kept) * (1 - as)) / (1 - at);
    const variance = ((1 - as) * (1 - kept)) / (1 - at);
    let logRatio = 0;
    for (let d = 0; d < x.length; d++) {
      logRatio += this.#move(x, d, fromDenoised * this.#denoised[d] + fromX * x[d], variance, rng);
    }
    return logRatio;
  }

  /** Draws one coordinate from N(mean + push variance, variance); gives log N(mean) - log N(pushed mean) there. */
  #move(x: Float64Array, d: number, mean: number, variance: number, rng: Random): number {
    const noise = Math.sqrt(variance) * rng.normal();
    const push = this.#push[d];
    x[d] = mean + push * variance + noise;
    return -push * (noise + 0.5 * push * variance);
  }
}
