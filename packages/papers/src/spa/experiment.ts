import { type ClaimResult, defineExperiment } from '@laurel/core/paper';
import { z } from 'zod';
import { baseAgent, modelOf } from './agent.ts';
import {
  corridorArms,
  corridorSpa,
  corridorTerminal,
  largeBonus,
  mainArms,
  otherArms,
  ruleArms,
  type Training,
} from './arms.ts';
import { corridorProperties, trainInCorridor } from './corridor-runs.ts';
import { estimators, networksOf } from './exploration.ts';
import { figures } from './figures.ts';
import { houseTask } from './house.ts';
import { paper } from './paper.ts';
import { checkProgress } from './progress.ts';
import type { Config, Result } from './runs.ts';
import { trainAgent } from './train.ts';
import {
  beatsOtherSpreads,
  beatsTerminal,
  beyondBonus,
  longTasks,
  moreExecutable,
  sameGradient,
  tracksBetter,
  tracksProgress,
} from './verdicts.ts';

const params = z.object({
  task: houseTask.default(houseTask.parse({})).describe('The houses'),
  width: z.int().min(16).default(32).describe('Width of the model'),
  success: z
    .number()
    .min(0)
    .max(0.9)
    .default(0.33)
    .describe('Share of errands that the agent does before it is trained'),
  agents: z.int().min(1).default(6).describe('Seeds of the main arms in the household'),
  others: z.int().min(0).default(2).describe('Seeds of its other arms'),
  arms: z.enum(['all', 'rule']).default('all').describe('All arms of the household, or the three of the main rule'),
  iterations: z.int().min(2).max(500).default(20).describe('Policy updates of the arms that explore first'),
  episodes: z.int().min(8).multipleOf(8).default(64).describe('Episodes an update'),
  exploration: z.int().min(16).default(512).describe('Episodes of exploration; other arms train on as many more'),
  epochs: z.int().min(1).default(6).describe('Passes of the estimators over the exploration'),
  houses: z.int().min(4).default(60).describe('Unseen houses of a test'),
  played: z.int().min(2).default(20).describe('Episodes whose true progress is measured'),
  rollouts: z.int().min(4).default(20).describe('Rollouts from each of their turns'),
  lengths: z
    .array(z.int().min(4).max(30))
    .min(2)
    .default([5, 9, 13])
    .describe('Cells of the corridors, from short to long'),
  batches: z.int().min(10).default(50).describe('Batches of 16 episodes in the corridor, exploration included'),
});

/** In the corridor: episodes of a batch, of the exploration, and of the gradient's estimate. */
const corridor = { chance: 0.05, episodes: 16, exploration: 160 };
const GRADIENT_EPISODES = 1500;
/** The corridor's first fit is looked at closely in one of this length. */
const PROPERTIES_CELLS = 7;

