import { describe, expect, it } from 'vitest';
import { Random } from '../stats/index.ts';
import { breadthFirst, growTrees, type StepNode, type StepPrefix, scoreTree } from './step-tree.ts';

const leaf = (steps: string, outcome: boolean | null): StepNode => ({
  segments: [...steps].map((step) => [step]),
  outcome,
  children: [],
});
const node = (steps: string, ...children: StepNode[]): StepNode => ({ ...leaf(steps, null), children });

/** Two digits that sum to the problem's number; a dot gives up. */
const outcome = (steps: readonly string[], problem: number) => {
  if (steps.at(-1) === '.') return false;
  return steps.length < 2 ? null : steps.reduce((sum, step) => sum + Number(step), 0) === problem;
};

describe('growTrees', () => {
  it('asks for one level of all trees at a time', async () => {
    const calls: { prefixes: readonly StepPrefix<string, number>[]; n: number }[] = [];
    const trees = await growTrees({
      problems: [1, 2],
      sample: async (prefixes: readonly StepPrefix<string, number>[], n) => {
        calls.push({ prefixes, n });
        return prefixes.map(() => ['0', '1', '.']);
      },
      outcome,
      children: 3,
    });
    expect(calls.map(({ prefixes, n }) => [prefixes.length, n])).toEqual([
      [2, 3],
      [4, 3],
    ]);
    expect(calls[1].prefixes.map(({ problem, steps }) => `${problem}:${steps}`)).toEqual(['1:0', '1:1', '2:0', '2:1']);
    const [one, two] = trees.map((tree) => scoreTree(tree).root);
    // Leaves: a dot, and 00 01 0. 10 11 1. below the two digits.
    expect(one).toMatchObject({ leaves: 7, score: 2 / 7 });
    expect(two).toMatchObject({ leaves: 7, score: 1 / 7 });
    expect(one.children.map(({ score, segments }) => [segments.flat().join(''), score])).toEqual([
      ['0', 1 / 3],
      ['1', 1 / 3],
      ['.', 0],
    ]);
  });

  it('counts what is not finished in time as wrong, and what was never sampled not at all', async () => {
    const [tree] = await growTrees({
      problems: ['p'],
      sample: (prefixes: readonly StepPrefix[]) =>
        prefixes.map(({ steps }) =>
          steps[0] === 'lost' ? [] : steps.length === 0 ? ['lost', 'slow', 'done'] : ['on'],
        ),
      outcome: (steps) => (steps.at(-1) === 'done' ? true : null),
      children: 3,
      maxDepth: 4,
    });
    const { root } = scoreTree(tree);
    expect(root.children.map(({ score, leaves }) => [score, leaves])).toEqual([
      [null, 0],
      [0, 1],
      [1, 1],
    ]);
    expect(root).toMatchObject({ score: 0.5, leaves: 2 });
    expect(Math.max(...breadthFirst(root).map(({ segments }) => segments.length))).toBe(4);
  });

  it('gives scores whose mean is the chance of success', async () => {
    const rng = new Random(1, 'bits');
    const trees = await growTrees({
      problems: Array.from({ length: 200 }, () => 1),
      sample: (prefixes: readonly StepPrefix<string, number>[], n) =>
        prefixes.map(() => Array.from({ length: n }, () => (rng.bool(0.3) ? '1' : '0'))),
      outcome,
      children: 4,
    });
    const scores = trees.map((tree) => scoreTree(tree).root.score ?? Number.NaN);
    // 200 trees of 16 leaves; the deviation of a score is below 0.25, of the mean below 0.018.
    expect(Math.abs(scores.reduce((sum, score) => sum + score) / 200 - 2 * 0.3 * 0.7)).toBeLessThan(0.06);
  });

  it('names what does not fit, and can be aborted', async () => {
    const options = { problems: [1], outcome, children: 2 };
    await expect(growTrees({ ...options, sample: () => [] })).rejects.toThrow('steps for 1 prefixes, got 0');
    await expect(growTrees({ ...options, sample: () => [['1', '1', '1']] })).rejects.toThrow('at most 2 steps');
    await expect(growTrees({ ...options, sample: () => [[]], maxDepth: 0 })).rejects.toThrow(
      'maxDepth must be a positive whole number, got 0',
    );
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(growTrees({ ...options, sample: () => [[]], signal })).rejects.toThrow('enough');
  });
});

describe('scoreTree', () => {
  it('scores by leaves, not by children', () => {
    const tree = node(
      '',
      node('a', leaf('aa', true), leaf('ab', false), leaf('ac', false)),
      leaf('b', true),
      node('c', leaf('ca', null)),
    );
    const { root } = scoreTree({ problem: 'p', root: tree });
    expect(root).toMatchObject({ score: 0.5, leaves: 4 });
    expect(root.children.map(({ score }) => score)).toEqual([1 / 3, 1, null]);
    expect(tree).not.toHaveProperty('score');
  });
});
