import { defineExperiment, type Trial } from '@laurel/core/paper';
import { actionProbabilities, policyIteration, uniformPolicy } from '@laurel/core/policy';
import { Random } from '@laurel/core/stats';
import { z } from 'zod';
import { runControl } from './control-learning.ts';
import { runDoor, TUNED } from './door-learning.ts';
import { type Grid, randomGrid, successChance } from './door-world.ts';
import { paper } from './paper.ts';
import { checkProperties } from './properties.ts';
import { summarise } from './summary.ts';
import { type Arm, armsOf, type Config, labelOf, type Result, signalsOf, type WorldName } from './trial.ts';
import { CONTROL, evaluateRandom } from './worlds.ts';

const params = z.object({
  // Sized on tuning seeds: the native reward's learning curves are flat from here on, in every seed.
  steps: z.int().min(256).max(1_000_000).default(40_960).describe('Transitions a policy network learns from'),
  episodes: z.int().min(1).max(1024).default(64).describe('Episodes a trained policy is scored on'),
  swingUp: z.boolean().default(true).describe('Run the swing-up world too'),
  grids: z.int().min(1).max(64).default(12).describe('Door grids a seed'),
  sideTests: z.boolean().default(true).describe('Run the order and margin tests, and flat preferences'),
  sideSeeds: z.int().min(1).max(64).default(3).describe('Seeds of those tests'),
});

// How door policies are scored was settled after a look at seeds 0 to 2, so what is reported are worlds nobody had seen.
const DOOR_SEEDS = 100;

export const experiment = defineExperiment({
  paper,
  evidence: 'trained',
  description: `Three worlds in which several signals have to become one reward. **Intersection**: a traffic light; queue, mean wait,
switches and cars passed, in that order; the score nobody trains on is the cars' mean travel time. **Swing-up**: a weak
pendulum; squared angle, speed and torque; scored by the classic quadratic cost. **Door grid**: two rooms with a closed door
between them; success first, then city-block distance and energy, which are proxies; scored by the chance to succeed. The first
two are learned by PPO with networks, the last by exact soft planning on a reward learned from sampled episodes. HERON's reward
model sees states and actions, never the signals. It is set against weighted sums with tuned weights, the same on z-scored
signals, comparisons by the plain sum, and, in the grid, success alone. Then one signal at a time is multiplied by 0.01 or 100
and nothing is retuned; all orders of importance and several margins are tried for HERON. Scores are normalised: 0 is a random policy, 1 is PPO
on the score itself (in the grid, an optimal policy).`,
  departures: [
    'The paper’s traffic network, its robots and its code model are replaced by three small worlds that run anywhere; its tables were not available, so effects are re-measured rather than numbers compared.',
    'PPO takes the place of DDPG in the swing-up, which has 0.1 s between decisions and 100 decisions an episode; the reward model has two layers of 64 units and sees state, action and next state; 64 transitions (2,016 pairs) an update, where the released code takes 16, and 16 updates after every 1,024 transitions.',
    'Margins are measured on all transitions so far, not on a minibatch, and the learned reward enters before advantages are computed: the released code does neither.',
    'Where a scale cannot matter by construction (HERON, z-scored sums) the rescaled runs are made on one seed, as a check. The worst case takes them in.',
    'The intersection’s score is minus the car-seconds spent waiting, which ranks policies as mean travel time does (Little’s law), on 64 episodes with the same cars for everybody.',
    'Policies are scored as they act, with actions drawn. At first they were scored by their likeliest actions and by greedy planning; that was changed after a first quick run on seeds 0 to 2, where single runs got stuck and HERON’s grid policies failed in grids they had solved while learning. The causes were confirmed, and PPO’s step size, the weights and the temperatures chosen anew for every method, on tuning seeds. The change matters: before it, HERON was 0.06 above success alone in those quick runs (undecided), after it 0.28. The rules themselves did not move, and the reported door grids are other ones, of seeds 100 and up.',
    'In the door grid, distance ignores the wall: where the door lies off the direct way, the proxy misleads, and the score table shows both kinds of grid. Start, door and goal rows are drawn at random; 12 grids a seed. Weighted sums are spared all learning there: they are known exactly wherever the walker has been.',
    'Order and margin tests run on fewer seeds than the main comparison, in all orders of the signals.',
  ],
  params,
  profiles: {
    smoke: { seeds: 1, params: { steps: 1024, episodes: 4, grids: 1, swingUp: false, sideTests: false } },
    quick: { seeds: 3, params: { grids: 6, swingUp: false, sideTests: false } },
    full: { seeds: 8 },
  },
  trials: ({ params, seeds }) => {
    const { steps, episodes, grids, swingUp, sideTests, sideSeeds } = params;
    const worlds: WorldName[] = swingUp ? ['intersection', 'swing-up', 'door'] : ['intersection', 'door'];
    const properties: Trial<Config>[] = seeds.map((seed) => ({
      config: { part: 'properties' },
      seed,
      label: `properties, seed ${seed}`,
    }));
    const runs = worlds.flatMap((world) =>
      armsOf(world, { seeds: seeds.length, sideSeeds, sideTests }).flatMap(({ arm, seeds: count }) =>
        seeds.slice(0, count).map(
          (seed): Trial<Config> => ({
            config: world === 'door' ? { part: 'door', arm, grids } : { part: 'control', world, arm, steps, episodes },
            seed,
            label: `${labelOf(world, arm)}, seed ${seed}`,
          }),
        ),
      ),
    );
    return [...properties, ...runs];
  },
  runTrial: async ({ config, seed }, { progress, point, signal }): Promise<Result> => {
    switch (config.part) {
      case 'properties':
        return { part: 'properties', counts: checkProperties(seed) };
      case 'control':
        return controlTrial(config, seed, (steps, reward, fraction) => {
          signal.throwIfAborted();
          progress(fraction);
          point('reward of a transition', steps, reward);
        });
      case 'door':
        return {
          part: 'door',
          grids: Array.from({ length: config.grids }, (_, index) => {
            signal.throwIfAborted();
            progress(index / config.grids);
            const world = DOOR_SEEDS + seed;
            return doorTrial(randomGrid(world, index), config.arm, new Random(world, 'heron door', index));
          }),
        };
    }
  },
  summarise: (finished) => summarise(finished),
});

