import { expectedNext, expectedReward, type TabularModel } from '../../env/index.ts';
import { type Cholesky, choleskyFactor, choleskySolve } from '../../stats/index.ts';

/**
 * The smallest reward among those that differ by shaping and redistribution over successors (Skalse et al., arXiv
 * 2309.15257, "minimal"). For a fixed shaped expectation e(s, a) the smallest reward is e(s,a) τ(s'|s,a) / ‖τ(·|s,a)‖²
 * in L2 and e(s,a) itself in weighted L2; what remains is weighted least squares in Φ, one unknown a state, solved
 * exactly (the authors searched by gradient descent).
 */
export function minimalCanon(model: TabularModel, norm: 'L2' | 'wL2'): (reward: Float64Array) => Float64Array {
  const { nS, nA, gamma, T } = model;
  const weights = new Float64Array(nS * nA).fill(1);
  if (norm === 'L2') {
    for (let row = 0; row < nS * nA; row++) {
      let squares = 0;
      for (let next = 0; next < nS; next++) squares += T[row * nS + next] ** 2;
      weights[row] = 1 / squares;
    }
  }
  const normal = new Float64Array(nS * nS);
  const g = new Float64Array(nS);
  for (let row = 0; row < nS * nA; row++) {
    for (let next = 0; next < nS; next++) g[next] = gamma * T[row * nS + next];
    g[Math.floor(row / nA)] -= 1;
    for (let i = 0; i < nS; i++) {
      if (g[i] === 0) continue;
      for (let j = 0; j <= i; j++) normal[i * nS + j] += weights[row] * g[i] * g[j];
    }
  }
  const level = leveller({
    factor: choleskyFactor(normal, nS),
    shape: (e, phi) => {
      const next = expectedNext(model, phi);
      for (let row = 0; row < e.length; row++) e[row] += gamma * next[row] - phi[Math.floor(row / nA)];
    },
    pull: (e) => {
      const out = new Float64Array(nS);
      for (let row = 0; row < e.length; row++) {
        const weighted = weights[row] * e[row];
        for (let next = 0; next < nS; next++) out[next] += gamma * weighted * T[row * nS + next];
        out[Math.floor(row / nA)] -= weighted;
      }
      return out;
    },
  });
  return (reward) => {
    const e = level(expectedReward(model, reward));
    const out = new Float64Array(reward.length);
    for (let row = 0; row < e.length; row++) {
      for (let next = 0; next < nS; next++) {
        out[row * nS + next] = norm === 'L2' ? e[row] * weights[row] * T[row * nS + next] : e[row];
      }
    }
    return out;
  };
}

/** The smallest reward among those that differ by shaping alone, in L2 or weighted L2: min over Φ of n(R + γΦ(s') - Φ(s)). */
export function minimalPotentialCanon(model: TabularModel, norm: 'L2' | 'wL2'): (reward: Float64Array) => Float64Array {
  const { nS, nA, gamma, T } = model;
  const weight = (at: number) => (norm === 'L2' ? 1 : T[at]);
  const normal = new Float64Array(nS * nS);
  for (let s = 0, at = 0; s < nS; s++) {
    for (let a = 0; a < nA; a++) {
      for (let next = 0; next < nS; next++, at++) {
        const w = weight(at);
        normal[s * nS + s] += w;
        normal[next * nS + next] += gamma * gamma * w;
        normal[s * nS + next] -= gamma * w;
        normal[next * nS + s] -= gamma * w;
      }
    }
  }
  return leveller({
    factor: choleskyFactor(normal, nS),
    shape: (e, phi) => {
      for (let at = 0; at < e.length; at++) e[at] += gamma * phi[at % nS] - phi[Math.floor(at / (nS * nA))];
    },
    pull: (e) => {
      const out = new Float64Array(nS);
      for (let at = 0; at < e.length; at++) {
        const weighted = weight(at) * e[at];
        out[at % nS] += gamma * weighted;
        out[Math.floor(at / (nS * nA))] -= weighted;
      }
      return out;
    },
  });
}

/**
 * Least-squares shaping, e -> e + GΦ with Φ = argmin ‖e + GΦ‖_W. By the normal equations, solved twice: the second pass
 * works on the residual of the first and so wins back the digits that squaring the problem had lost (Björck 1987,
 * corrected seminormal equations).
 */
function leveller({
  factor,
  shape,
  pull,
}: {
  /** Factor of GᵀWG. */
  factor: Cholesky;
  /** Adds GΦ to e in place. */
  shape: (e: Float64Array, phi: Float64Array) => void;
  /** GᵀWe. */
  pull: (e: Float64Array) => Float64Array;
}): (e: Float64Array) => Float64Array {
  return (given) => {
    const e = given.slice();
    for (let pass = 0; pass < 2; pass++) {
      const phi = choleskySolve(factor, pull(e));
      shape(
        e,
        phi.map((value) => -value),
      );
    }
    return e;
  };
}
