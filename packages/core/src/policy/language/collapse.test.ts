import { describe, expect, it } from 'vitest';
import { type CollapseSigns, findCollapse } from './collapse.ts';

const steady = { reward: 0.5, accuracy: 0.5, responseLength: 10, entropy: 0.3, kl: 0.1 };
const curve = (...changes: Partial<CollapseSigns>[]): CollapseSigns[] =>
  changes.map((change, iteration) => ({ iteration, ...steady, ...change }));
const accuracies = (...values: number[]) => curve(...values.map((accuracy) => ({ accuracy })));

describe('findCollapse', () => {
  it('tells the onset, once it has lasted', () => {
    const signs = curve({}, { entropy: 0.01 }, {}, { entropy: 0.01 }, { entropy: 0.02 }, { entropy: 0 }, {});
    expect(findCollapse(signs, { entropyBelow: 0.05 })).toEqual({ iteration: 3, rule: 'entropyBelow' });
    expect(findCollapse(signs, { entropyBelow: 0.05, patience: 1 })?.iteration).toBe(1);
    expect(findCollapse(signs, { entropyBelow: 0.05, patience: 4 })).toBeNull();
    expect(findCollapse(signs, {})).toBeNull();
  });

  it('knows the signs', () => {
    const bad: [Partial<CollapseSigns>, object][] = [
      [{ kl: 2 }, { klAbove: 1 }],
      [{ responseLength: 20 }, { lengthAbove: 19 }],
      [{ responseLength: 1 }, { lengthBelow: 2 }],
      [{ reward: 0.1 }, { rewardDrop: 0.3 }],
      [{ accuracy: 0.1 }, { accuracyDrop: 0.3 }],
    ];
    for (const [sign, rule] of bad) {
      expect(findCollapse(curve({}, {}, {}, sign, sign, sign), rule)).toEqual({
        iteration: 3,
        rule: Object.keys(rule)[0],
      });
      expect(findCollapse(curve({}, {}, {}, {}, {}, {}), rule)).toBeNull();
    }
  });

  it('measures a fall from the best mean, not from one lucky batch or the beginning', () => {
    const rules = { accuracyDrop: 0.2, patience: 2 };
    expect(findCollapse(accuracies(0.5, 0.9, 0.5, 0.5, 0.5, 0.5), rules)).toBeNull();
    expect(findCollapse(accuracies(0.2, 0.6, 0.9, 0.9, 0.9, 0.6, 0.6), rules)?.iteration).toBe(5);
    expect(findCollapse(accuracies(0.9, 0.1, 0.1), { ...rules, window: 1 })?.iteration).toBe(1);
  });

  it('names the rule with the earlier onset', () => {
    const signs = curve(
      {},
      { entropy: 0, kl: 0.1 },
      { entropy: 0, kl: 5 },
      { entropy: 0, kl: 5 },
      { entropy: 0, kl: 5 },
    );
    expect(findCollapse(signs, { klAbove: 1, entropyBelow: 0.1 })).toEqual({ iteration: 1, rule: 'entropyBelow' });
  });

  it('tells what is wrong', () => {
    expect(() => findCollapse(curve({ kl: null }), { klAbove: 1 })).toThrow('kl must be measured for the rule klAbove');
    expect(() => findCollapse(curve({ accuracy: null }), { accuracyDrop: 1 })).toThrow(TypeError);
    expect(() => findCollapse([], { patience: 0 })).toThrow('patience must be a positive whole number, got 0');
  });
});
