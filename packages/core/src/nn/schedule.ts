/** A number that depends on how many steps were done, such as a learning rate; steps count from 0. */
export type Schedule = (step: number) => number;

/** The same at every step. */
export function constantSchedule(value: number): Schedule {
  return () => value;
}

/**
 * In a straight line from `from` to `to` (0 unless told) over the first `steps` steps; `to` from then on.
 *
 * @throws RangeError for steps below 1
 * @example
 * linearSchedule(3e-4, 1000)(500); // 1.5e-4
 */
export function linearSchedule(from: number, steps: number, to = 0): Schedule {
  checkSteps('steps', steps, 1);
  return (step) => {
    const done = Math.min(1, step / steps);
    return (1 - done) * from + done * to;
  };
}

/**
 * Up in a straight line from 0 to `peak` over the first `warmup` steps, then down half a cosine to `floor` (0 unless
 * told) at step `steps` (Loshchilov & Hutter 2017, arXiv 1608.03983, without restarts).
 *
 * @throws RangeError unless 0 <= warmup < steps
 * @example
 * const rate = warmupCosineSchedule({ peak: 1e-3, warmup: 100, steps: 2000 });
 */
export function warmupCosineSchedule({
  peak,
  warmup,
  steps,
  floor = 0,
}: {
  peak: number;
  warmup: number;
  steps: number;
  floor?: number;
}): Schedule {
  checkSteps('warmup', warmup, 0);
  checkSteps('steps', steps, warmup + 1);
  return (step) => {
    if (step < warmup) return (peak * (step + 1)) / warmup;
    const done = Math.min(1, (step - warmup) / (steps - warmup));
    return floor + ((peak - floor) * (1 + Math.cos(Math.PI * done))) / 2;
  };
}

function checkSteps(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(`${name} must be a whole number from ${least}, got ${value}`);
  }
}
