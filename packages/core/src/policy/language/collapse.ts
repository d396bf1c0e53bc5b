/** The numbers of an iteration that a collapse shows in; null for one that was not measured. */
export interface CollapseSigns {
  readonly iteration: number;
  readonly reward: number;
  readonly accuracy: number | null;
  readonly responseLength: number;
  readonly entropy: number;
  readonly kl: number | null;
}

/** When a training counts as collapsed: each rule that is given must be broken in `patience` iterations in a row. */
export interface CollapseRules {
  /** Nats a token below which the policy no longer explores. */
  entropyBelow?: number;
  /** Nats a token above which the policy has left its reference. Needs one. */
  klAbove?: number;
  /** Fall below the best so far: a number in units of accuracy. Needs the accuracy. */
  accuracyDrop?: number;
  /** The same in units of reward. */
  rewardDrop?: number;
  /** Mean tokens above which responses ramble, such as 0.95 of the cap. */
  lengthAbove?: number;
  /** The same below which there is nothing left of them. */
  lengthBelow?: number;
  /** Iterations in a row, 3 unless told. */
  patience?: number;
  /** The best so far is a mean over this many iterations in a row, so that one lucky batch is no best; 3 unless told. */
  window?: number;
}

export interface Collapse {
  /** The onset: the first of the iterations in a row. */
  readonly iteration: number;
  /** The rule that was broken. */
  readonly rule: Exclude<keyof CollapseRules, 'patience' | 'window'>;
}

/**
 * Watches a training for collapse, one iteration at a time.
 *
 * @returns a function to be given each iteration in turn: the collapse as soon as it is certain, null before; of rules that
 *   become certain together the one with the earliest onset
 * @throws RangeError for a patience or window that is not positive and whole; from the function, TypeError when a rule
 *   needs a number that is null
 * @example
 * const watch = collapseWatch({ entropyBelow: 0.05, accuracyDrop: 0.2 });
 * const collapse = watch(metrics); // null, until { iteration: 41, rule: 'accuracyDrop' }
 */
export function collapseWatch({
  patience = 3,
  window = 3,
  ...rules
}: CollapseRules): (signs: CollapseSigns) => Collapse | null {
  for (const [name, value] of Object.entries({ patience, window })) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(`${name} must be a positive whole number, got ${value}`);
    }
  }
  const { entropyBelow, klAbove, accuracyDrop, rewardDrop, lengthAbove, lengthBelow } = rules;
  const [bestAccuracy, bestReward] = [bestMean(window), bestMean(window)];
  const broken: Record<Collapse['rule'], (signs: CollapseSigns) => boolean> = {
    entropyBelow: ({ entropy }) => entropy < entropyBelow!,
    klAbove: ({ kl }) => measured('kl', kl, 'klAbove') > klAbove!,
    accuracyDrop: (signs) => {
      const accuracy = measured('accuracy', signs.accuracy, 'accuracyDrop');
      return accuracy < bestAccuracy(accuracy) - accuracyDrop!;
    },
    rewardDrop: ({ reward }) => reward < bestReward(reward) - rewardDrop!,
    lengthAbove: ({ responseLength }) => responseLength > lengthAbove!,
    lengthBelow: ({ responseLength }) => responseLength < lengthBelow!,
  };
  const names = (Object.keys(broken) as Collapse['rule'][]).filter((rule) => rules[rule] !== undefined);
  const since = new Map<Collapse['rule'], number[]>(names.map((rule) => [rule, []]));
  return (signs) => {
    let first: Collapse | null = null;
    for (const [rule, run] of since) {
      if (broken[rule](signs)) run.push(signs.iteration);
      else run.length = 0;
      if (run.length >= patience && (first === null || run[0] < first.iteration)) first = { iteration: run[0], rule };
    }
    return first;
  };
}

/**
 * Where a recorded training collapsed, null if it did not.
 *
 * @example
 * findCollapse(curve, { rewardDrop: 0.1 })?.iteration;
 */
export function findCollapse(curve: readonly CollapseSigns[], rules: CollapseRules): Collapse | null {
  const watch = collapseWatch(rules);
  for (const signs of curve) {
    const collapse = watch(signs);
    if (collapse !== null) return collapse;
  }
  return null;
}

/** The best mean of `window` numbers in a row so far, with the newest; -Infinity before there are as many. */
function bestMean(window: number): (x: number) => number {
  const recent: number[] = [];
  let best = -Infinity;
  return (x) => {
    recent.push(x);
    if (recent.length > window) recent.shift();
    if (recent.length === window) best = Math.max(best, recent.reduce((sum, y) => sum + y, 0) / window);
    return best;
  };
}

function measured(name: string, value: number | null, rule: string): number {
  if (value === null) throw new TypeError(`${name} must be measured for the rule ${rule}, got null`);
  return value;
}