/** What each signal is multiplied by. */
function factorsOf(world: WorldName, { scaled, factor }: Arm): number[] {
  return signalsOf(world).map((_, l) => (l === scaled ? factor : 1));
}

function controlTrial(
  { world, arm, steps, episodes }: Extract<Config, { part: 'control' }>,
  seed: number,
  onProgress: (steps: number, reward: number, fraction: number) => void,
): Result {
  const { env, beta } = CONTROL[world];
  const { method } = arm;
  if (method === 'random') {
    return { part: 'control', score: evaluateRandom(env, episodes, seed), curve: [], comparisons: null };
  }
  if (method === 'sparse') throw new RangeError(`method sparse has no place in ${world}: its first signal is dense`);
  const weights = method === 'linear' || method === 'z-scored' ? beta[method] : 1;
  const outcome = runControl(
    { ...arm, world, method, beta: weights, factors: factorsOf(world, arm), steps, episodes, seed },
    (report, fraction) => onProgress(report.steps, report.nativeReward, fraction),
  );
  return { part: 'control', ...outcome };
}

function doorTrial(grid: Grid, arm: Arm, rng: Random) {
  const { model, goal, isAligned } = grid;
  const arrival = new Float64Array(model.nS * model.nA * model.nS);
  for (let pair = 0; pair < model.nS * model.nA; pair++) arrival[pair * model.nS + goal] = 1;
  const best = actionProbabilities(model, policyIteration(model, arrival).policy);
  const { method } = arm;
  if (method === 'random' || method === 'native')
    throw new RangeError(`method ${method} has no place in the door grid`);
  const run = { ...arm, method, ...TUNED[method], factors: factorsOf('door', arm) };
  return {
    ...runDoor(grid, run, rng),
    random: successChance(grid, uniformPolicy(model)),
    optimal: successChance(grid, best),
    isAligned,
  };
}
