import { describe, expect, it } from 'vitest';
import { assertPlain } from '../../paper/index.ts';
import { Random } from '../../stats/index.ts';
import {
  achievedHouseholdGoals,
  describeHouseholdGoal,
  type HouseholdData,
  type HouseholdState,
  householdActions,
  householdGoalsHold,
  householdReplay,
  householdStart,
  householdStep,
} from './household.ts';
import { householdExpert } from './household-expert.ts';
import { household } from './household-family.ts';
import { householdPlanner } from './household-plan.ts';
import { sampleFrom } from './split.ts';

const house: HouseholdData = {
  rooms: ['hall', 'kitchen'],
  containers: [
    { name: 'shelf', room: 0, closed: false },
    { name: 'box', room: 1, closed: true },
  ],
  tools: [
    { name: 'sink', room: 1, verb: 'clean' },
    { name: 'stove', room: 1, verb: 'heat' },
    { name: 'freezer', room: 0, verb: 'cool' },
  ],
  objects: [
    { name: 'mug', container: 1 },
    { name: 'pan', container: 0 },
  ],
  start: 0,
  goals: [{ object: 0, property: 'clean', container: 0 }],
  maxTurns: 20,
};

describe('householdStep', () => {
  it('plays an errand in words', () => {
    const actions = ['go kitchen', 'open box', 'take mug from box', 'clean mug', 'go hall', 'put mug in shelf'];
    const { turns, states, success } = householdReplay(house, actions);
    expect(turns.map(({ observation }) => observation)).toEqual([
      'you are in kitchen . box is closed . sink is here . stove is here .',
      'box has mug .',
      'you hold mug .',
      'mug is clean .',
      'you are in hall . shelf has pan . freezer is here .',
      'mug is in shelf .',
    ]);
    expect(turns.every(({ executed }) => executed)).toBe(true);
    expect(success).toBe(true);
    expect(states).toHaveLength(7);
    assertPlain(states);
    // Two things came true: where the mug is, and that a clean one is there.
    expect(achievedHouseholdGoals(house, states[6]).map((goal) => describeHouseholdGoal(house, goal))).toEqual([
      'mug in shelf',
      'clean mug in shelf',
    ]);
    expect(achievedHouseholdGoals(house, states[4])).toEqual([]);
  });

  it('does nothing for what cannot be done', () => {
    const start = householdStart(house);
    const holding = householdStep(house, start, 'take pan from shelf').state;
    const impossible: [HouseholdState, string][] = [
      [start, 'go hall'],
      [start, 'go garden'],
      [start, 'open shelf'],
      [start, 'open box'],
      [start, 'take mug from box'],
      [start, 'take mug from shelf'],
      [start, 'take pan in shelf'],
      [start, 'put pan in shelf'],
      [start, 'cool pan'],
      [start, 'take pan'],
      [start, 'go'],
      [start, ''],
      [holding, 'take pan from shelf'],
      [holding, 'clean pan'],
      [holding, 'put pan in box'],
      [householdStep(house, holding, 'go kitchen').state, 'put pan in box'],
    ];
    for (const [state, action] of impossible) {
      const step = householdStep(house, state, action);
      expect(step).toEqual({ state, observation: 'nothing happens .', executed: false });
    }
  });

  it('changes temperatures back and forth, and never the state it is given', () => {
    const start = householdStart(house);
    const before = structuredClone(start);
    const actions = ['take pan from shelf', 'cool pan', 'go kitchen', 'heat pan'];
    const { states } = householdReplay(house, actions);
    expect(states.map(({ temperatures }) => temperatures[1])).toEqual(['plain', 'plain', 'cold', 'cold', 'hot']);
    expect(start).toEqual(before);
  });

  it('cuts an episode at its last turn', () => {
    const many = Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? 'go kitchen' : 'go hall'));
    expect(householdReplay(house, many).turns).toHaveLength(20);
    const late = [
      ...many.slice(0, 16),
      'go kitchen',
      'open box',
      'take mug from box',
      'clean mug',
      'go hall',
      'put mug in shelf',
    ];
    expect(householdReplay(house, late).success).toBe(false);
  });
});

