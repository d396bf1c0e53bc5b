import {
  assertDistribution,
  assertTabularReward,
  expectedNext,
  expectedReward,
  type TabularModel,
} from '../../env/index.ts';
import {
  actionProbabilities,
  bellmanFactors,
  type TabularPolicy,
  underPolicy,
  uniformPolicy,
} from '../../policy/index.ts';
import { luSolve } from '../../stats/index.ts';
import { minimalCanon, minimalPotentialCanon } from './minimal.ts';

/**
 * Canonical forms. `val` and `minimal` forget potential shaping and how reward is split over successors, and nothing
 * else: they are the canonicalisations of STARC. `valPotential`, `minimalPotential`, `epic` and `dard` forget shaping
 * only; `none` forgets nothing.
 */
export type Canon = 'val' | 'minimal' | 'valPotential' | 'minimalPotential' | 'epic' | 'dard' | 'none';

export interface CanonOptions {
  /** For `val` and `valPotential`: the policy whose values level the reward; uniform unless told, any fixed one will do. */
  policy?: TabularPolicy;
  /** For `epic`: distribution of states; uniform unless told. */
  DS?: Float64Array;
  /** For `epic` and `dard`: distribution of actions; uniform unless told. */
  DA?: Float64Array;
  /** For `minimal` and `minimalPotential`: the norm that is made smallest, `L2` unless told. */
  smallest?: 'L2' | 'wL2';
}

/** A linear map of rewards [s][a][s'] to their canonical form. */
export type Canonicalise = (reward: Float64Array) => Float64Array;

/**
 * The canonicalisation of a model, with whatever it must solve factored once: apply it to as many rewards as you like.
 * All are linear, so forms of mixtures are mixtures of forms. (Skalse et al., arXiv 2309.15257; EPIC: Gleave et al.,
 * arXiv 2006.13900; DARD: Wulfe et al., arXiv 2201.10081.)
 *
 * @throws RangeError for options that do not fit the model; the map throws it for rewards that do not
 * @example
 * const canonical = canonicaliser(model, 'val');
 * const advantages = canonical(reward);
 */
export function canonicaliser(model: TabularModel, canon: Canon, options: CanonOptions = {}): Canonicalise {
  const map = mapOf(model, canon, options);
  return (reward) => {
    assertTabularReward(model, reward);
    return map(reward);
  };
}

/** One reward's canonical form; see `canonicaliser`. @example canonicalise(model, reward, 'epic') */
export function canonicalise(
  model: TabularModel,
  reward: Float64Array,
  canon: Canon,
  options: CanonOptions = {},
): Float64Array {
  return canonicaliser(model, canon, options)(reward);
}

function mapOf(model: TabularModel, canon: Canon, options: CanonOptions): Canonicalise {
  switch (canon) {
    case 'val':
      return valCanon(model, options.policy ?? uniformPolicy(model));
    case 'valPotential':
      return valPotentialCanon(model, options.policy ?? uniformPolicy(model));
    case 'minimal':
      return minimalCanon(model, options.smallest ?? 'L2');
    case 'minimalPotential':
      return minimalPotentialCanon(model, options.smallest ?? 'L2');
    case 'epic':
      return epicCanon(model, distribution('DS', model.nS, options.DS), distribution('DA', model.nA, options.DA));
    case 'dard':
      return dardCanon(model, distribution('DA', model.nA, options.DA));
    case 'none':
      return (reward) => reward.slice();
  }
}

function distribution(name: string, n: number, given: Float64Array = new Float64Array(n).fill(1 / n)): Float64Array {
  if (given.length !== n) throw new RangeError(`${name} must hold ${n} probabilities, got ${given.length}`);
  assertDistribution(name, given);
  return given;
}

/** V of the levelling policy, for any reward, given the expected reward [s][a]. */
function levels(model: TabularModel, policy: TabularPolicy): (r: Float64Array) => Float64Array {
  const probabilities = actionProbabilities(model, policy);
  const factors = bellmanFactors(model, probabilities);
  return (r) => luSolve(factors, underPolicy(model, probabilities, r));
}

