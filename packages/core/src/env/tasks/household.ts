/** What tools do to the object in hand, by the verb of the action. */
export const householdVerbs = { clean: 'clean', heat: 'hot', cool: 'cold' } as const;
export type HouseholdVerb = keyof typeof householdVerbs;
export type HouseholdProperty = (typeof householdVerbs)[HouseholdVerb];

/** What must hold at the end: the object, with the property where one is asked for, lies in the container. */
export type HouseholdGoal = {
  readonly object: number;
  readonly property: HouseholdProperty | null;
  readonly container: number;
};

/** A house: names and places, as indices into its lists. */
export type HouseholdData = {
  readonly rooms: readonly string[];
  readonly containers: readonly { readonly name: string; readonly room: number; readonly closed: boolean }[];
  /** A tool does its work on what is in hand: the sink cleans, the stove heats, the freezer cools. */
  readonly tools: readonly { readonly name: string; readonly room: number; readonly verb: HouseholdVerb }[];
  /** An object, and the container it lies in at first. */
  readonly objects: readonly { readonly name: string; readonly container: number }[];
  /** The room where the agent begins. */
  readonly start: number;
  /** All must hold at once. */
  readonly goals: readonly HouseholdGoal[];
  readonly maxTurns: number;
};

/** Everything that changes. States are never altered, so one can be kept and gone back to. */
export type HouseholdState = {
  readonly room: number;
  /** For each container: it stands open. */
  readonly open: readonly boolean[];
  /** For each object: its container, or null while it is in hand. */
  readonly places: readonly (number | null)[];
  readonly clean: readonly boolean[];
  readonly temperatures: readonly ('plain' | 'hot' | 'cold')[];
};

export interface HouseholdStep {
  readonly state: HouseholdState;
  readonly observation: string;
  /** False for an action that cannot be done: nothing happens, and the turn is spent. */
  readonly executed: boolean;
}

/** The state in which every episode in this house begins. */
export function householdStart({ start, containers, objects }: HouseholdData): HouseholdState {
  return {
    room: start,
    open: containers.map(({ closed }) => !closed),
    places: objects.map(({ container }) => container),
    clean: objects.map(() => false),
    temperatures: objects.map(() => 'plain' as const),
  };
}

/**
 * Does one action, given as text: `go ROOM`, `open CONTAINER`, `take OBJECT from CONTAINER`, `put OBJECT in CONTAINER`,
 * `clean OBJECT`, `heat OBJECT`, `cool OBJECT`. One can reach what is in the room, look into what is open, and hold one
 * object. Deterministic; any text is an action, and one that cannot be done changes nothing.
 *
 * @example
 * householdStep(house, householdStart(house), 'go kitchen').observation; // 'you are in kitchen . shelf has mug . box is closed .'
 */
export function householdStep(house: HouseholdData, state: HouseholdState, action: string): HouseholdStep {
  const next = perform(house, state, action.split(' '));
  if (next === null) return { state, observation: 'nothing happens .', executed: false };
  return { ...next, executed: true };
}

function perform(
  house: HouseholdData,
  state: HouseholdState,
  words: readonly string[],
): Omit<HouseholdStep, 'executed'> | null {
  const [verb, name, preposition, place] = words;
  if (words.length === 2 && verb === 'go') {
    const room = house.rooms.indexOf(name);
    if (room < 0 || room === state.room) return null;
    const moved = { ...state, room };
    return { state: moved, observation: householdLook(house, moved) };
  }
  if (words.length === 2 && verb === 'open') {
    const container = containerHere(house, state, name);
    if (container < 0 || state.open[container]) return null;
    const opened = { ...state, open: state.open.with(container, true) };
    return { state: opened, observation: lookInto(house, opened, container) };
  }
  const object = house.objects.findIndex((each) => each.name === name);
  if (object < 0) return null;
  if (words.length === 4) {
    const container = containerHere(house, state, place);
    if (container < 0 || !state.open[container]) return null;
    const taking = verb === 'take' && preposition === 'from';
    const putting = verb === 'put' && preposition === 'in';
    if (taking && state.places[object] === container && !state.places.includes(null)) {
      return { state: { ...state, places: state.places.with(object, null) }, observation: `you hold ${name} .` };
    }
    if (putting && state.places[object] === null) {
      return {
        state: { ...state, places: state.places.with(object, container) },
        observation: `${name} is in ${place} .`,
      };
    }
    return null;
  }
  const tool = house.tools.find((each) => each.verb === verb && each.room === state.room);
  if (words.length !== 2 || tool === undefined || state.places[object] !== null) return null;
  const property = householdVerbs[tool.verb];
  return {
    state:
      property === 'clean'
        ? { ...state, clean: state.clean.with(object, true) }
        : { ...state, temperatures: state.temperatures.with(object, property) },
    observation: `${name} is ${property} .`,
  };
}

