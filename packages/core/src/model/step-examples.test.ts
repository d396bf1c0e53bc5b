import { describe, expect, it } from 'vitest';
import { Random } from '../stats/index.ts';
import { compressTree } from './compress-tree.ts';
import { mergeLabelled, type StepExample, stepExamples } from './step-examples.ts';
import { type StepNode, scoreTree } from './step-tree.ts';

const node = (path: string, outcome: boolean | null, ...children: StepNode[]): StepNode => ({
  segments: path === '' ? [] : path.split(' ').map((steps) => [...steps]),
  outcome,
  children,
});
const show = ({ previous, current, label }: StepExample) => `${previous.join('')}|${current.join('')} ${label}`;

const tree = scoreTree({
  problem: 'p',
  root: node(
    '',
    null,
    node('a', null, node('a c', true), node('a d', false)),
    node('b', null, node('b c', true), node('b e', null)),
  ),
});

describe('stepExamples', () => {
  it('gives one example a node for a PRM, and the merged pairs as well for an HRM', () => {
    expect(stepExamples([tree]).map(show)).toEqual(['|a 0.5', '|b 1', 'a|c 1', 'a|d 0', 'b|c 1']);
    expect(stepExamples([tree], { merge: 1 }).map(show)).toEqual([
      '|a 0.5',
      '|b 1',
      'a|c 1',
      '|ac 1',
      'a|d 0',
      '|ad 0',
      'b|c 1',
      '|bc 1',
    ]);
    expect(stepExamples([tree])[0].problem).toBe('p');
  });

  it('merges segments, so that a merged one counts as one', () => {
    const merged = scoreTree({ problem: 'p', root: node('', null, node('a', null, node('a bc', true))) });
    expect(stepExamples([merged], { merge: 1 }).map(show)).toEqual(['|a 1', 'a|bc 1', '|abc 1']);
    const deep = scoreTree({ problem: 'p', root: node('', null, node('a b c', true)) });
    expect(stepExamples([deep], { merge: 5 }).map(show)).toEqual(['ab|c 1', 'a|bc 1', '|abc 1']);
  });

  it('counts equal examples of one problem once, of two problems twice', () => {
    const again = scoreTree({ problem: 'p', root: node('', null, node('b', true), node('b', true)) });
    expect(
      stepExamples([tree, again])
        .map(show)
        .filter((shown) => shown === '|b 1'),
    ).toHaveLength(1);
    expect(
      stepExamples([tree, { ...again, problem: 'q' }])
        .map(show)
        .filter((shown) => shown === '|b 1'),
    ).toHaveLength(2);
  });

  it('balances scores depth by depth', () => {
    const wide = (right: number, wrong: number) =>
      scoreTree({
        problem: 'p',
        root: node(
          '',
          null,
          ...Array.from({ length: right + wrong }, (_, i) => node(String.fromCharCode(33 + i), i < right)),
        ),
      });
    const counts = (right: number, wrong: number, balance: { share?: number; most?: number } = {}) => {
      const examples = stepExamples([wide(right, wrong)], { balance: { rng: new Random(0, 'balance'), ...balance } });
      return [1, 0].map((label) => examples.filter((example) => example.label === label).length);
    };
    expect(counts(40, 2)).toEqual([4, 2]); // a tenth of 40 is more than the rarest
    expect(counts(19, 3)).toEqual([3, 3]);
    expect(counts(40, 2, { share: 0.5 })).toEqual([20, 2]);
    expect(counts(12, 0)).toEqual([5, 0]);
    expect(counts(3, 0)).toEqual([3, 0]);
    expect(counts(12, 0, { most: 7 })).toEqual([7, 0]);
    // Every node has its turn.
    const rng = new Random(1, 'balance');
    const drawn = new Set(
      Array.from({ length: 200 }, () => stepExamples([wide(9, 1)], { balance: { rng } }).map(show)).flat(),
    );
    expect(drawn.size).toBe(10);
  });

  it('gets more from a tree and its compressed copy than from the tree', () => {
    const root = node(
      '',
      null,
      node('a', null, ...[...'cdef'].map((step, i) => node(`a ${step}`, i < 2))),
      node('b', null, ...[...'cdef'].map((step, i) => node(`b ${step}`, i < 1))),
    );
    const compressed = compressTree({ problem: 'p', root }, { rng: new Random(0), probability: 1 });
    const both = stepExamples([scoreTree({ problem: 'p', root }), scoreTree(compressed)]).map(show);
    expect(both).toContain('|a 0.5');
    expect(both).toContain(`|a ${1 / 3}`); // without its first child, which was right
    expect(both).toContain('|ac 1');
    expect(both).toHaveLength(10 + 4);
  });

  it('names what does not fit', () => {
    expect(() => stepExamples([tree], { merge: -1 })).toThrow('merge must be a whole number from 0, got -1');
    const rng = new Random(0);
    expect(() => stepExamples([tree], { balance: { rng, share: 2 } })).toThrow(
      'balance.share must lie in [0, 1], got 2',
    );
    expect(() => stepExamples([tree], { balance: { rng, most: 0 } })).toThrow('balance.most must be a positive whole');
  });
});

describe('mergeLabelled', () => {
  const path = [
    {
      candidates: [
        { step: 'x', rating: -1 as const },
        { step: 'r', rating: 1 as const },
      ],
      chosen: 'x',
    },
    {
      candidates: [
        { step: 'f', rating: 1 as const },
        { step: 'n', rating: 0 as const },
        { step: 'w', rating: -1 as const },
      ],
      chosen: 'h',
    },
    { candidates: [{ step: 'e', rating: 1 as const }], chosen: 'e' },
  ];

  it('labels a pair by its last step, whatever came before', () => {
    expect(mergeLabelled('p', path).map(show)).toEqual([
      '|x 0',
      '|r 1',
      'x|f 1',
      '|xf 1',
      'x|w 0',
      '|xw 0',
      'xh|e 1',
      'x|he 1',
    ]);
    expect(mergeLabelled('p', path, { merge: 0 }).map(show)).toEqual(['|x 0', '|r 1', 'x|f 1', 'x|w 0', 'xh|e 1']);
  });

  it('names what does not fit', () => {
    expect(() => mergeLabelled('p', path, { merge: 0.5 })).toThrow('merge must be a whole number from 0, got 0.5');
    const odd = [{ candidates: [{ step: 'a', rating: 2 as 1 }], chosen: 'a' }];
    expect(() => mergeLabelled('p', odd)).toThrow('path[0] must have ratings of -1, 0 or 1, got 2');
  });
});
