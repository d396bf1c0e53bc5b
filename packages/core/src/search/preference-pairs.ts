import { breadthFirst } from '../model/index.ts';
import type { SearchNode } from './mcts.ts';

export interface PreferencePairOptions {
  /** Pairs must differ by more than this, in units of the reward; at least 0. 0.7 in the paper. */
  minGap: number;
  /** Children of one node, or all nodes of one depth; `siblings` unless told. */
  pairs?: 'siblings' | 'sameDepth';
  /** Rollouts through each node; 1 unless told. Values of few rollouts make noisy pairs. */
  minVisits?: number;
}

/** Two places in one tree, of which one turned out better. */
export interface PreferencePair<X> {
  /** Which tree. */
  tree: number;
  better: SearchNode<X>;
  worse: SearchNode<X>;
  /** Difference of their values. */
  gap: number;
}

/**
 * Preferences between places of search trees, by their values (Ma et al. 2024, arXiv 2412.15904). Only
 * places of one depth are compared: pairs from different depths would teach depth, not quality.
 *
 * @throws RangeError for options out of range
 * @example
 * preferencePairs(trees, { minGap: 0.5 }).map(({ better, worse }) => [better.state, worse.state]);
 */
export function preferencePairs<X>(
  trees: readonly SearchNode<X>[],
  { minGap, pairs = 'siblings', minVisits = 1 }: PreferencePairOptions,
): PreferencePair<X>[] {
  if (!(minGap >= 0 && minGap < Infinity)) throw new RangeError(`minGap must be at least 0 and finite, got ${minGap}`);
  if (!Number.isInteger(minVisits) || minVisits < 1) {
    throw new RangeError(`minVisits must be a positive whole number, got ${minVisits}`);
  }
  const found: PreferencePair<X>[] = [];
  trees.forEach((root, tree) => {
    const nodes = breadthFirst(root);
    const groups: Iterable<readonly SearchNode<X>[]> =
      pairs === 'siblings' ? nodes.map(({ children }) => children) : Map.groupBy(nodes, ({ depth }) => depth).values();
    for (const group of groups) {
      const rated = group.filter(isRated).filter(({ visits }) => visits >= minVisits);
      rated.forEach((second, i) => {
        for (const first of rated.slice(0, i)) {
          const gap = first.value - second.value;
          if (Math.abs(gap) <= minGap) continue;
          const [better, worse] = gap > 0 ? [first, second] : [second, first];
          found.push({ tree, better, worse, gap: Math.abs(gap) });
        }
      });
    }
  });
  return found;
}

type Rated<X> = SearchNode<X> & { readonly value: number };

function isRated<X>(node: SearchNode<X>): node is Rated<X> {
  return node.value !== null;
}
