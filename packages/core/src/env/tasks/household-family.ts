import type { Random } from '../../stats/index.ts';
import { assertDifficulty, type LineVerdict, type Problem, type TaskFamily } from './family.ts';
import {
  describeHouseholdGoal,
  type HouseholdData,
  type HouseholdGoal,
  type HouseholdState,
  type HouseholdVerb,
  householdHas,
  householdLook,
  householdReplay,
  householdStart,
  householdVerbs,
} from './household.ts';
import { type HouseholdPlanner, householdPlanner } from './household-plan.ts';
import { splitLines } from './lines.ts';
import { createTokenizer } from './tokenizer.ts';

/** What the prompt tells besides the task and what is to be seen at first: nothing, what stands where, or also what lies in it. */
export type HouseholdKnowledge = 'task' | 'map' | 'contents';

/** The household as a task family. */
export interface HouseholdFamily extends TaskFamily<HouseholdData> {
  /** The problem's planner, made once. */
  planner(problem: Problem<HouseholdData>): HouseholdPlanner;
}

const rooms = ['kitchen', 'bathroom', 'bedroom', 'office', 'hall', 'garage'];
const closedContainers = ['cupboard', 'drawer', 'box'];
const openContainers = ['shelf', 'table', 'desk', 'rack', 'basket'];
const tools = [
  { name: 'sink', verb: 'clean' },
  { name: 'stove', verb: 'heat' },
  { name: 'freezer', verb: 'cool' },
] as const;
const objects = ['mug', 'plate', 'bowl', 'cup', 'pan', 'pot', 'apple', 'egg', 'potato', 'bread', 'tomato', 'spoon'];
const words = 'task : . go open take from put in and you are has hold is here empty closed nothing happens'.split(' ');

/**
 * Errands in a small house, as text: the prompt states the task and the first observation, a line is an action (`take mug
 * from box`), the goals must hold at the end. Difficulty counts sub-goals: 2 fetch an object, 3 fetch it after cleaning,
 * heating or cooling it, 4 fetch two. Played in turns with `householdStep`, observations come between the lines; what is
 * closed or elsewhere stays unseen, unless the prompt is told to tell. A line is right when it brings the goals nearer,
 * neutral when it neither helps nor harms, wrong when it cannot be done or leads away.
 *
 * @param options.rooms 2 to 6, 5 unless told
 * @param options.containers 2 to 8, 6 unless told
 * @param options.objects 2 to 12, 8 unless told
 * @param options.turns fewest and most actions of a shortest solution, 4 to 9 unless told
 * @param options.maxTurns an episode is cut after as many actions, 20 unless told
 * @param options.knowledge what the prompt tells, `map` unless told
 * @throws RangeError for counts outside these ranges, or turns that do not go upwards within maxTurns
 * @example
 * const family = household();
 * const problem = family.sample(new Random(0, 'houses'), 3);
 * const { turns, success } = householdReplay(problem.data, family.solve(problem)); // success is true
 */
export function household({
  rooms: roomCount = 5,
  containers: containerCount = 6,
  objects: objectCount = 8,
  turns: [fewest, most] = [4, 9],
  maxTurns = 20,
  knowledge = 'map',
}: {
  rooms?: number;
  containers?: number;
  objects?: number;
  turns?: readonly [number, number];
  maxTurns?: number;
  knowledge?: HouseholdKnowledge;
} = {}): HouseholdFamily {
  const containers = [...closedContainers, ...openContainers];
  assertCount('rooms', roomCount, 2, rooms.length);
  assertCount('containers', containerCount, 2, containers.length);
  assertCount('objects', objectCount, 2, objects.length);
  assertCount('maxTurns', maxTurns, 2, 1000);
  if (!(fewest >= 0 && most >= fewest && maxTurns >= most)) {
    throw new RangeError(`turns must go upwards within 0 to maxTurns (${maxTurns}), got [${fewest}, ${most}]`);
  }

  const planners = new WeakMap<HouseholdData, HouseholdPlanner>();
  const plannerOf = (house: HouseholdData): HouseholdPlanner => {
    const planner = planners.get(house) ?? householdPlanner(house);
    planners.set(house, planner);
    return planner;
  };

  const family: HouseholdFamily = {
    name: 'household',
    difficulties: { least: 2, most: 4 },
    tokenizer: createTokenizer(
      [
        ...words,
        ...Object.keys(householdVerbs),
        ...Object.values(householdVerbs).filter((property) => property !== 'clean'),
        ...rooms,
        ...containers,
        ...tools.map(({ name }) => name),
        ...objects,
      ],
      'word',
    ),
    maxPromptTokens: () => {
      const task = 3 + 2 * 5;
      const map = knowledge === 'task' ? 0 : 3 * roomCount + containerCount + tools.length;
      const contents = knowledge === 'contents' ? 3 * containerCount + objectCount : 0;
      const seen = 5 + 3 * containerCount + objectCount + 4 * tools.length;
      return task + map + contents + seen + 2;
    },
    maxSolutionTokens: () => 5 * most,
    sample: (rng, difficulty) => {
      assertDifficulty(difficulty, family.difficulties);
      for (let i = 0; i < TRIES; i++) {
        const house = furnish(rng, difficulty, { roomCount, containerCount, objectCount, maxTurns });
        const length = plannerOf(house).distance(householdStart(house));
        if (length < fewest || length > most) continue;
        const answer = house.goals.map((goal) => describeHouseholdGoal(house, goal)).join(' and ');
        const prompt = promptOf(house, knowledge);
        return { family: family.name, id: canonical(house), difficulty, prompt, answer, data: house };
      }
      throw new RangeError(`turns must be possible in such a house, got [${fewest}, ${most}]`);
    },
    solve: ({ data }, rng) => plannerOf(data).plan(rng),
    planner: ({ data }) => plannerOf(data),
    checkAnswer: ({ data }, response) => {
      const { states, success } = householdReplay(data, splitLines(response));
      const end = states[states.length - 1];
      const answer = data.goals.map(({ object, property }) => describeEnd(data, end, object, property)).join(' and ');
      return { correct: success, answer, reason: success ? 'the goals hold' : 'the goals do not hold' };
    },
    checkLines: ({ data }, lines) => {
      const { turns, states } = householdReplay(data, lines);
      const { distance } = plannerOf(data);
      return lines.map((_, t): LineVerdict => {
        if (t >= turns.length) return { verdict: 'wrong', reason: 'comes after the last turn', onTrack: false };
        const left = distance(states[t + 1]);
        const progress = distance(states[t]) - left;
        const onTrack = left <= data.maxTurns - t - 1;
        if (!turns[t].executed) return { verdict: 'wrong', reason: 'cannot be done', onTrack };
        if (progress > 0) return { verdict: 'right', reason: 'brings the goals nearer', onTrack };
        return progress === 0
          ? { verdict: 'neutral', reason: 'neither helps nor harms', onTrack }
          : { verdict: 'wrong', reason: 'leads away from the goals', onTrack };
      });
    },
  };
  return family;
}

