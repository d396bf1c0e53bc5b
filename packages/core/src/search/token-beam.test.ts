import { describe, expect, it } from 'vitest';
import { chainMod } from '../env/index.ts';
import { Gpt } from '../nn/index.ts';
import { Random } from '../stats/index.ts';
import { StepProposals } from './step-proposals.ts';
import { type TokenTrace, tokenBeam } from './token-beam.ts';

const { tokenizer } = chainMod();
const { eos, newline } = tokenizer;
const MAX = 24;
const gpt = new Gpt(
  { vocabulary: tokenizer.size, context: 40, width: 16, layers: 1, heads: 2 },
  new Random(0, 'token beam', 'weights'),
);
const prompts = ['3+4=?', '1+1-2=?', '9*9=?'].map((text) => tokenizer.encode(text));
const fresh = () =>
  new StepProposals({ gpt, prompts, stop: [newline], end: eos, maxTokens: MAX, random: new Random(1, 'steps') });
const start = (index: number) => ({ index, tokens: [] });
/** Likes small tokens: the negative mean. */
const small = (traces: readonly TokenTrace[]) =>
  traces.map(({ tokens }) => -tokens.reduce((sum, token) => sum + token, 0) / tokens.length);

describe('StepProposals', () => {
  it('gives steps that end as they say, within the limit', () => {
    for (const steps of fresh().draw([start(0), start(1), start(2)], 64)) {
      for (const { tokens, finish } of steps) {
        const last = tokens[tokens.length - 1];
        const inner = tokens.slice(0, -1);
        expect(inner.includes(eos) || inner.includes(newline)).toBe(false);
        if (finish === 'end') expect(last).toBe(eos);
        else if (finish === 'step') expect(last).toBe(newline);
        else expect(tokens).toHaveLength(MAX);
      }
    }
  });

  it('gives everybody the first of one list, whoever asks for how many in whatever company', () => {
    const many = fresh();
    const [, full] = many.draw([start(2), start(1)], 16);
    const few = fresh();
    expect(few.draw([start(1)], 3)[0]).toEqual(full.slice(0, 3));
    expect(few.draw([start(1)], 16)[0]).toEqual(full);
    const before = many.sampledTokens;
    expect(before).toBeGreaterThan(0);
    many.draw([start(1), start(2)], 16);
    expect(many.sampledTokens).toBe(before);
    const other = { index: 1, tokens: full[0].tokens.slice(0, 1) };
    expect(many.draw([other], 16)[0]).not.toEqual(full);
  });

  it('never says that a step which fills the response could go on', () => {
    const tight = new StepProposals({
      gpt,
      prompts,
      stop: [newline],
      end: eos,
      maxTokens: 1,
      random: new Random(2, 's'),
    });
    const finishes = new Set(tight.draw([start(0)], 200)[0].map(({ finish }) => finish));
    expect([...finishes].sort()).toEqual(['cut', 'end']);
  });

  it('checks its arguments', () => {
    const options = { gpt, prompts, stop: [newline], end: eos, random: new Random(0, 's') };
    expect(() => new StepProposals({ ...options, maxTokens: 0 })).toThrow('maxTokens must be a positive whole number');
    expect(() => new StepProposals({ ...options, maxTokens: 36 })).toThrow('must fit the context of 40, got 7 and 36');
    expect(() => fresh().draw([start(3)], 1)).toThrow("prefixes[0].index must be a prompt's, from 0 to 2, got 3");
    expect(() => fresh().draw([{ index: 0, tokens: Array(MAX).fill(5) }], 1)).toThrow('must leave room within 24');
    expect(() => fresh().draw([start(0)], 0)).toThrow('n must be a positive whole number');
  });
});

describe('tokenBeam', () => {
  it('with width 1 picks the best next step again and again', () => {
    const proposals = fresh();
    const traces = tokenBeam(proposals, { width: 1, expand: 6, maxSteps: 5, score: small });
    traces.forEach(([best], index) => {
      let tokens: readonly number[] = [];
      for (const [i, end] of best.ends.entries()) {
        const next = proposals
          .draw([{ index, tokens }], 6)[0]
          .filter(({ finish }) => finish !== 'cut' || best.finish === 'cut')
          .map((step) => [...tokens, ...step.tokens]);
        const values = next.map((each) => small([{ ...best, tokens: each }])[0]);
        expect(best.tokens.slice(0, end)).toEqual(next[values.indexOf(Math.max(...values))]);
        expect(best.scores[i]).toBe(Math.max(...values));
        tokens = best.tokens.slice(0, end);
      }
      expect(best.index).toBe(index);
      expect(best.ends.at(-1)).toBe(best.tokens.length);
    });
  });

  it('finds what an exhaustive search finds when nothing is left out', () => {
    const proposals = fresh();
    const all: TokenTrace[] = [];
    let live: TokenTrace[] = [{ index: 0, tokens: [], ends: [], scores: [], finish: 'step' }];
    for (let round = 0; round < 3; round++) {
      const steps = live.length > 0 ? proposals.draw(live, 3) : [];
      const next = live.flatMap((trace, i) =>
        steps[i].map((step) => ({ ...trace, tokens: [...trace.tokens, ...step.tokens], finish: step.finish })),
      );
      all.push(...next.filter(({ finish }) => finish === 'end'));
      live = next.filter(({ finish }) => finish === 'step');
    }
    const [[best]] = tokenBeam(proposals, { width: 100, expand: 3, maxSteps: 3, score: small });
    const top = Math.max(...small(all));
    expect(all.length).toBeGreaterThan(0);
    expect(best.finish).toBe('end');
    expect(best.scores.at(-1)).toBe(top);
  });

  it('scores equal steps once, and lets finalScore have the last word', () => {
    const seen: TokenTrace[][] = [];
    const score = (traces: readonly TokenTrace[]) => {
      seen.push([...traces]);
      return small(traces);
    };
    const options = { width: 4, expand: 40, maxSteps: 2, score };
    tokenBeam(fresh(), options);
    for (const traces of seen) {
      const keys = traces.map(({ index, tokens }) => `${index}:${tokens.join()}`);
      expect(new Set(keys).size).toBe(keys.length);
    }
    const turned = tokenBeam(fresh(), { ...options, finalScore: (traces) => small(traces).map((x) => -x) });
    for (const traces of turned) {
      const complete = traces.filter(({ finish }) => finish === 'end');
      expect(traces.slice(0, complete.length)).toEqual(complete);
      const values = small(complete);
      expect(values).toEqual([...values].sort((a, b) => a - b));
    }
  });

  it('checks its arguments and what scorers give', () => {
    const options = { width: 1, expand: 2, maxSteps: 2, score: small };
    expect(() => tokenBeam(fresh(), { ...options, width: 0 })).toThrow('width must be a positive whole number');
    expect(() => tokenBeam(fresh(), { ...options, score: () => [1] })).toThrow(/score must give \d+ scores, got 1/);
    expect(() => tokenBeam(fresh(), { ...options, score: (traces) => traces.map(() => NaN) })).toThrow(
      'score must give finite scores, got NaN',
    );
    const aborted = AbortSignal.abort(new Error('enough'));
    expect(() => tokenBeam(fresh(), { ...options, signal: aborted })).toThrow('enough');
  });
});
