import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestOfKValues } from '../../credit/index.ts';
import { Random } from '../../stats/index.ts';
import { proverDiagnostics, proverMoments } from './prover-diagnostics.ts';

describe('proverMoments', () => {
  it('agrees with the definitions, whatever values the prefix itself has', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 2, max: 6 }), (seed, n) => {
        const rng = new Random(seed, 'moments');
        const probabilities = rng.dirichlet(n);
        const base = Float64Array.from({ length: n }, () => rng.uniform());
        const prover = Float64Array.from({ length: n }, () => rng.uniform());
        const expectation = (f: (a: number) => number) => probabilities.reduce((sum, p, a) => sum + p * f(a), 0);
        const valueOfBase = expectation((a) => base[a]);
        const valueOfProver = rng.uniform(); // of the prefix, under the prover's own steps
        const advantage = (a: number) => prover[a] - valueOfProver;
        const centre = expectation(advantage);
        const ours = proverMoments({ base, prover, probabilities });
        expect(ours.distinguishability).toBeCloseTo(
          expectation((a) => (advantage(a) - centre) ** 2),
          12,
        );
        expect(ours.alignment).toBeCloseTo(
          expectation((a) => advantage(a) * (base[a] - valueOfBase)),
          12,
        );
        expect(ours.baseVariance).toBeCloseTo(
          expectation((a) => (base[a] - valueOfBase) ** 2),
          12,
        );
      }),
    );
    expect(proverMoments({ base: [0.1, 0.3], prover: [0.2, 0.6], probabilities: [0.5, 0.5] })).toEqual({
      distinguishability: expect.closeTo(0.04, 12),
      alignment: expect.closeTo(0.02, 12),
      baseVariance: expect.closeTo(0.01, 12),
    });
  });

  it('is unbiased from few draws with few completions, where the plain variance is not', () => {
    const rng = new Random(7, 'noise');
    const probabilities = [0.5, 0.3, 0.2];
    const base = [0.2, 0.5, 0.6];
    const prover = [0.3, 0.4, 0.7];
    const exact = proverMoments({ base, prover, probabilities });
    const share = (q: number, completions: number) => {
      let right = 0;
      for (let i = 0; i < completions; i++) if (rng.bool(q)) right++;
      return right / completions;
    };
    const mean = { clean: 0, raw: 0, alignment: 0, enumerated: 0 };
    const runs = 20_000;
    for (let run = 0; run < runs; run++) {
      const drawn = [0, 1, 2, 3].map(() => rng.categorical(probabilities));
      const seen = {
        base: drawn.map((a) => share(base[a], 5)),
        prover: drawn.map((a) => share(prover[a], 4)),
      };
      const clean = proverMoments({ ...seen, completions: 4 });
      mean.clean += clean.distinguishability / runs;
      mean.alignment += clean.alignment / runs;
      mean.raw += proverMoments(seen).distinguishability / runs;
      const all = { base, prover: prover.map((q) => share(q, 4)), probabilities, completions: 4 };
      mean.enumerated += proverMoments(all).distinguishability / runs;
    }
    expect(Math.abs(mean.clean - exact.distinguishability)).toBeLessThan(0.002);
    expect(Math.abs(mean.enumerated - exact.distinguishability)).toBeLessThan(0.002);
    expect(Math.abs(mean.alignment - exact.alignment)).toBeLessThan(0.002);
    expect(mean.raw - exact.distinguishability).toBeGreaterThan(0.04);
  });

  it('names what does not fit', () => {
    expect(() => proverMoments({ base: [0.1], prover: [0.1] })).toThrow('at least two draws, got 1');
    expect(() => proverMoments({ base: [0.1, 0.2], prover: [0.1] })).toThrow('prover must value 2 candidates, got 1');
    expect(() => proverMoments({ base: [0.1, 1.2], prover: [0, 0] })).toThrow('base[1] must lie in [0, 1], got 1.2');
    const pair = { base: [0.1, 0.2], prover: [0.3, 0.4] };
    expect(() => proverMoments({ ...pair, probabilities: [1] })).toThrow('one number a candidate, 2, got 1');
    expect(() => proverMoments({ ...pair, probabilities: [0.5, 0.6] })).toThrow('sum to 1, got a sum of 1.1');
    expect(() => proverMoments({ ...pair, completions: 1 })).toThrow(
      'completions must be a whole number from 2, got 1',
    );
  });
});

describe('proverDiagnostics', () => {
  /** Candidate steps of a weak policy: chances of success of a few per cent that differ from step to step. */
  const rng = new Random(3, 'prefixes');
  const weak = Array.from({ length: 60 }, () => Float64Array.from({ length: 4 }, () => 0.15 * rng.uniform()));
  const diagnose = (prover: (base: Float64Array) => ArrayLike<number>) =>
    proverDiagnostics(weak.map((base) => ({ base, prover: prover(base) })));

  it('finds a prover of middling strength better than a weak and a strong one', () => {
    const improvement = [1, 8, 1000].map((k) => diagnose((base) => bestOfKValues(base, k)).improvement);
    const [itself, middling, strong] = improvement;
    expect(middling.lo ?? 0).toBeGreaterThan(itself.hi ?? Infinity);
    expect(middling.lo ?? 0).toBeGreaterThan(strong.hi ?? Infinity);
  });

  it('knows the policy itself, its opposite and one who sees nothing', () => {
    const itself = diagnose((base) => base);
    expect(itself.correlation).toBeCloseTo(1, 10);
    expect(itself.alignment.value).toBeCloseTo(itself.distinguishability.value, 12);
    expect(itself.improvement.value).toBeCloseTo(2 * itself.alignment.value, 12);
    const opposite = diagnose((base) => base.map((q) => 0.5 - q));
    expect(opposite.correlation).toBeCloseTo(-1, 10);
    expect(opposite.alignment.hi).toBeLessThan(0);
    const blind = diagnose((base) => base.map(() => 0.9));
    expect(blind.correlation).toBe(null);
    expect(blind.distinguishability.value).toBeCloseTo(0, 12);
    expect(() => proverDiagnostics([])).toThrow('prefixes must not be empty');
  });
});
