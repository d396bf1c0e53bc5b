import type { StepTargets } from './process/index.ts';

/**
 * The same examples in fewer tokens: a causal model that reads a sequence reads all sequences that it begins with, so an
 * example whose tokens begin another's is read along with it. Every position keeps its target and weight; examples with the
 * same tokens share a sequence, whatever their targets. Only the grouping into minibatches changes.
 *
 * @param examples as for `trainStepScorer`: labelled steps of a path or tree, each after its own prefix
 * @returns sequences in lexical order of their tokens
 * @example
 * packTargets([
 *   { tokens: [5, 1], positions: [1], targets: [1] },
 *   { tokens: [5, 1, 2], positions: [2], targets: [0] },
 * ]); // [{ tokens: [5, 1, 2], positions: [2, 1], targets: [0, 1], weights: [1, 1] }]
 */
export function packTargets(examples: readonly StepTargets[]): StepTargets[] {
  const order = [...examples].sort((a, b) => compare(a.tokens, b.tokens));
  const hosts: { tokens: ArrayLike<number>; positions: number[]; targets: number[]; weights: number[] }[] = [];
  // What begins any sequence begins the next one in lexical order, and so that one's host.
  for (let i = order.length - 1; i >= 0; i--) {
    const { tokens, positions, targets, weights } = order[i];
    const last = hosts.at(-1);
    const host = last && begins(tokens, last.tokens) ? last : { tokens, positions: [], targets: [], weights: [] };
    if (host !== last) hosts.push(host);
    for (let p = 0; p < positions.length; p++) {
      host.positions.push(positions[p]);
      host.targets.push(targets[p]);
      host.weights.push(weights ? weights[p] : 1);
    }
  }
  return hosts.reverse();
}

function begins(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return a.length <= b.length;
}

function compare(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}