const TRIES = 1000;

function furnish(
  rng: Random,
  difficulty: number,
  count: { roomCount: number; containerCount: number; objectCount: number; maxTurns: number },
): HouseholdData {
  const { roomCount, containerCount, objectCount, maxTurns } = count;
  const somewhere = () => rng.int(roomCount);
  const names = rng.shuffle([...closedContainers, ...openContainers]).slice(0, containerCount);
  const placed = rng.shuffle(objects).slice(0, objectCount);
  const house = {
    rooms: rng.shuffle(rooms).slice(0, roomCount),
    containers: names.map((name) => ({ name, room: somewhere(), closed: closedContainers.includes(name) })),
    tools: tools.map((tool) => ({ ...tool, room: somewhere() })),
    objects: placed.map((name) => ({ name, container: rng.int(containerCount) })),
    start: somewhere(),
    maxTurns,
  };
  // Goals are drawn apart from the order of the list, in which objects are told of: what is wanted must not stand out.
  const wanted = rng.shuffle([...placed.keys()]).slice(0, difficulty === 4 ? 2 : 1);
  const goals = wanted.map((object): HouseholdGoal => {
    const verb: HouseholdVerb | null = difficulty === 3 ? rng.pick(tools).verb : null;
    const elsewhere = (house.objects[object].container + 1 + rng.int(containerCount - 1)) % containerCount;
    return { object, property: verb && householdVerbs[verb], container: elsewhere };
  });
  return { ...house, goals };
}

function promptOf(house: HouseholdData, knowledge: HouseholdKnowledge): string {
  const { rooms, containers, tools, objects, goals } = house;
  const lines = [`task : put ${goals.map((goal) => describeHouseholdGoal(house, goal)).join(' and ')}`];
  if (knowledge !== 'task') {
    rooms.forEach((name, room) => {
      const standing = [...containers, ...tools].filter((each) => each.room === room).map((each) => each.name);
      lines.push([name, ':', ...standing].join(' '));
    });
  }
  if (knowledge === 'contents') {
    containers.forEach(({ name }, at) => {
      const inside = objects.filter(({ container }) => container === at).map((each) => each.name);
      lines.push([name, ':', ...inside].join(' '));
    });
  }
  return `${[...lines, householdLook(house, householdStart(house))].join('\n')}\n`;
}

/** The house as text that does not depend on the order of its lists. */
function canonical(house: HouseholdData): string {
  const { rooms, containers, tools, objects, goals, start } = house;
  const goal = goals.map((each) => describeHouseholdGoal(house, each)).sort();
  const standing = [...containers, ...tools].map(({ name, room }) => `${name} in ${rooms[room]}`).sort();
  const lying = objects.map(({ name, container }) => `${name} in ${containers[container].name}`).sort();
  return [goal.join(' and '), `from ${rooms[start]} of ${[...rooms].sort().join(' ')}`, ...standing, ...lying].join(
    ', ',
  );
}

/** Where an object is, with the property if it has it: equal to the goal in words when the goal holds. */
function describeEnd(
  house: HouseholdData,
  state: HouseholdState,
  object: number,
  property: HouseholdGoal['property'],
): string {
  const container = state.places[object];
  const shown = property !== null && householdHas(state, object, property) ? property : null;
  if (container !== null) return describeHouseholdGoal(house, { object, property: shown, container });
  return `${shown === null ? '' : `${shown} `}${house.objects[object].name} in hand`;
}

function assertCount(name: string, count: number, least: number, most: number): void {
  if (!Number.isInteger(count) || count < least || count > most) {
    throw new RangeError(`${name} must be a whole number from ${least} to ${most}, got ${count}`);
  }
}
