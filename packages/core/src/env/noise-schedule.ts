/**
 * Variance-preserving noise: x_t = sqrt(a_t) x_0 + sqrt(1 - a_t) noise, as an array of a_t for t = 0..T, falling from
 * a_0 = 1 (finished) to a_T (mostly noise).
 */
export type NoiseSchedule = Float64Array;

/**
 * The schedule of Stable Diffusion (Rombach et al. 2022): the square roots of 1,000 betas run evenly from
 * sqrt(0.00085) to sqrt(0.012), and a_t is the product of 1 - beta up to the training step that t stands for
 * ("trailing" spacing). Some signal is left at T: a_T = 0.0047.
 *
 * @param steps T, at most 1,000
 * @throws RangeError for steps outside 1..1000
 * @example
 * stableDiffusionSchedule(100)[50]; // 0.28
 */
export function stableDiffusionSchedule(steps: number): NoiseSchedule {
  const trained = 1000;
  assertSteps(steps, trained);
  const [first, last] = [Math.sqrt(0.00085), Math.sqrt(0.012)];
  const schedule = new Float64Array(steps + 1);
  schedule[0] = 1;
  let product = 1;
  let t = 1;
  for (let step = 1; step <= trained; step++) {
    const root = first + ((last - first) * (step - 1)) / (trained - 1);
    product *= 1 - root * root;
    while (t <= steps && Math.round((t * trained) / steps) === step) schedule[t++] = product;
  }
  return schedule;
}

/**
 * The cosine schedule (Nichol & Dhariwal 2021, arXiv 2102.09672, eq. 17) with offset 0.008 and no step losing more than
 * 99.9% of the signal: noise comes in more evenly, and next to no signal is left at T.
 *
 * @throws RangeError for steps that are no positive whole number
 * @example
 * cosineSchedule(100)[50]; // 0.49
 */
export function cosineSchedule(steps: number): NoiseSchedule {
  assertSteps(steps, Infinity);
  const offset = 0.008;
  const f = (t: number) => Math.cos(((t / steps + offset) / (1 + offset)) * (Math.PI / 2)) ** 2;
  const schedule = new Float64Array(steps + 1);
  schedule[0] = 1;
  for (let t = 1; t <= steps; t++) schedule[t] = schedule[t - 1] * Math.max(0.001, f(t) / f(t - 1));
  return schedule;
}

function assertSteps(steps: number, most: number): void {
  if (!Number.isInteger(steps) || steps < 1 || steps > most) {
    throw new RangeError(`steps must be a whole number from 1 to ${most}, got ${steps}`);
  }
}
