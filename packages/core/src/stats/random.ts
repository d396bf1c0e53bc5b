/**
 * A seeded stream of random numbers (xoshiro128**; Blackman & Vigna 2018, arXiv 1805.01407). Streams that differ in
 * seed or in label are independent for all practical purposes, so each part of an experiment takes a stream of its own
 * and adding draws to one part does not disturb another.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;
  #spare: number | null = null;
  readonly #key: string;

  /**
   * @param seed any finite number or string
   * @param labels what the stream is for
   * @example
   * const rng = new Random(7, 'rewards');
   * rng.normal();
   */
  constructor(seed: number | string, ...labels: (number | string)[]) {
    if (typeof seed === 'number' && !Number.isFinite(seed)) {
      throw new RangeError(`seed must be finite, got ${seed}`);
    }
    this.#key = [seed, ...labels].join('\u0000');
    const next = hashStream(this.#key);
    this.#a = next();
    this.#b = next();
    this.#c = next();
    this.#d = next() | 1; // never the all-zero state
  }

  /** A stream of its own, determined by this stream's seed and labels (not by what was drawn so far) and `label`. */
  split(...label: (number | string)[]): Random {
    return new Random(this.#key, ...label);
  }

  /** 32 random bits as an unsigned integer. */
  uint32(): number {
    const result = Math.imul(rotl(Math.imul(this.#b, 5), 7), 9) >>> 0;
    const t = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= t;
    this.#d = rotl(this.#d, 11);
    return result;
  }

  /** Uniform in [0, 1), 53 bits. */
  uniform(): number {
    return ((this.uint32() >>> 5) * 67108864 + (this.uint32() >>> 6)) / 9007199254740992;
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** A whole number in [0, n). Throws RangeError unless n is a positive whole number. */
  int(n: number): number {
    if (!Number.isInteger(n) || n < 1) throw new RangeError(`n must be a positive whole number, got ${n}`);
    return Math.floor(this.uniform() * n);
  }

  /** True with probability p. */
  bool(p = 0.5): boolean {
    return this.uniform() < p;
  }

  /** Standard normal (Marsaglia's polar method). */
  normal(): number {
    if (this.#spare !== null) {
      const spare = this.#spare;
      this.#spare = null;
      return spare;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const scale = Math.sqrt((-2 * Math.log(s)) / s);
        this.#spare = v * scale;
        return u * scale;
      }
    }
  }

  /** Exponential with mean 1. */
  exponential(): number {
    return -Math.log(1 - this.uniform());
  }

  /** Gamma with shape k > 0 and scale 1 (Marsaglia & Tsang 2000). */
  gamma(k: number): number {
    if (!(k > 0)) throw new RangeError(`k must be positive, got ${k}`);
    if (k < 1) return this.gamma(k + 1) * (1 - this.uniform()) ** (1 / k);
    const d = k - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - this.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  }

  /** A point of the simplex with n corners, symmetric Dirichlet with the given concentration. */
  dirichlet(n: number, concentration = 1): Float64Array {
    const out = Float64Array.from({ length: n }, () => this.gamma(concentration));
    const total = out.reduce((sum, x) => sum + x, 0);
    // Tiny concentrations underflow to all zeros, which means one corner of the simplex takes everything.
    if (total === 0) out[this.int(n)] = 1;
    else for (let i = 0; i < n; i++) out[i] /= total;
    return out;
  }

  /** Poisson with the given mean (multiplication method in pieces, exact for every mean). */
  poisson(mean: number): number {
    if (!(mean >= 0)) throw new RangeError(`mean must be at least 0, got ${mean}`);
    let left = mean;
    let count = 0;
    let product = 1;
    let piece = Math.min(left, 500);
    left -= piece;
    let bound = Math.exp(-piece);
    for (;;) {
      product *= 1 - this.uniform();
      while (product < bound && left > 0) {
        piece = Math.min(left, 500);
        left -= piece;
        product /= bound;
        bound = Math.exp(-piece);
      }
      if (product < bound) return count;
      count++;
    }
  }

  /**
   * An index drawn in proportion to `weights` (each >= 0, at least one > 0).
   * Throws RangeError for weights that have no positive finite sum.
   */
  categorical(weights: ArrayLike<number>): number {
    let total = 0;
    for (let i = 0; i < weights.length; i++) total += weights[i];
    if (!(total > 0 && total < Infinity)) throw new RangeError(`weights must have a positive finite sum, got ${total}`);
    let u = this.uniform() * total;
    let last = 0;
    for (let i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        last = i;
        u -= weights[i];
        if (u < 0) return i;
      }
    }
    return last;
  }

  /** One of the items. */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('items must not be empty');
    return items[this.int(items.length)];
  }

  /** The items in random order, as a new array. */
  shuffle<T>(items: readonly T[]): T[] {
    const out = [...items];
    for (let i = out.length - 1; i > 0; i--) {
      const j = this.int(i + 1);
      [out[i], out[j]] = [out[j], out[i]];
    }
    return out;
  }
}

function rotl(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}

/** 32-bit words derived from a string: two FNV-style hashes (64 bits of state), then murmur's finaliser over a counter. */
function hashStream(key: string): () => number {
  let h = 0x811c9dc5;
  let g = 0x1b873593;
  for (let i = 0; i < key.length; i++) {
    const c = key.charCodeAt(i);
    h = Math.imul(h ^ c, 0x01000193);
    g = Math.imul(rotl(g, 13) ^ c, 0xcc9e2d51);
  }
  return () => {
    h = (h + 0x9e3779b9) | 0;
    g = rotl(Math.imul(g, 5) + 0x6b64e654, 15);
    let z = h ^ g;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) | 0;
  };
}