describe('householdActions', () => {
  it('lists exactly what can be done', () => {
    const rng = new Random(0, 'walks');
    for (let walk = 0; walk < 20; walk++) {
      const { data } = household().sample(rng, 2 + (walk % 3));
      const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);
      const [things, places] = [names(data.objects), names(data.containers)];
      const sentences = [
        ...data.rooms.map((room) => `go ${room}`),
        ...places.map((place) => `open ${place}`),
        ...things.flatMap((thing) => ['clean', 'heat', 'cool'].map((verb) => `${verb} ${thing}`)),
        ...things.flatMap((thing) =>
          places.flatMap((place) => [`take ${thing} from ${place}`, `put ${thing} in ${place}`]),
        ),
      ];
      let state = householdStart(data);
      for (let t = 0; t < 15; t++) {
        const possible = householdActions(data, state);
        const executed = sentences.filter((action) => householdStep(data, state, action).executed);
        expect(possible.toSorted()).toEqual(executed.toSorted());
        state = householdStep(data, state, rng.pick(possible)).state;
      }
    }
  });
});

describe('householdPlanner', () => {
  /** Fewest actions by breadth-first search over whole states, all objects and properties included. */
  function bruteForce(data: HouseholdData, from: HouseholdState): number {
    let level = [from];
    const seen = new Set([JSON.stringify(from)]);
    for (let distance = 0; level.length > 0; distance++) {
      if (level.some((state) => householdGoalsHold(data, state))) return distance;
      level = level.flatMap((state) =>
        householdActions(data, state).flatMap((action) => {
          const next = householdStep(data, state, action).state;
          const key = JSON.stringify(next);
          if (seen.has(key)) return [];
          seen.add(key);
          return [next];
        }),
      );
    }
    return -1;
  }

  it('knows the distances that brute force finds, on random walks', () => {
    const small = household({ rooms: 3, containers: 3, objects: 3, turns: [0, 20] });
    const rng = new Random(0, 'brute force');
    for (let i = 0; i < 12; i++) {
      const { data } = small.sample(rng, 2 + (i % 3));
      const { distance } = householdPlanner(data);
      let state = householdStart(data);
      for (let t = 0; t < 6; t++) {
        expect(distance(state)).toBe(bruteForce(data, state));
        state = householdStep(data, state, rng.pick(householdActions(data, state))).state;
      }
    }
  });

  it('plans from anywhere, as short as can be', () => {
    const rng = new Random(0, 'plans');
    const family = household();
    for (let i = 0; i < 10; i++) {
      const problem = family.sample(rng, 2 + (i % 3));
      const { plan, distance } = family.planner(problem);
      let state = householdStart(problem.data);
      for (let t = 0; t < 12; t++) {
        state = householdStep(problem.data, state, rng.pick(householdActions(problem.data, state))).state;
      }
      const left = distance(state);
      const actions = plan(rng, state);
      expect(actions).toHaveLength(left);
      actions.forEach((action, t) => {
        state = householdStep(problem.data, state, action).state;
        expect(distance(state)).toBe(left - t - 1);
      });
      expect(householdGoalsHold(problem.data, state)).toBe(true);
    }
    const twice = { ...house, goals: [house.goals[0], { ...house.goals[0], container: 1 }] };
    expect(() => householdPlanner(twice)).toThrow('goals must each have an object of their own');
    expect(() => householdPlanner({ ...house, tools: [] })).toThrow('goals must be within reach');
  });
});

