import { describe, expect, it } from 'vitest';
import { blocksOf, piecesOf, plainText } from './inline.ts';

describe('piecesOf', () => {
  it('finds formulae, code, stress and links', () => {
    expect(piecesOf('Let $\\mu_1*x$ be `a*b`, **bold** or *so*; see [the page](https://example.org/a_b).')).toEqual([
      { kind: 'text', text: 'Let ' },
      { kind: 'math', tex: '\\mu_1*x' },
      { kind: 'text', text: ' be ' },
      { kind: 'code', text: 'a*b' },
      { kind: 'text', text: ', ' },
      { kind: 'strong', text: 'bold' },
      { kind: 'text', text: ' or ' },
      { kind: 'emphasis', text: 'so' },
      { kind: 'text', text: '; see ' },
      { kind: 'link', text: 'the page', url: 'https://example.org/a_b' },
      { kind: 'text', text: '.' },
    ]);
  });

  it('leaves stars between words, single and escaped dollars alone', () => {
    expect(piecesOf('A* and 2*3*4 cost \\$5 or $6')).toEqual([{ kind: 'text', text: 'A* and 2*3*4 cost $5 or $6' }]);
  });

  it('follows a formula over a line break', () => {
    expect(piecesOf('$a\n+b$')).toEqual([{ kind: 'math', tex: 'a\n+b' }]);
  });

  it('makes no link of other schemes', () => {
    expect(piecesOf('[x](javascript:alert(1))')).toEqual([{ kind: 'text', text: '[x](javascript:alert(1))' }]);
  });
});

it('blocksOf splits paragraphs and lists', () => {
  expect(blocksOf('One\nline.\n\n- a\n- b\n')).toEqual([
    { kind: 'paragraph', items: ['One\nline.'] },
    { kind: 'list', items: ['a', 'b'] },
  ]);
});

it('plainText drops the markup', () => {
  expect(plainText('**Bold** and\n$x$')).toBe('Bold and x');
});
