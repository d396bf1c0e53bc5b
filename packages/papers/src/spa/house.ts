import {
  type HouseholdData,
  type HouseholdDialogue,
  type HouseholdFamily,
  household,
  householdDialogue,
  householdExpert,
  householdStart,
  householdStep,
  sampleDistinct,
  sampleFrom,
} from '@laurel/core/env';
import { type AgentRollout, replayEpisode } from '@laurel/core/policy';
import { Random } from '@laurel/core/stats';
import { z } from 'zod';

/** How large the houses are, as plain data. */
export const houseTask = z.object({
  rooms: z.int().min(2).max(6).default(2).describe('Rooms of a house'),
  containers: z.int().min(2).max(8).default(2).describe('Containers of a house'),
  objects: z.int().min(2).max(12).default(2).describe('Objects of a house'),
  longest: z.int().min(3).max(12).default(5).describe('Most actions of a shortest solution'),
  maxTurns: z.int().min(4).max(20).default(8).describe('Turns after which an episode is cut'),
});

export type HouseTask = z.output<typeof houseTask>;

const families = new Map<string, HouseholdFamily>();

/** The family of houses of a task; one is made for each task, as it remembers its plans. */
export function familyOf({ rooms, containers, objects, longest, maxTurns }: HouseTask): HouseholdFamily {
  const key = [rooms, containers, objects, longest, maxTurns].join();
  const family =
    families.get(key) ?? household({ rooms, containers, objects, turns: [2, longest], maxTurns, knowledge: 'map' });
  families.set(key, family);
  return family;
}

/** Errands: fetch one object. */
const DIFFICULTY = 2;

/** Tokens that an agent must be able to read at once; longer episodes, which are rare, are cut. */
export function contextOf(task: HouseTask): number {
  return familyOf(task).maxPromptTokens(DIFFICULTY) + 14 * task.maxTurns;
}

/** How actions are sampled: up to a newline. */
export function actionsOf(task: HouseTask) {
  return { maxTokens: 6, stop: [familyOf(task).tokenizer.newline] };
}

/** Errands in houses that may be trained in, with repetitions. */
export function trainErrands(task: HouseTask, count: number, random: Random): HouseholdDialogue[] {
  const family = familyOf(task);
  return Array.from({ length: count }, () =>
    householdDialogue(family, sampleFrom(family, 'train', random, DIFFICULTY)),
  );
}

/** Errands in houses that nothing is trained in: the same ones for all seeds. */
export function unseenErrands(task: HouseTask, split: 'validation' | 'test', count: number): HouseholdDialogue[] {
  const family = familyOf(task);
  const random = new Random(0, 'spa', split, 'houses');
  return sampleDistinct(family, split, count, random, DIFFICULTY).map((problem) => householdDialogue(family, problem));
}

/** What goes wrong in demonstrations: the chance, before each action of the expert, of each kind of mistake. */
export interface Mistakes {
  /** An action that cannot be done. */
  blunders: number;
  /** To another room and back: legal, and of no use. */
  detours: number;
}

/** Episodes of an expert in new houses that makes mistakes. Those that ran out of turns, or are too long, are left out. */
export function demonstrations(
  task: HouseTask,
  count: number,
  { blunders, detours }: Mistakes,
  random: Random,
): AgentRollout[] {
  const { tokenizer } = familyOf(task);
  return trainErrands(task, count, random).flatMap((errand) => {
    const house = errand.problem.data;
    const lines: string[] = [];
    let state = householdStart(house);
    for (const line of householdExpert(house, random)) {
      while (random.bool(blunders)) {
        const blunder = anyAction(house, random);
        if (!householdStep(house, state, blunder).executed) lines.push(blunder);
      }
      if (random.bool(detours)) {
        const other = random.pick(house.rooms.filter((_, room) => room !== state.room));
        lines.push(`go ${other}`, `go ${house.rooms[state.room]}`);
      }
      lines.push(line);
      state = householdStep(house, state, line).state;
    }
    const episode = replayEpisode(
      errand,
      lines.map((line) => tokenizer.encode(`${line}\n`)),
    );
    const fits = episode.prompt.length + episode.response.length <= contextOf(task);
    return fits && episode.ended ? [episode] : [];
  });
}

/** An action in the house's words, whether or not it can be done. */
function anyAction({ rooms, containers, objects }: HouseholdData, random: Random): string {
  const container = random.pick(containers).name;
  const object = random.pick(objects).name;
  return random.pick([
    `go ${random.pick(rooms)}`,
    `open ${container}`,
    `take ${object} from ${container}`,
    `put ${object} in ${container}`,
  ]);
}