export const experiment = defineExperiment({
  paper,
  evidence: 'trained',
  description: `Two worlds. In a text *household* a tiny GPT (one layer, 22,000 parameters) is asked to fetch objects in
houses of two rooms: it writes an action, the house answers, and only a done errand pays. It is first trained on an expert’s
episodes, with mistakes, until it does a third of the errands. A progress estimator and, as the classic alternative, a
forecast of the reward are fitted to the same 512 episodes of exploration; then one PPO (turn-level GAE, clip 0.2, divergence
from the first agent) is run on each way to reward turns. Exploration is charged: arms that need none train on as many more
episodes. Agents are tested in 60 houses that nothing was trained in. *True progress* of a turn is the change in the agent’s
chance of success, by playing on from before and after it. In a tabular *corridor* with a key, a door and a goal, success and
the policy gradient are exact, so that bias and variance of each redistribution can be told apart.`,
  departures: [
    'No 3B agent and no benchmark: a GPT of width 32 in houses of two rooms, two containers and two objects, episodes of at most 8 turns, errands of one family (fetch), where the plan had 4 to 6 rooms, four families and 20 turns; the whole episode is read, not its last 8 turns. Larger houses take the tiny model too long to learn.',
    'The agent begins with about a third of the errands done as planned, but with a third of its actions executable, not three quarters: a tiny model that fails repeats what did not work. It learns from thousands of expert episodes, not 150, with added mistakes (actions that cannot be done, detours); pilots from an agent without bad habits gained hardly anything, by whatever reward, in this many episodes.',
    'An errand ends when it is done, and the last reply is never read, so no observation announces the outcome.',
    'Each run plays 1,792 episodes, 512 of them exploration where an estimator is used, in batches of 64; the estimators are fitted again after every 12 updates, on the latest episodes. The paper relabels stored exploration once.',
    'GAE counts turns: all tokens of an action share its advantage, and λ = 0.95 decays from turn to turn. γ is 1 in the household. All weights are trained, without LoRA.',
    'Value differences take the reward itself for the forecast after the last turn, as it is known by then: their best fair chance. Contributions are used as fitted, as in the paper; variants that conserve the sum are shown in the corridor.',
    'The grid of learning rates and bonuses is small (its results stand in `arms.ts`), and was run on two seeds; an agent is built anew for each seed.',
    'Other arms (progress only, grounding only, group baseline) have 2 seeds in the household and decide nothing. The variance of policy gradients is measured in the corridor only.',
    'The corridor’s estimator is a ridge regression on counts of state–action pairs, and its agent a table of logits that begins with random actions; over a whole episode the bonus adds up to half a success at most, as larger ones teach every arm to stay (one such arm is shown).',
  ],
  params,
  profiles: {
    smoke: {
      seeds: 2,
      params: {
        task: houseTask.parse({ longest: 3, maxTurns: 4 }),
        width: 16,
        success: 0,
        agents: 1,
        others: 0,
        iterations: 2,
        episodes: 8,
        exploration: 16,
        epochs: 1,
        houses: 8,
        played: 8,
        rollouts: 4,
        lengths: [5, 6],
        batches: 15,
      },
    },
    quick: { seeds: 20, params: { agents: 1, others: 0, arms: 'rule', played: 16, rollouts: 16 } },
    full: { seeds: 20 },
  },
  artifacts: [baseAgent, estimators],
  trials: ({ params: all, seeds }) => {
    const { task, width, success, exploration, epochs, iterations, episodes, houses } = all;
    const training: Training = { task, width, success, exploration, epochs, iterations, episodes, refresh: 12, houses };
    const arms = all.arms === 'all' ? mainArms : ruleArms;
    const household = seeds.slice(0, all.agents).flatMap((seed) => [
      ...[...arms, ...(seed < all.others ? otherArms : [])].map((arm) => ({
        config: { kind: 'household', agent: seed, arm, training } satisfies Config as Config,
        seed,
        label: `household, ${arm.name}, seed ${seed}`,
      })),
      {
        config: {
          kind: 'progress',
          agent: seed,
          training,
          rollouts: all.rollouts,
          played: all.played,
        } satisfies Config as Config,
        seed,
        label: `true progress, seed ${seed}`,
      },
    ]);
    const inCorridor = (cells: number) => ({ ...corridor, cells, iterations: all.batches });
    const tabular = seeds.flatMap((seed) => [
      ...all.lengths.map((cells, i) => {
        const some =
          i === 1 || all.lengths.length < 3 ? [...corridorArms, largeBonus] : [corridorSpa, corridorTerminal];
        return {
          config: { kind: 'corridor', arms: some, training: inCorridor(cells) } satisfies Config as Config,
          seed,
          label: `corridor of ${cells} cells, seed ${seed}`,
        };
      }),
      {
        config: {
          kind: 'properties',
          training: inCorridor(PROPERTIES_CELLS),
          episodes: GRADIENT_EPISODES,
        } satisfies Config as Config,
        seed,
        label: `gradients in the corridor, seed ${seed}`,
      },
    ]);
    return [...household, ...tabular];
  },
  needs: (config) => {
    switch (config.kind) {
      case 'household':
      case 'progress':
        return [baseAgent.ref(agentOf(config)), estimators.ref(estimatorsOf(config))];
      default:
        return [];
    }
  },
  runTrial: async ({ config, seed }, context): Promise<Result> => {
    switch (config.kind) {
      case 'household': {
        const { arm, training } = config;
        const base = modelOf(await context.artifact(baseAgent.ref(agentOf(config))));
        const learned = networksOf(await context.artifact(estimators.ref(estimatorsOf(config))));
        return { kind: 'household', trace: trainAgent(base, learned, arm, training, seed, context) };
      }
      case 'progress': {
        const { training, rollouts, played } = config;
        const base = modelOf(await context.artifact(baseAgent.ref(agentOf(config))));
        const learned = await context.artifact(estimators.ref(estimatorsOf(config)));
        const how = { task: training.task, houses: played, rollouts };
        return { kind: 'progress', check: checkProgress(base, networksOf(learned), learned.held, how, seed) };
      }
      case 'corridor': {
        const { arms, training } = config;
        const curves = arms.map((arm, i) => {
          context.signal.throwIfAborted();
          context.progress(i / arms.length);
          const success = trainInCorridor(arm, training, seed).map((x) => Math.round(x * 1e4) / 1e4);
          return { arm: arm.name, success };
        });
        return { kind: 'corridor', curves };
      }
      case 'properties':
        return { kind: 'properties', properties: corridorProperties(config.training, config.episodes, seed) };
    }
  },
  summarise: (finished) => {
    const judged = {
      'progress-beats-terminal': beatsTerminal(finished),
      'progress-beyond-bonus': beyondBonus(finished),
      'more-executable-actions': moreExecutable(finished),
      'beats-other-redistributions': beatsOtherSpreads(finished),
      'tracks-true-progress': tracksProgress(finished),
      'tracks-better-than-others': tracksBetter(finished),
      'exact-sum-keeps-gradient': sameGradient(finished),
      'long-tasks-gain-most': longTasks(finished),
    };
    const claims: Partial<Record<keyof typeof judged, ClaimResult>> = {};
    for (const [id, result] of Object.entries(judged)) {
      if (result) claims[id as keyof typeof judged] = result;
    }
    return { claims, figures: figures(finished, corridor.episodes) };
  },
});

/** The agent that a trial begins with, and the estimators fitted to its exploration. */
function agentOf({ agent, training: { task, width, success } }: { agent: number; training: Training }) {
  return { task, width, success, seed: agent };
}

function estimatorsOf(config: { agent: number; training: Training }) {
  const { exploration, epochs } = config.training;
  return { ...agentOf(config), exploration, epochs };
}
