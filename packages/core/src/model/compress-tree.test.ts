import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../stats/index.ts';
import { compressTree } from './compress-tree.ts';
import { breadthFirst, type StepNode, type StepTree, scoreTree } from './step-tree.ts';

/** A full tree whose leaf i, from the left, is right iff (7 i + 3) mod `modulus` is below `right`. */
function full(depth: number, width: number, modulus: number, right: number): StepTree {
  const grow = (segments: string[][], index: number): StepNode => ({
    segments,
    outcome: segments.length === depth ? (7 * index + 3) % modulus < right : null,
    children:
      segments.length === depth
        ? []
        : Array.from({ length: width }, (_, c) => grow([...segments, ['abcdefgh'[c]]], index * width + c)),
  });
  return { problem: 'p', root: grow([], 0) };
}

const paths = (tree: StepTree) =>
  breadthFirst(scoreTree(tree).root).map(
    ({ segments, score, children }) =>
      `${segments.map((steps) => steps.join('')).join(' ')} ${score?.toFixed(3)} ${children.length}`,
  );
const leaves = (tree: StepTree) =>
  breadthFirst(tree.root)
    .filter(({ children }) => children.length === 0)
    .map(({ segments, outcome }) => `${segments.flat().join('')} ${outcome}`)
    .sort();

describe('compressTree', () => {
  it('does what the authors code does when every draw merges', () => {
    // Computed with `split_node` and `assign_score_for_every_nodes` of tengwang0318/hierarchial_reward_model.
    const theirs = [
      'a 0.417 6,b 0.417 6,c 0.417 6,d 0.333 6,aa 0.250 4,ba 0.500 4,ca 0.250 4,da 0.500 4',
      'a b 0.333 3,a c 0.667 3,a d 0.333 3,a ba 1.000 0,a ca 0.000 0,a da 0.000 0',
      'b b 0.333 3,b c 0.333 3,b d 0.667 3,b ba 0.000 0,b ca 1.000 0,b da 0.000 0',
      'c b 0.333 3,c c 0.333 3,c d 0.333 3,c ba 1.000 0,c ca 0.000 0,c da 1.000 0',
      'd b 0.333 3,d c 0.333 3,d d 0.333 3,d ba 0.000 0,d ca 1.000 0,d da 0.000 0',
    ];
    const ours = paths(compressTree(full(3, 4, 5, 2), { rng: new Random(0), probability: 1 }));
    expect(ours[0]).toMatch(/^ \d\.\d+ 8$/);
    expect(ours.slice(1, 33)).toEqual(theirs.join(',').split(','));
  });

  it('keeps every leaf, whatever is merged', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 4 }),
        fc.integer({ min: 2, max: 5 }),
        fc.constantFrom(0.2, 0.5, 1),
        fc.nat(),
        (depth, width, probability, seed) => {
          const tree = full(depth, width, 5, 2);
          const compressed = compressTree(tree, { rng: new Random(seed), probability, minChildren: 2 });
          expect(leaves(compressed)).toEqual(leaves(tree));
          expect(scoreTree(compressed).root.score).toBe(scoreTree(tree).root.score);
          const before = breadthFirst(tree.root).length;
          expect(breadthFirst(compressed.root)).toHaveLength(before);
          for (const { score } of breadthFirst(scoreTree(compressed).root)) {
            expect(score).toBeGreaterThanOrEqual(0);
            expect(score).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });

  it('takes one child in about 1 - (1 - p)^n cases, each place in its turn', () => {
    const rng = new Random(4, 'places');
    const taken = [0, 0, 0, 0];
    const runs = 2000;
    for (let run = 0; run < runs; run++) {
      const [first] = compressTree(full(2, 4, 5, 2), { rng }).root.children;
      const lost = [0, 1, 2, 3].find((c) => !first.children.some(({ segments }) => segments[1][0] === 'abcd'[c]));
      if (lost !== undefined) taken[lost]++;
    }
    taken.forEach((count, place) => {
      expect(Math.abs(count / runs - 0.5 ** (place + 1))).toBeLessThan(0.045); // four standard errors
    });
  });

  it('leaves small nodes, the first level and its input alone', () => {
    const small = full(3, 3, 5, 2);
    expect(compressTree(small, { rng: new Random(0), probability: 1 })).toEqual(small);
    const flat = full(1, 5, 5, 2);
    expect(compressTree(flat, { rng: new Random(0), probability: 1 })).toEqual(flat);
    const tree = full(3, 4, 5, 2);
    compressTree(tree, { rng: new Random(0), probability: 1 });
    expect(tree).toEqual(full(3, 4, 5, 2));
  });

  it('names what does not fit', () => {
    const rng = new Random(0);
    expect(() => compressTree(full(1, 2, 5, 2), { rng, probability: 1.5 })).toThrow('must lie in [0, 1], got 1.5');
    expect(() => compressTree(full(1, 2, 5, 2), { rng, minChildren: 1 })).toThrow('must be at least 2, got 1');
  });
});
