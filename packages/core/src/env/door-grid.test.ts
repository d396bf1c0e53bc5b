import { describe, expect, it } from 'vitest';
import { type DoorAction, type DoorState, doorGrid } from './door-grid.ts';
import { tabulate } from './tabular.ts';

const world = doorGrid({ size: 3, door: 2, goal: { x: 2, y: 0 } });
const walk = (...actions: DoorAction[]) =>
  actions.reduce<DoorState>((state, action) => world.successors(state, action)[0][0], world.start[0][0]);

describe('doorGrid', () => {
  it('keeps the door shut until it is opened from beside it', () => {
    expect(walk('right', 'right', 'down', 'down', 'right')).toEqual({ x: 2, y: 2, open: false });
    expect(walk('right', 'right', 'use', 'down', 'down', 'right')).toEqual({ x: 2, y: 2, open: false });
    expect(walk('right', 'right', 'down', 'down', 'use', 'right', 'right')).toEqual({ x: 4, y: 2, open: true });
  });

  it('ends at the goal, and measures the distance through the wall', () => {
    const way = ['right', 'right', 'down', 'down', 'use', 'right', 'right', 'up', 'up', 'right', 'right'] as const;
    expect(walk(...way)).toMatchObject(world.goal);
    expect(walk(...way, 'left')).toMatchObject(world.goal);
    expect(world.distance(world.start[0][0])).toBe(6);
    expect(world.distance(world.goal)).toBe(0);
  });

  it('has the states it should: the left room twice, the door and the right room when open', () => {
    const model = tabulate(world);
    expect(model.nS).toBe(9 + 9 + 1 + 9);
    expect(model.states.filter(({ open }) => !open)).toHaveLength(9);
  });

  it('slips, and says what is wrong', () => {
    const slippery = doorGrid({ size: 3, door: 0, goal: { x: 0, y: 0 }, slip: 0.2 });
    expect(slippery.successors({ x: 0, y: 0, open: false }, 'right').map(([, p]) => p)).toEqual([0.8, 0.2]);
    expect(() => doorGrid({ door: 4, goal: { x: 0, y: 0 } })).toThrow(/door must lie in a room of 4 x 4, got 0, 4/);
    expect(() => doorGrid({ door: 0, goal: { x: 0, y: 9 } })).toThrow(/goal must lie/);
  });
});
