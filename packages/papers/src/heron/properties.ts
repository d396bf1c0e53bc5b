import { randomAction, vectorEnvironment } from '@laurel/core/env';
import { uniformPolicy } from '@laurel/core/policy';
import { hierarchicalComparator, type Signal } from '@laurel/core/reward';
import { Random } from '@laurel/core/stats';
import { playEpisode, randomGrid } from './door-world.ts';
import { CONTROL } from './worlds.ts';

/** How many comparisons were checked, and how many broke the property: P1 scale, P2 increasing transforms, P3 order. */
export interface PropertyCounts {
  p1: { checked: number; broken: number };
  p2: { checked: number; broken: number };
  p3: { checked: number; broken: number };
}

const ITEMS = 60;
const KAPPAS = [0, 0.25, 0.5, 1, 2];
const TRANSFORMS = [(x: number) => x ** 3, (x: number) => Math.cbrt(x), (x: number) => Math.atan(x / 10)];

/** Checks P1 to P3 on signals that the three worlds gave to random actions. */
export function checkProperties(seed: number): PropertyCounts {
  const counts: PropertyCounts = {
    p1: { checked: 0, broken: 0 },
    p2: { checked: 0, broken: 0 },
    p3: { checked: 0, broken: 0 },
  };
  const rng = new Random(seed, 'heron properties');
  for (const items of [...Object.keys(CONTROL).map((name) => controlSignals(name, seed)), doorSignals(seed)]) {
    const order = rng.shuffle(Array.from(items[0], (_, l) => l));
    for (const kappa of KAPPAS) {
      const labels = winsOf(items, order, kappa, (x) => x);
      for (const factor of [0.01, 100, Math.exp(rng.normal())]) {
        const scaled = rng.int(order.length);
        count(
          counts.p1,
          labels,
          winsOf(items, order, kappa, (x, l) => (l === scaled ? factor * x : x)),
        );
      }
    }
    const strict = winsOf(items, order, 0, (x) => x);
    for (const transform of TRANSFORMS) count(counts.p2, strict, winsOf(items, order, 0, transform));
    countCircles(counts.p3, strict, items.length);
  }
  return counts;
}

function winsOf(
  items: readonly Float64Array[],
  order: readonly number[],
  kappa: number,
  transform: (x: number, l: number) => number,
): Float32Array {
  const comparator = hierarchicalComparator(
    order.map(
      (l): Signal<Float64Array> => ({
        name: `signal ${l}`,
        value: (z) => transform(z[l], l),
        margin: { std: kappa },
      }),
    ),
  );
  comparator.fit(items);
  return comparator.comparePairs(items).wins;
}

function count(total: { checked: number; broken: number }, before: Float32Array, after: Float32Array): void {
  for (let i = 0; i < before.length; i++) {
    total.checked++;
    if (before[i] !== after[i]) total.broken++;
  }
}

/** a no worse than b and b no worse than c must mean a no worse than c. */
function countCircles(total: { checked: number; broken: number }, wins: Float32Array, n: number): void {
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < n; b++) {
      if (wins[b * n + a]) continue;
      for (let c = 0; c < n; c++) {
        if (wins[c * n + b]) continue;
        total.checked++;
        if (wins[c * n + a]) total.broken++;
      }
    }
  }
}

function controlSignals(name: string, seed: number): Float64Array[] {
  const { env } = CONTROL[name as keyof typeof CONTROL];
  const rng = new Random(seed, 'heron properties', name);
  const world = vectorEnvironment(env, 1, rng.split('world'));
  const action = new Float32Array(world.actionSize);
  return Array.from({ length: ITEMS }, () => {
    randomAction(world.envs[0].actions, rng, action);
    world.step(action);
    return world.signals.slice();
  });
}

function doorSignals(seed: number): Float64Array[] {
  const grid = randomGrid(seed, 0);
  const rng = new Random(seed, 'heron properties', 'door');
  return Array.from({ length: ITEMS }, () => playEpisode(grid, uniformPolicy(grid.model), rng).signals);
}
