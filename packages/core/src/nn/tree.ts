import { isNdArray, type NdArray, sizeOf } from './array.ts';

/** Leaves in nested lists and plain objects. (Declare types of trees with `type`: an `interface` has no index.) */
export type Tree<Leaf> = Leaf | readonly Tree<Leaf>[] | { readonly [name: string]: Tree<Leaf> };

/** A network's parameters by name: plain data, so that an artifact can hold them. */
export type Parameters = Tree<NdArray>;

/**
 * The type of a tree in which each `From` was turned into a `To`. (`mapTree` gives this; the compiler cannot follow, so
 * its callers say so.)
 */
export type Mapped<T, From, To> = T extends From ? To : { [K in keyof T]: Mapped<T[K], From, To> };

/**
 * A tree of the same form with every leaf replaced: lists in order, objects by name (sorted, so that equal trees have one
 * order). `path` is such as `layers.0.weight`. Throws TypeError for anything that is no leaf, list or plain object.
 */
export function mapTree<Leaf, To>(
  tree: unknown,
  isLeaf: (node: unknown) => node is Leaf,
  replace: (leaf: Leaf, path: string) => To,
): Tree<To> {
  const walk = (node: unknown, path: string): Tree<To> => {
    if (isLeaf(node)) return replace(node, path);
    const inside = (name: string | number) => (path === '' ? `${name}` : `${path}.${name}`);
    if (Array.isArray(node)) return node.map((child, i) => walk(child, inside(i)));
    if (typeof node !== 'object' || node === null || ArrayBuffer.isView(node)) {
      const kind = ArrayBuffer.isView(node) ? node.constructor.name : String(node);
      throw new TypeError(`${path || 'tree'} must be an array with a shape, a list or a plain object, got ${kind}`);
    }
    const entries = Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([name, child]) => [name, walk(child, inside(name))]));
  };
  return walk(tree, '');
}

/** The leaves of a tree in the order of `mapTree`. */
export function leavesOf<Leaf>(tree: unknown, isLeaf: (node: unknown) => node is Leaf): Leaf[] {
  const leaves: Leaf[] = [];
  mapTree(tree, isLeaf, (leaf) => leaves.push(leaf));
  return leaves;
}

/** Where each leaf of a tree of parameters lies in one long vector. */
export interface Layout {
  /** Length of the vector. */
  readonly size: number;
  /** The tree with a slot in the place of each array. */
  readonly slots: Tree<Slot>;
}

export interface Slot {
  readonly offset: number;
  readonly shape: readonly number[];
}

export const isSlot = (node: unknown): node is Slot => typeof node === 'object' && node !== null && 'offset' in node;

/** Parameters are floats: integers have no gradient. */
export function isParameter(node: unknown): node is NdArray {
  return isNdArray(node) && node.data instanceof Float32Array;
}

/**
 * Lays a tree of parameters out in one vector: optimisers then are a few vector operations however many layers there
 * are, and averaging two networks is one line.
 */
export function layoutOf(params: Parameters): Layout {
  let size = 0;
  const slots = mapTree(params, isParameter, ({ shape }) => {
    const slot = { offset: size, shape };
    size += sizeOf(shape);
    return slot;
  });
  return { size, slots };
}

/** The numbers of a tree of parameters in one vector, as `layoutOf` lays them out. */
export function pack(params: Parameters): Float32Array {
  const { size } = layoutOf(params);
  const vector = new Float32Array(size);
  let at = 0;
  for (const { data } of leavesOf(params, isParameter)) {
    vector.set(data, at);
    at += data.length;
  }
  return vector;
}

/** The tree whose numbers are in the vector; copies. Throws RangeError for a vector of another length. */
export function unpack(layout: Layout, vector: Float32Array): Parameters {
  if (vector.length !== layout.size) {
    throw new RangeError(`vector must hold ${layout.size} numbers, got ${vector.length}`);
  }
  return mapTree(layout.slots, isSlot, ({ offset, shape }) => ({
    shape,
    data: vector.slice(offset, offset + sizeOf(shape)),
  }));
}
