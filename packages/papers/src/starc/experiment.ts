import { sparseModel } from '@laurel/core/env';
import { defineExperiment } from '@laurel/core/paper';
import { Random } from '@laurel/core/stats';
import { z } from 'zod';
import { canons, positionOf } from './configurations.ts';
import { blindness, stress } from './guarantees.ts';
import { addPair, noMoments } from './moments.ts';
import { paper } from './paper.ts';
import { randomReward } from './rewards.ts';
import { type Row, summarise } from './summary.ts';
import { walk } from './walk.ts';

const params = z.object({
  states: z.int().min(4).max(128).default(32).describe('States of each random MDP'),
  actions: z.int().min(2).max(16).default(4).describe('Actions of each random MDP'),
  discount: z.number().min(0).max(0.99).default(0.95).describe('Discount factor'),
  pairs: z.int().min(1).max(64).default(8).describe('Pairs of random rewards in each MDP'),
  steps: z
    .int()
    .min(1)
    .max(64)
    .default(16)
    .describe('Rewards on the line between the two of a pair, all compared with the first'),
});

export const experiment = defineExperiment({
  paper,
  evidence: 'exact',
  description: `Random sparse MDPs with random rewards, as in the authors' code. From one reward of a pair we walk to the other
in equal steps and measure, at every step, all 294 distances (7 canonical forms, 7 norms, 6 metrics) and the regret of
taking one reward's optimal policy where the other counts, over the range of returns, averaged over both directions. A good
distance correlates with it. Everything is exact: policies by policy iteration, returns by a linear solve. Each MDP also
takes the tests that a distance must pass by theory (shaping, redistribution, scale, sign) and a stress test in which
rewards shrink against noise on transitions that never happen. Beyond the paper, the exact worst-case regret of every
fourth pair is computed by linear programming. MDPs are the units of all intervals.`,
  departures: [
    'Returns are exact where the authors averaged rollouts, and policies come from policy iteration; both only remove noise.',
    'Impossible transitions have probability 0 where the authors’ code has about 1e-10. A reward that is non-zero on impossible transitions alone is therefore trivial here (its standardised form is 0), and not rounding blown up to unit size.',
    'Where no successor’s logit exceeds the threshold all successors are alike, as in the authors’ code, where this happens in about one row in 250.',
    'The minimal forms are smallest in L2, by least squares, for every norm and metric; the authors searched by gradient descent for each norm, and left STARC’s Minimal out of this experiment.',
    'Regret as the paper measures it compares two particular optimal policies. The exact worst case over all policies, which the theory is about, is reported beside it and judged nowhere.',
    'The second panel (a sampled distance on the MuJoCo Reacher) is not repeated: what it shows, that absolute values turn sampling noise into distance, is part of the library’s tests, and `starcSampled` reports its noise floor.',
  ],
  params,
  profiles: {
    smoke: { seeds: 4, params: { states: 16, pairs: 3, steps: 5 } },
    quick: { seeds: 64 },
    full: { seeds: 384 },
  },
  trials: ({ params, seeds }) => seeds.map((seed) => ({ config: params, seed, label: `MDP ${seed}` })),
  runTrial: ({ config, seed }, { progress, signal }) => {
    const model = sparseModel(
      { nS: config.states, nA: config.actions, gamma: config.discount },
      new Random(seed, 'model'),
    );
    const moments = noMoments();
    const rows: Row[] = [];
    for (let pair = 0; pair < config.pairs; pair++) {
      signal.throwIfAborted();
      const rng = new Random(seed, 'rewards', pair);
      for (const measured of walk(model, randomReward(model, rng), randomReward(model, rng), config.steps)) {
        addPair(moments, measured);
        rows.push({
          regret: measured.regret,
          worst: measured.worst,
          distances: canons.map((canon) => measured.distances[positionOf(canon)]),
        });
      }
      progress((pair + 1) / config.pairs);
    }
    return {
      moments,
      rows,
      blindness: blindness(model, new Random(seed, 'guarantees')),
      stress: stress(model, new Random(seed, 'stress')),
    };
  },
  summarise: (finished) => summarise(finished.map(({ result }) => result)),
});
