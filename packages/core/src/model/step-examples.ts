import type { Random } from '../stats/index.ts';
import { breadthFirst, type ScoredNode, type ScoredTree } from './step-tree.ts';

/** What a step scorer learns from: a segment of steps after others, and the score it should get. */
export interface StepExample<S = string, P = string> {
  problem: P;
  previous: readonly S[];
  /** One step, or several merged into one. */
  current: readonly S[];
  /** In [0, 1]. */
  label: number;
}

export interface StepExampleOptions {
  /** Up to this many segments before a node's own are merged with it: 0 for a PRM (unless told), 1 for an HRM. */
  merge?: number;
  /** Evens out the scores; all nodes unless told. */
  balance?: Balance;
}

/** At each depth of a tree, every score gives as many nodes as the rarest, or a share of its own if that is more. */
export interface Balance {
  rng: Random;
  /** 0.1 unless told. */
  share?: number;
  /** Nodes of a depth where all scores are equal; 5 unless told. */
  most?: number;
}

/** A step of a solution that somebody rated while writing it, choosing among candidates, as in PRM800K. */
export interface RatedStep<S = string> {
  candidates: readonly { step: S; rating: -1 | 0 | 1 }[];
  /** What the solution goes on with, right or wrong, a candidate or not. */
  chosen: S;
}

/**
 * Examples of the nodes of scored trees (Wang et al. 2025, arXiv 2503.13551; the balance is that of the
 * authors' code). A node gives an example for its last segment, and with `merge` one for its last two merged, with the
 * same label and what came before both, and so on. The root and nodes without a score give none, and equal examples of
 * one problem count once. For an HRM, give the grown trees and their compressed copies, scored; for a PRM, the grown
 * trees alone.
 *
 * @throws RangeError for options out of range
 * @example
 * stepExamples(trees.map(scoreTree), { merge: 1, balance: { rng: new Random(0, 'examples') } });
 */
export function stepExamples<S, P>(
  trees: readonly ScoredTree<S, P>[],
  { merge = 0, balance }: StepExampleOptions = {},
): StepExample<S, P>[] {
  assertMerge(merge);
  const seen = new Map<P, Set<string>>();
  const examples: StepExample<S, P>[] = [];
  for (const { problem, root } of trees) {
    const keys = seen.get(problem) ?? new Set();
    seen.set(problem, keys);
    const nodes = breadthFirst(root).filter(hasLabel);
    for (const { segments, score } of balance ? balanced(nodes, balance) : nodes) {
      for (const { previous, current } of merges(segments, merge)) {
        const key = JSON.stringify([previous, current, score]);
        if (keys.has(key)) continue;
        keys.add(key);
        examples.push({ problem, previous, current, label: score });
      }
    }
  }
  return examples;
}

/**
 * Examples from steps that a person, or a checker, rated (arXiv 2503.13551): each candidate rated 1 or -1
 * after the chosen prefix, with label 1 or 0; and merged with the last `merge` chosen steps, still with its own rating.
 * So a wrong step put right is a good pair, and a right one spoilt a bad pair. Candidates rated 0 are skipped.
 *
 * @param options.merge 1 unless told; 0 for a PRM's data
 * @throws RangeError for a merge or a rating out of range
 * @example
 * mergeLabelled('2+2', [
 *   { candidates: [{ step: '2+2=5', rating: -1 }], chosen: '2+2=5' },
 *   { candidates: [{ step: 'no, 4', rating: 1 }], chosen: 'no, 4' },
 * ]); // labels 0; 1 for 'no, 4' alone, 1 for both steps merged
 */
export function mergeLabelled<S, P>(
  problem: P,
  path: readonly RatedStep<S>[],
  { merge = 1 }: { merge?: number } = {},
): StepExample<S, P>[] {
  assertMerge(merge);
  const examples: StepExample<S, P>[] = [];
  const prefix: (readonly S[])[] = [];
  path.forEach(({ candidates, chosen }, i) => {
    for (const { step, rating } of candidates) {
      if (rating !== -1 && rating !== 0 && rating !== 1) {
        throw new RangeError(`path[${i}] must have ratings of -1, 0 or 1, got ${rating}`);
      }
      if (rating === 0) continue;
      for (const cut of merges([...prefix, [step]], merge)) {
        examples.push({ problem, ...cut, label: rating === 1 ? 1 : 0 });
      }
    }
    prefix.push([chosen]);
  });
  return examples;
}

/** The last segment after the others, the last two merged after the others, ... */
function merges<S>(segments: readonly (readonly S[])[], merge: number) {
  const count = Math.min(merge + 1, segments.length);
  return Array.from({ length: count }, (_, i) => ({
    previous: segments.slice(0, segments.length - 1 - i).flat(),
    current: segments.slice(segments.length - 1 - i).flat(),
  }));
}

type Labelled<S> = ScoredNode<S> & { readonly score: number };

function hasLabel<S>(node: ScoredNode<S>): node is Labelled<S> {
  return node.segments.length > 0 && node.score !== null;
}

function balanced<S>(nodes: readonly Labelled<S>[], { rng, share = 0.1, most = 5 }: Balance): Labelled<S>[] {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`balance.share must lie in [0, 1], got ${share}`);
  if (!Number.isInteger(most) || most < 1) {
    throw new RangeError(`balance.most must be a positive whole number, got ${most}`);
  }
  const depths = Map.groupBy(nodes, ({ segments }) => segments.length);
  return [...depths.values()].flatMap((level) => {
    const groups = [...Map.groupBy(level, ({ score }) => score).values()];
    if (groups.length === 1) return rng.shuffle(level).slice(0, most);
    const rarest = Math.min(...groups.map((group) => group.length));
    return groups.flatMap((group) => rng.shuffle(group).slice(0, Math.max(rarest, Math.floor(share * group.length))));
  });
}

function assertMerge(merge: number): void {
  if (!Number.isInteger(merge) || merge < 0) {
    throw new RangeError(`merge must be a whole number from 0, got ${merge}`);
  }
}
