import { terminalRewards } from '@laurel/core/credit';
import type { HouseholdDialogue } from '@laurel/core/env';
import type { ProgressFit } from '@laurel/core/model';
import type { Gpt } from '@laurel/core/nn';
import { type AgentRollout, sampleEpisodes } from '@laurel/core/policy';
import { mean, pearson, Random } from '@laurel/core/stats';
import { contributionsOf, type Learned } from './estimators.ts';
import { actionsOf, familyOf, type HouseTask, unseenErrands } from './house.ts';

/** How well ways to spread the reward follow the true progress, within episodes. */
export interface ProgressCheck {
  /** Mean correlation by way; null when no episode had any progress to follow. The even split is constant: 0. */
  value: Record<Spread, number | null>;
  /** The same from the second turn on: the first contribution also carries what was expected from the start. */
  later: Record<Spread, number | null>;
  /** The same as `value` for the change in the fewest actions to the goal. */
  distance: Record<Spread, number | null>;
  fit: ProgressFit & { spread: number };
  /** One episode: the state of affairs after each turn. */
  example: { turn: number; action: string; attributed: number; chance: number }[];
}

export const spreads = ['contributions', 'value differences', 'terminal'] as const;
export type Spread = (typeof spreads)[number];

/** Compares contributions with the change in the agent's chance of success, by playing on from every turn. */
export function checkProgress(
  base: Gpt,
  learned: Readonly<Record<Learned, Gpt>>,
  fit: ProgressCheck['fit'],
  { task, houses, rollouts }: { task: HouseTask; houses: number; rollouts: number },
  seed: number,
): ProgressCheck {
  const random = new Random(seed, 'spa', 'true progress');
  const errands = unseenErrands(task, 'test', houses);
  const episodes = sampleEpisodes(base, errands, actionsOf(task), random.split('episodes')).flat();
  const ways: Record<Spread, readonly Float64Array[]> = {
    contributions: contributionsOf('estimator', learned.estimator, episodes),
    'value differences': contributionsOf('values', learned.values, episodes),
    terminal: episodes.map(({ reward, turns }) => terminalRewards(reward, turns.length)),
  };
  const states = episodes.map((episode, i) => statesOf(errands[i], episode));
  const chances = chancesOf(base, task, errands, episodes, states, rollouts, random.split('rollouts'));
  const progress = chances.map((values) => values.slice(1).map((value, t) => value - values[t]));
  const nearer = states.map((along, i) => {
    const { distance } = familyOf(task).planner(errands[i].problem);
    return along.slice(1).map((state, t) => distance(along[t]) - distance(state));
  });
  const against = (truth: readonly number[][], from: number) => (way: Spread) => {
    const each = truth.flatMap((steps, i) => correlationOf(ways[way][i].subarray(from), steps.slice(from)) ?? []);
    return each.length > 0 ? mean(each) : null;
  };
  return {
    value: overSpreads(against(progress, 0)),
    later: overSpreads(against(progress, 1)),
    distance: overSpreads(against(nearer, 0)),
    fit,
    example: exampleOf(task, episodes, ways.contributions, chances),
  };
}

/** Pearson's correlation; 0 where ours is constant, and so says nothing, and null where the truth is. */
export function correlationOf(ours: ArrayLike<number>, truth: ArrayLike<number>): number | null {
  if (isConstant(truth)) return null;
  return isConstant(ours) ? 0 : pearson(ours, truth);
}

function isConstant(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) if (Math.abs(values[i] - values[0]) > 1e-12) return false;
  return true;
}

function overSpreads<X>(of: (way: Spread) => X): Record<Spread, X> {
  const [contributions, values, terminal] = spreads;
  return { [contributions]: of(contributions), [values]: of(values), [terminal]: of(terminal) } as Record<Spread, X>;
}

/** The states of an episode, before each turn and after the last. */
function statesOf({ start, act }: HouseholdDialogue, { response, turns }: AgentRollout) {
  const states = [start];
  for (const turn of turns) states.push(act(states[states.length - 1], response.slice(turn.start, turn.end)).state);
  return states;
}

/** The agent's chance of success before each turn, from rollouts, and after the last, which is the reward. */
function chancesOf(
  base: Gpt,
  task: HouseTask,
  errands: readonly HouseholdDialogue[],
  episodes: readonly AgentRollout[],
  states: readonly HouseholdDialogue['start'][][],
  rollouts: number,
  random: Random,
): number[][] {
  const prefixes = episodes.flatMap(({ prompt, response, turns }, i) =>
    turns.map(({ start }, t) => ({
      ...errands[i],
      tokens: Int32Array.of(...prompt, ...response.subarray(0, start)),
      start: states[i][t],
      maxTurns: task.maxTurns - t,
    })),
  );
  const groups = sampleEpisodes(base, prefixes, { ...actionsOf(task), n: rollouts }, random);
  const values = groups.map((group) => mean(group.map(({ reward }) => reward)));
  let at = 0;
  return episodes.map(({ turns, reward }) => {
    at += turns.length;
    return [...values.slice(at - turns.length, at), reward];
  });
}

/** The longest episode that succeeded, the first one if none did: it has most to tell. */
function exampleOf(
  task: HouseTask,
  episodes: readonly AgentRollout[],
  contributions: readonly Float64Array[],
  chances: readonly number[][],
): ProgressCheck['example'] {
  const length = ({ turns, reward }: AgentRollout) => (reward > 0 ? turns.length : 0);
  const best = episodes.reduce((most, episode, i) => (length(episode) > length(episodes[most]) ? i : most), 0);
  const { response, turns } = episodes[best];
  const { tokenizer } = familyOf(task);
  let attributed = 0;
  const rows = turns.map(({ start, end }, t) => {
    attributed += contributions[best][t];
    const action = tokenizer.decode(response.subarray(start, end)).trim();
    return { turn: t + 1, action, attributed, chance: chances[best][t + 1] };
  });
  return [{ turn: 0, action: 'before the first turn', attributed: 0, chance: chances[best][0] }, ...rows];
}
