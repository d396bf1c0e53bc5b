import { describe, expect, it } from 'vitest';
import type { SearchNode } from './mcts.ts';
import { preferencePairs } from './preference-pairs.ts';

describe('preferencePairs', () => {
  const node = (state: string, visits: number, value: number | null, ...children: SearchNode<string>[]) => ({
    state,
    depth: state.length,
    terminal: null,
    visits,
    value,
    children,
  });
  const tree = node(
    '',
    30,
    0.5,
    node('a', 20, 0.75, node('ac', 10, 1), node('ad', 8, 0.5), node('ae', 2, 0.125)),
    node('b', 10, 0.25, node('bc', 5, 0), node('bd', 0, null)),
  );
  const shown = (options: Parameters<typeof preferencePairs>[1]) =>
    preferencePairs([tree], options).map(({ better, worse, gap }) => `${better.state}>${worse.state} ${gap}`);

  it('compares siblings, or all of one depth, by more than the gap', () => {
    expect(shown({ minGap: 0.5 })).toEqual(['ac>ae 0.875']);
    expect(shown({ minGap: 0.25 })).toEqual(['a>b 0.5', 'ac>ad 0.5', 'ac>ae 0.875', 'ad>ae 0.375']);
    expect(shown({ minGap: 0.4, pairs: 'sameDepth' })).toEqual([
      'a>b 0.5',
      'ac>ad 0.5',
      'ac>ae 0.875',
      'ac>bc 1',
      'ad>bc 0.5',
    ]);
    expect(shown({ minGap: 0, minVisits: 5 })).toEqual(['a>b 0.5', 'ac>ad 0.5']);
    expect(preferencePairs([node('', 1, 1), tree], { minGap: 0.5 })[0].tree).toBe(1);
  });

  it('names what does not fit', () => {
    expect(() => shown({ minGap: -0.1 })).toThrow('minGap must be at least 0 and finite, got -0.1');
    expect(() => shown({ minGap: 0, minVisits: 0 })).toThrow('minVisits must be a positive whole number, got 0');
  });
});
