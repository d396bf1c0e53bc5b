import { describe, expect, it } from 'vitest';
import { Adam } from './adam.ts';

describe('Adam', () => {
  it('takes the steps of the algorithm', () => {
    // By hand: the first step is the learning rate times the sign, whatever the size of the gradient.
    const x = Float64Array.of(1, 1, 1);
    const adam = new Adam(3, { learningRate: 0.1 });
    adam.descend(x, [5, -0.001, 0]);
    expect(x[0]).toBeCloseTo(0.9, 8);
    expect(x[1]).toBeCloseTo(1.1, 5);
    expect(x[2]).toBe(1);
    // Second step with gradient 1 after 5: means 0.1 * 5 * 0.9 + 0.1 and 0.001 * 25 * 0.999 + 0.001, each corrected.
    adam.descend(x, [1, 0, 0]);
    const mean = (0.45 + 0.1) / (1 - 0.81);
    const square = (0.024975 + 0.001) / (1 - 0.998001);
    expect(x[0]).toBeCloseTo(0.9 - (0.1 * mean) / Math.sqrt(square), 8);
  });

  it('finds the minimum of a badly scaled quadratic, and the maximum of its negative', () => {
    const down = Float64Array.of(3, -2);
    const up = Float64Array.of(3, -2);
    const descent = new Adam(2, { learningRate: 0.05 });
    const ascent = new Adam(2, { learningRate: 0.05 });
    for (let i = 0; i < 2000; i++) {
      descent.descend(down, [1000 * (down[0] - 1), 0.1 * down[1]]);
      ascent.ascend(up, [-1000 * (up[0] - 1), -0.1 * up[1]]);
    }
    expect(down[0]).toBeCloseTo(1, 3);
    expect(down[1]).toBeCloseTo(0, 3);
    expect(up).toEqual(down);
  });

  it('names what does not fit', () => {
    expect(() => new Adam(2, { beta1: 1 })).toThrow('beta1 must lie in [0, 1), got 1');
    expect(() => new Adam(2).ascend(new Float64Array(2), [1])).toThrow('must hold 2 numbers, got 2 and 1');
  });
});
