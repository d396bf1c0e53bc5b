import { positiveWhole } from '../lm/index.ts';

/** A place in a tree of solutions. */
export interface StepNode<S = string> {
  /** The way here from the problem, in segments: a step each, until some are merged. None at the root. */
  readonly segments: readonly (readonly S[])[];
  /** Whether the solution that ends here is right; null where none ends, or nobody knows. */
  readonly outcome: boolean | null;
  readonly children: readonly StepNode<S>[];
}

/** Solutions of one problem that share their first steps. */
export interface StepTree<S = string, P = string> {
  readonly problem: P;
  readonly root: StepNode<S>;
}

/** A node with its Monte-Carlo score. */
export interface ScoredNode<S = string> extends StepNode<S> {
  readonly children: readonly ScoredNode<S>[];
  /** Leaves at or below it whose outcome is known. */
  readonly leaves: number;
  /** The share of them that is right; null where there are none. */
  readonly score: number | null;
}

export interface ScoredTree<S = string, P = string> extends StepTree<S, P> {
  readonly root: ScoredNode<S>;
}

/** An unfinished solution. */
export interface StepPrefix<S = string, P = string> {
  readonly problem: P;
  readonly steps: readonly S[];
}

export interface GrowOptions<S, P> {
  problems: readonly P[];
  /**
   * Next steps: at most `n` for each prefix. Every level of all trees is one call. What comes back short is missing,
   * not wrong: a node without any child has no outcome, and counts nowhere.
   */
  sample: (prefixes: readonly StepPrefix<S, P>[], n: number) => SampledSteps<S> | Promise<SampledSteps<S>>;
  /** Whether the steps are a right or wrong solution; null when they are not finished. */
  outcome: (steps: readonly S[], problem: P) => boolean | null;
  /** Steps sampled at each node; 5 unless told. */
  children?: number;
  /** Most steps; what is not finished then is wrong. 5 unless told. */
  maxDepth?: number;
  signal?: AbortSignal;
}

/** Sampled steps, prefix by prefix. */
export type SampledSteps<S> = readonly (readonly S[])[];

/**
 * Grows full trees of sampled steps, level by level and all problems in lockstep, so that a model can batch: the data
 * of tree-labelled process rewards (Wang et al. 2025, arXiv 2503.13551; as in the authors' generator there is no
 * selection). A tree has up to `children` to the power of `maxDepth` leaves. Equal siblings stay apart: they are
 * what the probabilities are made of.
 *
 * @returns one tree a problem, in their order
 * @throws RangeError for numbers that are not positive and whole, or samples that do not fit the prefixes; the signal's
 *   reason when aborted
 * @example
 * const [tree] = await growTrees({
 *   problems: ['two bits that sum to one'],
 *   sample: (prefixes) => prefixes.map(() => ['0', '1']),
 *   outcome: (steps) => (steps.length < 2 ? null : Number(steps[0]) + Number(steps[1]) === 1),
 *   children: 2,
 * });
 * scoreTree(tree).root.score; // 0.5
 */
export async function growTrees<S = string, P = string>({
  problems,
  sample,
  outcome,
  children = 5,
  maxDepth = 5,
  signal,
}: GrowOptions<S, P>): Promise<StepTree<S, P>[]> {
  positiveWhole('children', children);
  positiveWhole('maxDepth', maxDepth);
  type Grown = StepNode<S> & { readonly children: Grown[] };
  const trees = problems.map((problem) => ({
    problem,
    root: { segments: [], outcome: null, children: [] } satisfies Grown as Grown,
  }));
  let frontier = trees.map(({ problem, root }) => ({ problem, steps: [] as readonly S[], node: root }));
  for (let depth = 1; depth <= maxDepth && frontier.length > 0; depth++) {
    signal?.throwIfAborted();
    const samples = await sample(
      frontier.map(({ problem, steps }) => ({ problem, steps })),
      children,
    );
    if (samples.length !== frontier.length) {
      throw new RangeError(`sample must give steps for ${frontier.length} prefixes, got ${samples.length}`);
    }
    const next: typeof frontier = [];
    frontier.forEach(({ problem, steps, node }, i) => {
      if (samples[i].length > children) {
        throw new RangeError(`sample must give at most ${children} steps a prefix, got ${samples[i].length}`);
      }
      for (const step of samples[i]) {
        const longer = [...steps, step];
        const known = outcome(longer, problem);
        const child: Grown = {
          segments: [...node.segments, [step]],
          outcome: known === null && depth === maxDepth ? false : known,
          children: [],
        };
        node.children.push(child);
        if (child.outcome === null) next.push({ problem, steps: longer, node: child });
      }
    });
    frontier = next;
  }
  return trees;
}

/**
 * Scores every node by Monte Carlo: the share of right ones among the leaves at or below it.
 * Leaves without an outcome are left out; a node that has only such is given null.
 *
 * @example
 * const leaf = (step: string, outcome: boolean) => ({ segments: [[step]], outcome, children: [] });
 * const root = { segments: [], outcome: null, children: [leaf('a', true), leaf('b', false)] };
 * scoreTree({ problem: 'p', root }).root; // { score: 0.5, leaves: 2, ... }
 */
export function scoreTree<S, P>({ problem, root }: StepTree<S, P>): ScoredTree<S, P> {
  return { problem, root: scored(root).node };
}

function scored<S>({ segments, outcome, children }: StepNode<S>): { node: ScoredNode<S>; correct: number } {
  const below = children.map(scored);
  const isLeaf = children.length === 0;
  const leaves = isLeaf ? Number(outcome !== null) : below.reduce((sum, { node }) => sum + node.leaves, 0);
  const correct = isLeaf ? Number(outcome === true) : below.reduce((sum, child) => sum + child.correct, 0);
  const score = leaves === 0 ? null : correct / leaves;
  return { node: { segments, outcome, children: below.map(({ node }) => node), leaves, score }, correct };
}

/**
 * A node and all below it, level by level.
 *
 * @example
 * breadthFirst(tree.root).filter(({ children }) => children.length === 0); // the leaves
 */
export function breadthFirst<N extends { readonly children: readonly N[] }>(root: N): N[] {
  const nodes = [root];
  for (let i = 0; i < nodes.length; i++) nodes.push(...nodes[i].children);
  return nodes;
}
