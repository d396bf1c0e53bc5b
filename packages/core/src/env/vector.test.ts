import { describe, expect, it } from 'vitest';
import { Random } from '../stats/index.ts';
import { actionSize, randomAction } from './environment.ts';
import { intersection } from './intersection.ts';
import { swingUp } from './swing-up.ts';
import { episodeReturns, vectorEnvironment } from './vector.ts';

describe('vectorEnvironment', () => {
  it('starts a new episode at once, and keeps the last state of the old one', () => {
    const world = vectorEnvironment(() => swingUp({ steps: 3 }), 2, new Random(1));
    const actions = new Float32Array(2);
    for (let t = 0; t < 3; t++) world.step(actions);
    expect([...world.ended]).toEqual([1, 1]);
    expect([...world.terminated]).toEqual([0, 0]);
    expect(world.observations).not.toEqual(world.nextObservations);
    world.step(actions);
    expect([...world.ended]).toEqual([0, 0]);
    expect(world.observations).toEqual(world.nextObservations);
    expect(() => world.step(new Float32Array(3))).toThrow(/actions must hold 2 x 1 numbers, got 3/);
  });

  it('gives each environment a stream of its own', () => {
    const alone = vectorEnvironment(intersection, 1, new Random(2));
    const among = vectorEnvironment(intersection, 3, new Random(2));
    for (let t = 0; t < 160; t++) {
      alone.step(new Float32Array(1));
      among.step(Float32Array.of(0, t % 2, 1));
      expect(among.nextObservations.subarray(0, 6)).toEqual(alone.nextObservations);
    }
  });
});

describe('episodeReturns', () => {
  it('sums the native reward over one episode each', () => {
    const rng = new Random(4);
    const returns = episodeReturns(
      () => swingUp({ steps: 10 }),
      5,
      rng,
      () => new Float32Array(5),
    );
    const env = swingUp({ steps: 10 });
    env.reset(rng.split(3, 0));
    let total = 0;
    while (!env.truncated) {
      env.step([0]);
      total += env.reward;
    }
    expect(returns[3]).toBe(total);
    expect(returns).toHaveLength(5);
  });
});

describe('actions', () => {
  it('are drawn within their space', () => {
    const rng = new Random(0);
    const one = new Float32Array(actionSize({ kind: 'discrete', n: 3 }));
    const many = new Float32Array(actionSize({ kind: 'continuous', dimensions: 4 }));
    const seen = new Set<number>();
    for (let i = 0; i < 50; i++) {
      randomAction({ kind: 'discrete', n: 3 }, rng, one);
      seen.add(one[0]);
      randomAction({ kind: 'continuous', dimensions: 4 }, rng, many);
      expect(many.every((x) => Math.abs(x) <= 1)).toBe(true);
    }
    expect([...seen].sort()).toEqual([0, 1, 2]);
  });
});
