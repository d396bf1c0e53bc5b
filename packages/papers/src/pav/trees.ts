import { proverMoments } from '@laurel/core/assess';
import { softmaxPolicy } from '@laurel/core/policy';
import { mean, Random, spearman } from '@laurel/core/stats';

export interface TreeOptions {
  depth: number;
  branching: number;
  provers: number;
  /** η, how far the natural-gradient step goes. */
  rate: number;
}

/** What the diagnostics say of one prover, and how much one step with its progress gains. */
export interface ProverPoint {
  distinguishability: number;
  alignment: number;
  /** Of the chance of success, over η. */
  gain: number;
}

export interface TreeOutcome {
  points: ProverPoint[];
  /** Variance of the policy's own advantages, over the states that it visits. */
  own: number;
  /** Spearman's correlation over the provers of the gain with each. */
  rank: { sum: number; distinguishability: number; alignment: number };
  /** Share of the provers whose gain is at least distinguishability + alignment. */
  bounded: number;
  /** Mean distance of the gain from own + alignment, over the mean gain: what is left to second order. */
  residual: number;
}

/**
 * One natural-gradient step on Q^π + A^μ in a random tree, for each of many random provers μ. All of it is exact: policy and
 * provers are tables, values come from backward recursion, and moments are summed over the states of the policy's way.
 */
export function compareProvers({ depth, branching, provers, rate }: TreeOptions, seed: number): TreeOutcome {
  const rng = new Random(seed, 'pav', 'tree');
  const tree = randomTree(depth, branching, rng);
  const logits = Float64Array.from(tree.edges, () => rng.normal());
  const policy = softmaxPolicy(logits, branching);
  const base = valuesOf(tree, policy);
  const visits = visitsOf(tree, policy);
  // Provers tilt towards what serves an aimless policy, or away from it, so that they come in all strengths.
  const guide = valuesOf(
    tree,
    tree.edges.map(() => 1 / branching),
  ).edges;
  const momentsOf = (prover: Float64Array) => {
    const sums = { distinguishability: 0, alignment: 0, baseVariance: 0 };
    visits.forEach((visit, node) => {
      const row = (of: Float64Array) => of.subarray(node * branching, (node + 1) * branching);
      const at = proverMoments({ base: row(base.edges), prover: row(prover), probabilities: row(policy) });
      sums.distinguishability += visit * at.distinguishability;
      sums.alignment += visit * at.alignment;
      sums.baseVariance += visit * at.baseVariance;
    });
    return sums;
  };
  const own = momentsOf(base.edges).baseVariance;
  const points = Array.from({ length: provers }, (): ProverPoint => {
    const [noise, skill] = [rng.between(0, 3), rng.between(-5, 15)];
    const prover = valuesOf(
      tree,
      softmaxPolicy(
        guide.map((q) => noise * rng.normal() + skill * q),
        branching,
      ),
    );
    const { distinguishability, alignment } = momentsOf(prover.edges);
    // Advantages and values differ by what all actions of a state share, which the softmax does not see.
    const next = softmaxPolicy(
      logits.map((logit, e) => logit + rate * (base.edges[e] + prover.edges[e])),
      branching,
    );
    return { distinguishability, alignment, gain: (valuesOf(tree, next).start - base.start) / rate };
  });
  const gains = points.map(({ gain }) => gain);
  const sums = points.map((point) => point.distinguishability + point.alignment);
  const alignments = points.map(({ alignment }) => alignment);
  return {
    points,
    own,
    rank: {
      sum: spearman(gains, sums),
      distinguishability: spearman(
        gains,
        points.map((point) => point.distinguishability),
      ),
      alignment: spearman(gains, alignments),
    },
    bounded: mean(gains.map((gain, i) => Number(gain >= sums[i]))),
    residual: mean(gains.map((gain, i) => Math.abs(gain - own - alignments[i]))) / Math.abs(mean(gains)),
  };
}

/** A full tree in breadth-first order: edge b i + a leads from inner node i to node b i + a + 1. */
interface Tree {
  branching: number;
  inner: number;
  /** One number an edge, for tables to be made of. */
  edges: Float64Array;
  /** 1 for leaves that are right. */
  outcomes: Float64Array;
}

/** Each leaf is right with probability 0.3. */
function randomTree(depth: number, branching: number, rng: Random): Tree {
  const leaves = branching ** depth;
  const inner = (leaves - 1) / (branching - 1);
  return {
    branching,
    inner,
    edges: new Float64Array(inner * branching),
    outcomes: Float64Array.from({ length: leaves }, () => Number(rng.bool(0.3))),
  };
}

/** Q of each edge, and the value of the root. */
function valuesOf({ branching, inner, outcomes }: Tree, policy: Float64Array): { edges: Float64Array; start: number } {
  const edges = new Float64Array(policy.length);
  const nodes = new Float64Array(inner);
  for (let edge = edges.length - 1; edge >= 0; edge--) {
    const to = edge + 1;
    edges[edge] = to < inner ? nodes[to] : outcomes[to - inner];
    nodes[Math.floor(edge / branching)] += policy[edge] * edges[edge];
  }
  // Rounding may leave a sum of probabilities a little above one.
  return { edges: edges.map((q) => Math.min(1, q)), start: nodes[0] };
}

/** How likely the policy is to come by each inner node. */
function visitsOf({ branching, inner }: Tree, policy: Float64Array): Float64Array {
  const visits = new Float64Array(inner);
  visits[0] = 1;
  for (let node = 1; node < inner; node++) visits[node] = visits[Math.floor((node - 1) / branching)] * policy[node - 1];
  return visits;
}