function containerHere({ containers }: HouseholdData, { room }: HouseholdState, name: string): number {
  return containers.findIndex((container) => container.name === name && container.room === room);
}

/** What is to be seen in a room: its containers with what lies in them, and its tools. */
export function householdLook(house: HouseholdData, state: HouseholdState): string {
  const { rooms, containers, tools } = house;
  const seen = containers.flatMap(({ room }, at) => (room === state.room ? [lookInto(house, state, at)] : []));
  const standing = tools.flatMap(({ name, room }) => (room === state.room ? [`${name} is here .`] : []));
  return [`you are in ${rooms[state.room]} .`, ...seen, ...standing].join(' ');
}

function lookInto({ containers, objects }: HouseholdData, { open, places }: HouseholdState, at: number): string {
  const { name } = containers[at];
  if (!open[at]) return `${name} is closed .`;
  const inside = objects.flatMap((object, i) => (places[i] === at ? [object.name] : []));
  return inside.length === 0 ? `${name} is empty .` : `${name} has ${inside.join(' ')} .`;
}

/** Every action that can be done, in a fixed order. */
export function householdActions(house: HouseholdData, { room, open, places }: HouseholdState): string[] {
  const { rooms, containers, tools, objects } = house;
  const here = containers.flatMap((container, at) => (container.room === room ? [{ ...container, at }] : []));
  const actions = rooms.filter((_, at) => at !== room).map((name) => `go ${name}`);
  for (const { name, at } of here) if (!open[at]) actions.push(`open ${name}`);
  const held = places.indexOf(null);
  if (held < 0) {
    for (const { name, at } of here) {
      if (!open[at]) continue;
      for (let i = 0; i < objects.length; i++)
        if (places[i] === at) actions.push(`take ${objects[i].name} from ${name}`);
    }
    return actions;
  }
  const { name: object } = objects[held];
  for (const { name, at } of here) if (open[at]) actions.push(`put ${object} in ${name}`);
  for (const tool of tools) if (tool.room === room) actions.push(`${tool.verb} ${object}`);
  return actions;
}

/** Whether an object has a property in this state. */
export function householdHas(
  { clean, temperatures }: HouseholdState,
  object: number,
  property: HouseholdProperty,
): boolean {
  return property === 'clean' ? clean[object] : temperatures[object] === property;
}

/** Whether all goals hold: what the sparse reward at the end of an episode pays for. */
export function householdGoalsHold({ goals }: HouseholdData, state: HouseholdState): boolean {
  return goals.every(
    ({ object, property, container }) =>
      state.places[object] === container && (property === null || householdHas(state, object, property)),
  );
}

/**
 * Everything that could have been a goal and holds in this state, though it did not at the start: what an episode achieved
 * in hindsight. An object with properties gives one goal for each, besides the one for its place if that has changed.
 */
export function achievedHouseholdGoals(house: HouseholdData, state: HouseholdState): HouseholdGoal[] {
  const kinds = [null, ...Object.values(householdVerbs)];
  return house.objects.flatMap(({ container: before }, object) => {
    const container = state.places[object];
    if (container === null) return [];
    const holds = (property: HouseholdProperty | null) =>
      property === null ? container !== before : householdHas(state, object, property);
    return kinds.filter(holds).map((property) => ({ object, property, container }));
  });
}

/** A goal in words, as the prompt says it. @example describeHouseholdGoal(house, house.goals[0]) // 'clean mug in shelf' */
export function describeHouseholdGoal(
  { objects, containers }: HouseholdData,
  { object, property, container }: HouseholdGoal,
): string {
  return `${property === null ? '' : `${property} `}${objects[object].name} in ${containers[container].name}`;
}

export interface HouseholdTurn {
  readonly action: string;
  readonly observation: string;
  readonly executed: boolean;
}

/** Plays actions from the start, at most `maxTurns` of them: the turns, the states before and after them, and success. */
export function householdReplay(
  house: HouseholdData,
  actions: readonly string[],
): { turns: HouseholdTurn[]; states: HouseholdState[]; success: boolean } {
  const states = [householdStart(house)];
  const turns = actions.slice(0, house.maxTurns).map((action, t): HouseholdTurn => {
    const { state, observation, executed } = householdStep(house, states[t], action);
    states.push(state);
    return { action, observation, executed };
  });
  return { turns, states, success: householdGoalsHold(house, states[states.length - 1]) };
}
