import { positiveWhole } from '../lm/index.ts';
import type { Random } from '../stats/index.ts';
import type { StepNode, StepTree } from './step-tree.ts';

export interface CompressOptions {
  rng: Random;
  /** Chance of each child in turn to be merged; 0.5 unless told. */
  probability?: number;
  /** Nodes with fewer children keep them all; from 2, 4 unless told. */
  minChildren?: number;
}

/**
 * Hierarchical node compression (Wang et al. 2025, arXiv 2503.13551): new labelled examples from a grown
 * tree without sampling anew. Below the first level, each node that was not merged itself hands at most one child to
 * its own parent, merged with itself: the last two segments of the child become one. The child keeps what is below it;
 * its descendants keep their segments, as in the authors' code. Score the result anew: the node now averages over one
 * child fewer, which is the noise that is wanted, so one pass is enough.
 *
 * @returns another tree with the same leaves
 * @throws RangeError for a probability outside [0, 1] or fewer than 2 children
 * @example
 * const data = stepExamples([scoreTree(tree), scoreTree(compressTree(tree, { rng: new Random(1, 'compression') }))], {
 *   merge: 1,
 * });
 */
export function compressTree<S, P>(
  { problem, root }: StepTree<S, P>,
  { rng, probability = 0.5, minChildren = 4 }: CompressOptions,
): StepTree<S, P> {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`probability must lie in [0, 1], got ${probability}`);
  }
  positiveWhole('minChildren', minChildren);
  if (minChildren < 2) throw new RangeError(`minChildren must be at least 2, got ${minChildren}`);
  const drafts = [draftOf(root, null)];
  for (let i = 0; i < drafts.length; i++) {
    const node = drafts[i];
    const { parent } = node;
    const before = node.children;
    const compressible = parent !== null && !node.merged && before.length >= minChildren;
    let merging = compressible;
    node.children = [];
    for (const child of before) {
      if (merging && rng.bool(probability)) {
        merging = false;
        const { segments } = child;
        child.segments = [...segments.slice(0, -2), segments.slice(-2).flat()];
        child.merged = true;
        child.parent = parent;
        parent?.children.push(child);
      } else {
        node.children.push(child);
      }
      drafts.push(child);
    }
  }
  return { problem, root: finished(drafts[0]) };
}

interface Draft<S> {
  segments: readonly (readonly S[])[];
  outcome: boolean | null;
  children: Draft<S>[];
  parent: Draft<S> | null;
  merged: boolean;
}

function draftOf<S>({ segments, outcome, children }: StepNode<S>, parent: Draft<S> | null): Draft<S> {
  const draft: Draft<S> = { segments, outcome, children: [], parent, merged: false };
  draft.children = children.map((child) => draftOf(child, draft));
  return draft;
}

function finished<S>({ segments, outcome, children }: Draft<S>): StepNode<S> {
  return { segments, outcome, children: children.map(finished) };
}