/** Value-adjusted levelling: E[R(s,a,S') - V(s) + γ V(S')], the policy's advantage, the same for every successor. */
function valCanon(model: TabularModel, policy: TabularPolicy): Canonicalise {
  const { nS, nA, gamma } = model;
  const values = levels(model, policy);
  return (reward) => {
    const r = expectedReward(model, reward);
    const V = values(r);
    const next = expectedNext(model, V);
    const out = new Float64Array(reward.length);
    for (let row = 0; row < nS * nA; row++) {
      out.fill(r[row] - V[Math.floor(row / nA)] + gamma * next[row], row * nS, (row + 1) * nS);
    }
    return out;
  };
}

/** R(s,a,s') - V(s) + γ V(s'). */
function valPotentialCanon(model: TabularModel, policy: TabularPolicy): Canonicalise {
  const values = levels(model, policy);
  return (reward) => addShaping(model, reward.slice(), values(expectedReward(model, reward)));
}

/** R(s,a,s') + γ m(s') - m(s) - γ M with m(x) = E_{A ~ DA, S' ~ DS} R(x,A,S') and M = E_{S ~ DS} m(S). */
function epicCanon(model: TabularModel, DS: Float64Array, DA: Float64Array): Canonicalise {
  const { nS, nA, gamma } = model;
  return (reward) => {
    const m = new Float64Array(nS);
    let M = 0;
    for (let s = 0, at = 0; s < nS; s++) {
      for (let a = 0; a < nA; a++) {
        let sum = 0;
        for (let next = 0; next < nS; next++, at++) sum += DS[next] * reward[at];
        m[s] += DA[a] * sum;
      }
      M += DS[s] * m[s];
    }
    return addShaping(model, reward.slice(), m, -gamma * M);
  };
}

/**
 * R(s,a,s') + E[γ R(s',A,S'') - R(s,A,S') - γ R(S',A,S'')], one draw of A for all three terms, S' after (s, A) and S''
 * after (s', A). The last term pairs S' with S'', which need not be connected.
 */
function dardCanon(model: TabularModel, DA: Float64Array): Canonicalise {
  const { nS, nA, gamma, T } = model;
  return (reward) => {
    const r = expectedReward(model, reward);
    const m = new Float64Array(nS);
    for (let row = 0; row < r.length; row++) m[Math.floor(row / nA)] += DA[row % nA] * r[row];

    // Σ_A DA Σ_{S'} τ(S'|s,A) Σ_{S''} τ(S''|s',A) R(S',A,S''), as [s][s'].
    const remote = new Float64Array(nS * nS);
    const towards = new Float64Array(nS * nS);
    for (let a = 0; a < nA; a++) {
      towards.fill(0);
      for (let second = 0; second < nS; second++) {
        for (let then = 0; then < nS; then++) {
          const p = DA[a] * T[(second * nA + a) * nS + then];
          if (p === 0) continue;
          for (let first = 0; first < nS; first++) {
            towards[first * nS + second] += p * reward[(first * nA + a) * nS + then];
          }
        }
      }
      for (let s = 0; s < nS; s++) {
        for (let first = 0; first < nS; first++) {
          const p = T[(s * nA + a) * nS + first];
          if (p === 0) continue;
          for (let second = 0; second < nS; second++) remote[s * nS + second] += p * towards[first * nS + second];
        }
      }
    }
    const out = addShaping(model, reward.slice(), m);
    for (let row = 0; row < nS * nA; row++) {
      const s = Math.floor(row / nA);
      for (let next = 0; next < nS; next++) out[row * nS + next] -= gamma * remote[s * nS + next];
    }
    return out;
  };
}

/** Adds γ Φ(s') - Φ(s) + constant to a reward, in place. */
function addShaping(
  { nS, nA, gamma }: TabularModel,
  reward: Float64Array,
  phi: Float64Array,
  constant = 0,
): Float64Array {
  for (let row = 0; row < nS * nA; row++) {
    const level = constant - phi[Math.floor(row / nA)];
    for (let next = 0; next < nS; next++) reward[row * nS + next] += gamma * phi[next] + level;
  }
  return reward;
}
