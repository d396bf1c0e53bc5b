import type { Random } from '../../stats/index.ts';
import { type HouseholdData, householdStart, householdStep, householdVerbs } from './household.ts';

/**
 * Actions of an expert who knows the map (what stands in which room) but not what lies where: it looks for each object,
 * room by room in random order, opening what is closed, then fetches it. What it does follows from what it has seen, so a
 * policy can learn it, unlike the shortest plan, which knows hidden places. It always reaches the goals, though perhaps
 * not within `maxTurns`.
 *
 * @param house with at most one goal an object, and a tool for each property asked for
 * @throws RangeError for a property that no tool gives
 * @example
 * householdReplay(problem.data, householdExpert(problem.data, rng)).success;
 */
export function householdExpert(house: HouseholdData, rng: Random): string[] {
  const { rooms, containers, tools, objects, goals } = house;
  const actions: string[] = [];
  let state = householdStart(house);
  const seen = new Set<number>();
  const look = () => {
    containers.forEach(({ room }, at) => {
      if (room === state.room && state.open[at]) seen.add(at);
    });
  };
  const act = (action: string) => {
    actions.push(action);
    state = householdStep(house, state, action).state;
    look();
  };
  const goTo = (room: number) => {
    if (room !== state.room) act(`go ${rooms[room]}`);
  };
  look();

  for (const { object, property, container: target } of goals) {
    const { name } = objects[object];
    const tool = tools.find(({ verb }) => householdVerbs[verb] === property);
    if (property !== null && tool === undefined)
      throw new RangeError(`tools must have one that makes things ${property}`);
    // An object stays where it was seen, as nobody else moves it.
    for (let place = state.places[object]; place !== null && !seen.has(place); ) {
      const unseen = containers.flatMap(({ room }, at) => (seen.has(at) ? [] : [{ at, room }]));
      const here = unseen.filter(({ room }) => room === state.room);
      if (here.length > 0) act(`open ${containers[rng.pick(here).at].name}`);
      else goTo(rng.pick(unseen).room);
      place = state.places[object];
    }
    const place = state.places[object];
    if (place === target && property === null) continue;
    if (place !== null) {
      goTo(containers[place].room);
      act(`take ${name} from ${containers[place].name}`);
    }
    if (tool) {
      goTo(tool.room);
      act(`${tool.verb} ${name}`);
    }
    goTo(containers[target].room);
    if (!state.open[target]) act(`open ${containers[target].name}`);
    act(`put ${name} in ${containers[target].name}`);
  }
  return actions;
}
