import { positiveWhole } from '../lm/index.ts';
import type { Awaitable } from './sampler.ts';

/** A place in a search tree, as the search left it. */
export interface SearchNode<X> {
  readonly state: X;
  readonly depth: number;
  /** Reward of a finished state; null where one can go on. */
  readonly terminal: number | null;
  /** Rollouts that went through here. */
  readonly visits: number;
  /** Mean reward of those rollouts; null before the first. */
  readonly value: number | null;
  /** Empty until expanded. */
  readonly children: readonly SearchNode<X>[];
}

export interface MctsOptions<X> {
  /** A tree is grown from each. */
  roots: readonly X[];
  /** Rollouts of each tree. */
  iterations: number;
  /** Next states asked for when a state is expanded. */
  children: number;
  /** Most steps from the root; states there are not expanded. */
  maxDepth: number;
  /** w, in units of the reward: how much a place that was visited little is preferred; 1 unless told. */
  exploration?: number;
  /** Rollouts that a state has had before it is expanded. 0, as in the paper, unless told; 1 saves most expansions. */
  expandAfter?: number;
  /** At most `n` next states of each state, one list a state; none where one cannot go on. */
  expand: (states: readonly X[], n: number) => Awaitable<readonly (readonly X[])[]>;
  /** Plays each state to its end, and gives the rewards. */
  rollout: (states: readonly X[]) => Awaitable<ArrayLike<number>>;
  /** Reward of a state that is finished, null of any other. Finished states are never played. None unless told. */
  terminal?: (state: X) => number | null;
  /** States of one key are one child, however often they were sampled; all apart unless told. */
  key?: (state: X) => string;
  signal?: AbortSignal;
  /** After each round over all trees. */
  onIteration?: (done: number) => void;
}

/**
 * Monte-Carlo tree search of many problems in lockstep: one round selects a leaf in every tree, expands those in one
 * call, and rolls them out in another, so that a model can batch. From a node, UCT (Kocsis & Szepesvári 2006) goes to
 * the child with the largest
 *
 *   value(child) + w sqrt(log(visits of the node) / visits of the child),
 *
 * an unvisited child first, and the first of equals (the form of Ma et al. 2024, arXiv 2412.15904). The search itself
 * draws nothing: chance is in `expand` and `rollout`, and each tree is the same as if grown alone.
 *
 * @returns one root a tree. Its `visits` is `iterations`
 * @throws RangeError for options out of range, lists that do not fit the states, or a reward that is not finite; the
 *   signal's reason when aborted
 * @example
 * const [root] = await mcts({
 *   roots: [''], iterations: 200, children: 2, maxDepth: 3,
 *   expand: (states) => states.map((bits) => [`${bits}0`, `${bits}1`]),
 *   rollout: (states) => states.map((bits) => Number.parseInt(bits, 2) / 7),
 *   terminal: (bits) => (bits.length === 3 ? Number.parseInt(bits, 2) / 7 : null),
 * });
 * mostVisited(root)?.state; // '1'
 */
export async function mcts<X>({
  roots,
  iterations,
  children,
  maxDepth,
  exploration = 1,
  expandAfter = 0,
  expand,
  rollout,
  terminal = () => null,
  key,
  signal,
  onIteration,
}: MctsOptions<X>): Promise<SearchNode<X>[]> {
  positiveWhole('iterations', iterations);
  positiveWhole('children', children);
  positiveWhole('maxDepth', maxDepth);
  if (!(exploration >= 0 && exploration < Infinity)) {
    throw new RangeError(`exploration must be at least 0 and finite, got ${exploration}`);
  }
  if (!Number.isInteger(expandAfter) || expandAfter < 0) {
    throw new RangeError(`expandAfter must be a whole number from 0, got ${expandAfter}`);
  }
  const place = (state: X, depth: number): Place<X> => {
    const reward = terminal(state);
    if (reward !== null) assertReward('terminal', reward);
    return { state, depth, terminal: reward, visits: 0, total: 0, value: null, children: [], expanded: false };
  };
  const trees = roots.map((state) => place(state, 0));
  for (let done = 0; done < iterations; done++) {
    signal?.throwIfAborted();
    const paths = trees.map((root) => pathToLeaf(root, exploration));
    const fresh = paths.filter((path) => {
      const leaf = path[path.length - 1];
      return !leaf.expanded && leaf.terminal === null && leaf.depth < maxDepth && leaf.visits >= expandAfter;
    });
    if (fresh.length > 0) {
      const grown = await expand(
        fresh.map((path) => path[path.length - 1].state),
        children,
      );
      assertCount('expand', grown, fresh.length);
      fresh.forEach((path, i) => {
        const leaf = path[path.length - 1];
        if (grown[i].length > children) {
          throw new RangeError(`expand must give at most ${children} states a state, got ${grown[i].length}`);
        }
        leaf.children = distinct(grown[i], key).map((state) => place(state, leaf.depth + 1));
        leaf.expanded = true;
        if (leaf.children.length > 0) path.push(leaf.children[0]);
      });
    }
    const played = paths.filter((path) => path[path.length - 1].terminal === null);
    const rewards = played.length > 0 ? await rollout(played.map((path) => path[path.length - 1].state)) : [];
    assertCount('rollout', rewards, played.length);
    let next = 0;
    for (const path of paths) {
      const reward = path[path.length - 1].terminal ?? rewards[next++];
      assertReward('rollout', reward);
      for (const node of path) {
        node.visits++;
        node.total += reward;
        node.value = node.total / node.visits;
      }
    }
    onIteration?.(done + 1);
  }
  return trees;
}

/**
 * The child that most rollouts went through, the first of equals: the usual answer of a search. Null at a leaf.
 *
 * @example
 * mostVisited(root)?.state;
 */
export function mostVisited<X>({ children }: SearchNode<X>): SearchNode<X> | null {
  let best: SearchNode<X> | null = null;
  for (const child of children) if (best === null || child.visits > best.visits) best = child;
  return best;
}

interface Place<X> extends SearchNode<X> {
  visits: number;
  total: number;
  value: number | null;
  children: Place<X>[];
  expanded: boolean;
}

function pathToLeaf<X>(root: Place<X>, exploration: number): Place<X>[] {
  const path = [root];
  for (let node = root; node.children.length > 0; path.push(node)) node = selectChild(node, exploration);
  return path;
}

function selectChild<X>({ visits, children }: Place<X>, exploration: number): Place<X> {
  const log = Math.log(visits);
  let best = children[0];
  let highest = -Infinity;
  for (const child of children) {
    if (child.value === null) return child;
    const bound = child.value + exploration * Math.sqrt(log / child.visits);
    if (bound > highest) {
      best = child;
      highest = bound;
    }
  }
  return best;
}

function distinct<X>(states: readonly X[], key?: (state: X) => string): readonly X[] {
  if (!key) return states;
  const seen = new Set<string>();
  return states.filter((state) => {
    const name = key(state);
    return !seen.has(name) && seen.add(name);
  });
}

function assertCount(name: string, answers: ArrayLike<unknown>, count: number): void {
  if (answers.length !== count) throw new RangeError(`${name} must answer ${count} states, got ${answers.length}`);
}

function assertReward(name: string, reward: number): void {
  if (!Number.isFinite(reward)) throw new RangeError(`${name} must give finite rewards, got ${reward}`);
}
