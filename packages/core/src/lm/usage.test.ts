import { describe, expect, it } from 'vitest';
import { BudgetExceeded, Meter } from './usage.ts';

const answer = { promptTokens: 1000, cachedTokens: 400, completionTokens: 500 };

describe('Meter', () => {
  it('adds up tokens and cost', () => {
    const meter = new Meter({ price: { prompt: 2, completion: 8, cached: 0.5 } });
    meter.request();
    meter.add(answer);
    meter.add(answer);
    expect(meter.totals).toMatchObject({ requests: 1, promptTokens: 2000, cachedTokens: 800, completionTokens: 1000 });
    expect(meter.totals.cost).toBeCloseTo((2 * (600 * 2 + 400 * 0.5 + 500 * 8)) / 1e6, 12);
  });

  it('stops when a budget is spent, saying which', () => {
    const meter = new Meter({ budget: { requests: 2, tokens: 3000 } });
    meter.request();
    meter.add(answer);
    meter.request();
    expect(() => meter.request()).toThrow(
      'the budget of 2 requests is spent (2 so far); raise budget.requests to go on',
    );
    expect(meter.totals.requests).toBe(2);
    const tokens = new Meter({ budget: { tokens: 1500 } });
    tokens.check();
    tokens.add(answer);
    expect(() => tokens.check()).toThrow(BudgetExceeded);
    expect(() => tokens.check()).toThrow(/budget of 1500 tokens is spent \(1500 so far\)/);
  });

  it('says so when a budget cannot be kept', () => {
    const meter = new Meter({ budget: { tokens: 1e6 } });
    meter.add(null);
    expect(() => meter.check()).toThrow(/cannot be kept: 1 answers came without token counts; limit budget.requests/);
    const unpriced = new Meter({ budget: { cost: 1 } });
    unpriced.add(answer);
    expect(() => unpriced.check()).toThrow(/without token counts or a price/);
  });

  it('shares one budget between models of different prices', () => {
    const run = new Meter({ budget: { cost: 0.01 } });
    const judge = new Meter({ price: { prompt: 1, completion: 1 }, within: run });
    const writer = new Meter({ price: { prompt: 10, completion: 10 }, within: run });
    judge.request();
    judge.add(answer);
    writer.request();
    writer.add(answer);
    expect(run.totals.requests).toBe(2);
    expect(run.totals.cost).toBeCloseTo(0.0165, 12);
    expect(() => judge.request()).toThrow(/budget of 0.01 cost is spent/);
    expect(judge.totals.requests).toBe(1);
  });

  it('refuses negative prices and budgets', () => {
    expect(() => new Meter({ budget: { tokens: -1 } })).toThrow(/tokens must be at least 0, got -1/);
    expect(() => new Meter({ price: { prompt: Number.NaN, completion: 1 } })).toThrow(/prompt must be at least 0/);
  });
});
