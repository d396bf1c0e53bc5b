import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logMeanExp, type Potential, Potentials } from './potentials.ts';

const potentials = fc.constantFrom<Potential>('difference', 'max', 'sum', 'current', 'importance');
const score = fc.double({ min: -5, max: 5, noNaN: true });

describe('Potentials', () => {
  it('multiply to exp(lambda r(x_0)), whatever the scores on the way', () => {
    const path = fc.array(score, { maxLength: 6 });
    fc.assert(
      fc.property(
        potentials,
        path,
        score,
        fc.double({ min: 0, max: 4, noNaN: true }),
        (potential, scores, reward, lambda) => {
          const particle = new Potentials(potential, lambda, 1);
          const logWeights = new Float64Array(1);
          if (particle.looksAhead) for (const s of scores) particle.weigh(Float64Array.of(s), logWeights);
          particle.finish(Float64Array.of(reward), logWeights);
          expect(logWeights[0]).toBeCloseTo(lambda * reward, 9);
        },
      ),
    );
  });

  it('are those of the paper on a path by hand', () => {
    const logs = (potential: Potential) => {
      const particle = new Potentials(potential, 2, 1);
      return [1, -3, 2].map((s) => {
        const logWeights = new Float64Array(1);
        particle.weigh(Float64Array.of(s), logWeights);
        return logWeights[0];
      });
    };
    expect(logs('difference')).toEqual([2, -8, 10]);
    expect(logs('max')).toEqual([2, 2, 4]);
    expect(logs('sum')).toEqual([2, -4, 0]);
    expect(logs('current')).toEqual([2, -6, 4]);
  });

  it('steer by max also where all scores are negative', () => {
    const two = new Potentials('max', 1, 2);
    const logWeights = new Float64Array(2);
    two.weigh(Float64Array.of(-7, -4), logWeights);
    expect([...logWeights]).toEqual([-7, -4]);
  });

  it('hand on what the parent remembers', () => {
    const two = new Potentials('max', 1, 2);
    two.weigh(Float64Array.of(3, 1), new Float64Array(2));
    two.inherit(Int32Array.of(0, 0));
    const logWeights = new Float64Array(2);
    two.weigh(Float64Array.of(2, 4), logWeights);
    expect([...logWeights]).toEqual([3, 4]);
    logWeights.fill(0);
    two.finish(Float64Array.of(1, 1), logWeights);
    expect([...logWeights]).toEqual([1 - 6, 1 - 7]);
  });
});

describe('logMeanExp', () => {
  it('averages outside the logarithm and survives any size', () => {
    expect(logMeanExp([Math.log(1), Math.log(3)])).toBeCloseTo(Math.log(2), 12);
    expect(logMeanExp([2000, 2000])).toBe(2000);
    expect(logMeanExp([-Infinity, -Infinity])).toBe(-Infinity);
    expect(() => logMeanExp([])).toThrow('values must not be empty');
  });
});