describe('householdExpert', () => {
  it('reaches the goals by looking where it has not looked', () => {
    const rng = new Random(0, 'expert');
    const family = household();
    let turns = 0;
    let shortest = 0;
    for (let i = 0; i < 120; i++) {
      const problem = family.sample(rng, 2 + (i % 3));
      const actions = householdExpert(problem.data, rng);
      const { success, turns: played } = householdReplay(problem.data, actions);
      expect(success).toBe(true);
      expect(played.every(({ executed }) => executed)).toBe(true);
      expect(family.checkAnswer(problem, actions.join('\n'))).toMatchObject({ correct: true, answer: problem.answer });
      turns += actions.length;
      shortest += family.planner(problem).distance(householdStart(problem.data));
    }
    // Not knowing costs something, but not much in so small a house.
    expect(turns / shortest).toBeGreaterThan(1.05);
    expect(turns / shortest).toBeLessThan(2);
    const toolless = { ...house, tools: [] };
    expect(() => householdExpert(toolless, rng)).toThrow('tools must have one that makes things clean');
  });
});

describe('household', () => {
  it('judges an action by its progress', () => {
    const family = household();
    const problem = { ...family.sample(new Random(0), 3), data: house, answer: 'clean mug in shelf' };
    const lines = ['go kitchen', 'open box', 'take mug from box', 'heat mug', 'put mug in box', 'dance'];
    expect(family.checkLines(problem, lines).map(({ verdict, reason }) => `${verdict}: ${reason}`)).toEqual([
      'right: brings the goals nearer',
      'right: brings the goals nearer',
      'right: brings the goals nearer',
      'neutral: neither helps nor harms',
      'wrong: leads away from the goals',
      'wrong: cannot be done',
    ]);
    const lost = Array.from({ length: 22 }, () => 'dance');
    const onTrack = family.checkLines(problem, lost).map((line) => line.onTrack);
    // Six actions are needed: after turn 14 there is no time for them.
    expect(onTrack).toEqual([...Array(14).fill(true), ...Array(8).fill(false)]);
    expect(family.checkLines(problem, lost)[21].reason).toBe('comes after the last turn');
    expect(family.checkAnswer(problem, lines.join('\n'))).toMatchObject({ correct: false, answer: 'mug in box' });
    expect(family.checkAnswer(problem, lines.slice(0, 3).join('\n')).answer).toBe('mug in hand');
  });

  it('takes 4 to 9 turns at best, and speaks about 60 words', () => {
    const family = household();
    const rng = new Random(0, 'lengths');
    const { tokenizer } = family;
    expect(tokenizer.size).toBeLessThanOrEqual(64);
    for (let i = 0; i < 30; i++) {
      const problem = sampleFrom(family, 'test', rng, 2 + (i % 3));
      const length = family.solve(problem).length;
      expect(length).toBeGreaterThanOrEqual(4);
      expect(length).toBeLessThanOrEqual(9);
      const walk = Array.from({ length: 20 }, () => rng.pick(['dance', ...householdExpert(problem.data, rng)]));
      for (const { observation } of householdReplay(problem.data, walk).turns) {
        expect(tokenizer.decode(tokenizer.encode(observation))).toBe(observation);
      }
    }
  });

  it('tells as much as it is asked to tell', () => {
    const told = (knowledge: 'task' | 'map' | 'contents') =>
      household({ knowledge }).sample(new Random(1), 2).prompt.split('\n');
    const [task, map, contents] = [told('task'), told('map'), told('contents')];
    expect(task).toHaveLength(3);
    expect(map).toHaveLength(3 + 5);
    expect(contents).toHaveLength(3 + 5 + 6);
    expect(task[0]).toMatch(/^task : put \w+ in \w+$/);
    expect(task[1]).toMatch(/^you are in \w+ \./);
    expect(task[2]).toBe('');
  });

  it('names what does not fit', () => {
    expect(() => household({ rooms: 7 })).toThrow('rooms must be a whole number from 2 to 6, got 7');
    expect(() => household({ containers: 1 })).toThrow('containers must be a whole number from 2 to 8, got 1');
    expect(() => household({ objects: 13 })).toThrow('objects must be a whole number from 2 to 12, got 13');
    expect(() => household({ turns: [9, 4] })).toThrow('turns must go upwards within 0 to maxTurns (20), got [9, 4]');
    expect(() => household({ turns: [19, 20] }).sample(new Random(0), 2)).toThrow('turns must be possible');
  });
});
