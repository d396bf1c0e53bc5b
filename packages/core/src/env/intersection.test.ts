import { describe, expect, it } from 'vitest';
import { Random } from '../stats/index.ts';
import { type Intersection, intersection } from './intersection.ts';

/** Plays an episode; gives totals of the signals and of the reward. */
function play(env: Intersection, seed: number, light: (env: Intersection, step: number) => number) {
  env.reset(new Random(seed, 'test'));
  const totals = { reward: 0, switches: 0, passed: 0, queue: 0, steps: 0 };
  while (!env.truncated) {
    env.step([light(env, totals.steps++)]);
    totals.reward += env.reward;
    totals.queue = env.signals[0];
    totals.switches += env.signals[2];
    totals.passed += env.signals[3];
  }
  return totals;
}

describe('intersection', () => {
  it('loses no car, and meets the same ones whatever the light does', () => {
    const env = intersection();
    const rng = new Random(1);
    const random = play(env, 3, () => rng.int(2));
    const arrived = env.arrived;
    const fixed = play(env, 3, (_, step) => Number(step % 10 === 0));
    expect(env.arrived).toBe(arrived);
    for (const { passed, queue } of [random, fixed]) expect(passed + queue).toBe(arrived);
    expect(random.steps).toBe(150);
    expect(arrived).toBeGreaterThan(200);
    expect(arrived).toBeLessThan(400);
  });

  it('obeys the light: one car a second on a green side, none in yellow, no switch before two seconds of green', () => {
    const env = intersection();
    env.reset(new Random(5, 'test'));
    for (let i = 0; i < 40; i++) env.step([0]); // the other street fills up
    const street = env.observation[4];
    const other = street === 1 ? [2, 3] : [0, 1];
    const before = other.map((side) => env.observation[side] * 20);
    expect(Math.min(...before)).toBeGreaterThan(4);
    env.step([1]);
    expect([env.observation[4], env.signals[2]]).toEqual([-street, 1]);
    expect(env.signals[3]).toBe(2); // a second of yellow, then one car from each side
    env.step([1]);
    expect([env.observation[4], env.signals[2]]).toEqual([-street, 0]); // one second of green so far: refused
    expect(env.signals[3]).toBe(4);
    env.step([1]);
    expect(env.signals[2]).toBe(1);
  });

  it('pays minus the seconds that cars wait', () => {
    const env = intersection({ seconds: 60 });
    // A light that never changes: the red sides keep every car, so each waits from its arrival to the end.
    const { reward, queue } = play(env, 2, () => 0);
    const waited = env.signals[1] * env.signals[0];
    expect(queue).toBeGreaterThan(5);
    // Only cars that are still there have waited, save the few that a green side did not serve in their own second.
    expect(-reward).toBeGreaterThanOrEqual(waited);
    expect(-reward).toBeLessThan(1.3 * waited + 20);
  });

  it('rewards serving the longer queues', () => {
    const longest = (env: Intersection) => {
      const [north, south, east, west, green] = env.observation;
      const served = green === 1 ? Math.max(north, south) : Math.max(east, west);
      const waiting = green === 1 ? Math.max(east, west) : Math.max(north, south);
      return Number(waiting > served + 0.2);
    };
    const rng = new Random(1);
    const scores = [longest, () => rng.int(2)].map((light) => play(intersection(), 4, light).reward);
    expect(scores[0]).toBeGreaterThan(scores[1]);
  });

  it('says what is wrong', () => {
    expect(() => intersection({ seconds: 5 })).toThrow(/seconds must be a positive multiple of 2, got 5/);
    const env = intersection({ seconds: 2 });
    expect(() => env.step([0])).toThrow(/episode has ended/);
    env.reset(new Random(0));
    expect(() => env.step([2])).toThrow(/whole number from 0 to 1, got \[2\]/);
  });
});
