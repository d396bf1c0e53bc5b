import { positiveWhole } from '../../lm/index.ts';
import { judgeEquivalent } from '../../paper/index.ts';
import { bootstrap, type Estimate, pairedDifference } from '../../stats/index.ts';

/** What hiding something from a scorer does. */
export interface AblationRow<Name extends string = string> {
  view: Name;
  /** One value a seed. */
  values: number[];
  value: Estimate;
  /** Less the reference's at the same seeds; its own interval is 0 to 0. */
  difference: Estimate;
  /**
   * `equivalent`: the whole interval of the difference lies within the margin. `worse` and `better`: it lies on one
   * side of 0, and not within. `unclear`: neither. A difference that is not significant is no equivalence.
   */
  verdict: 'equivalent' | 'worse' | 'better' | 'unclear';
}

export interface AblationOptions<Name extends string> {
  /** What the other views are compared with; usually the one that shows all. */
  reference: Name;
  /** Smallest difference that matters, in the unit of the values; above 0. */
  margin: number;
}

/**
 * Compares how well scorers do that see different parts of the same states, by their values at the same seeds.
 *
 * @param values by view, each with one value a seed, in one order of seeds
 * @throws RangeError for a reference that is no view, no seeds, different numbers of them, or a margin that is not positive
 * @example
 * const rows = ablationTable({ full: [0.61, 0.58], mathOnly: [0.61, 0.57] }, { reference: 'full', margin: 0.05 });
 * rows[1].verdict; // 'equivalent'
 */
export function ablationTable<Name extends string>(
  values: Readonly<Record<Name, readonly number[]>>,
  { reference, margin }: AblationOptions<NoInfer<Name>>,
): AblationRow<Name>[] {
  if (!(margin > 0 && margin < Infinity)) throw new RangeError(`margin must be positive and finite, got ${margin}`);
  const views = Object.keys(values) as Name[];
  if (!views.includes(reference)) {
    throw new RangeError(`reference must be one of the views (${views.join(', ')}), got ${reference}`);
  }
  return views.map((view) => {
    const difference = pairedDifference(values[view], values[reference]);
    return {
      view,
      values: [...values[view]],
      value: bootstrap(values[view]),
      difference,
      verdict: verdictOf(difference, margin),
    };
  });
}

export interface ViewAblationOptions<Name extends string, V, S> extends AblationOptions<Name> {
  /** What each scorer may see, by name: whatever `train` makes use of, such as a function that hides fields. */
  views: Readonly<Record<Name, V>>;
  /** How many times each scorer is trained and evaluated; 5 or more for an interval worth the name. */
  seeds: number;
  /** Trains a scorer that sees no more than the view. Everything else should be the same for all views of a seed. */
  train: (view: V, seed: number) => S | Promise<S>;
  /** How good it is, higher for better: accuracy of a search that it guides, on the same problems for all views of a seed. */
  evaluate: (scorer: S, view: V, seed: number) => number | Promise<number>;
  signal?: AbortSignal;
  /** After each evaluation. */
  onValue?: (view: Name, seed: number, value: number) => void;
}

/**
 * Asks which part of the context a scorer needs (Ma et al. 2024, arXiv 2412.15904): trains it anew on every
 * view of the same data, and compares what it is good for.
 *
 * @throws RangeError as `ablationTable`, or for a value that is not finite; the signal's reason when aborted
 * @example
 * const rows = await viewAblation({
 *   views: { full: (text: string) => text, withoutCode: stripCode }, reference: 'full', margin: 0.02, seeds: 5,
 *   train: (view, seed) => trainScorer(pairs.map(mapBoth(view)), seed),
 *   evaluate: (scorer, view) => accuracy(scorer, heldOut.map(mapBoth(view))),
 * });
 * rows.find(({ view }) => view === 'withoutCode')?.verdict; // 'worse': the code mattered
 */
export async function viewAblation<Name extends string, V, S>({
  views,
  seeds,
  train,
  evaluate,
  signal,
  onValue,
  ...options
}: ViewAblationOptions<Name, V, S>): Promise<AblationRow<Name>[]> {
  positiveWhole('seeds', seeds);
  const names = Object.keys(views) as Name[];
  const values = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  // What cannot be is said before the training, not after.
  ablationTable(Object.fromEntries(names.map((name) => [name, [0]])) as Record<Name, number[]>, options);
  for (let seed = 0; seed < seeds; seed++) {
    for (const name of names) {
      signal?.throwIfAborted();
      const value = await evaluate(await train(views[name], seed), views[name], seed);
      if (!Number.isFinite(value)) {
        throw new RangeError(`evaluate must give finite numbers, got ${value} for ${name}, seed ${seed}`);
      }
      values[name].push(value);
      onValue?.(name, seed, value);
    }
  }
  return ablationTable(values, options);
}

function verdictOf(difference: Estimate, margin: number): AblationRow['verdict'] {
  const { lo, hi } = difference;
  if (judgeEquivalent(difference, margin) === 'holds') return 'equivalent';
  if (lo === null || hi === null) return 'unclear';
  return lo > 0 ? 'better' : hi < 0 ? 'worse' : 'unclear';
}
