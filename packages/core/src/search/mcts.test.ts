import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../stats/index.ts';
import { type MctsOptions, mcts, mostVisited, type SearchNode } from './mcts.ts';

/** Strings over a and b; the reward of a finished one is given, so every value is known. */
const game = (rewards: Record<string, number>, depth: number) => ({
  children: 2,
  maxDepth: depth,
  expand: (states: readonly string[]) => states.map((state) => [`${state}a`, `${state}b`]),
  rollout: (states: readonly string[]) => states.map(() => 0.5),
  terminal: (state: string) => (state.length === depth ? rewards[state] : null),
});
const counts = (node: SearchNode<string>) => node.children.map(({ visits }) => visits);

describe('mcts', () => {
  it('follows UCT, by hand', async () => {
    // One step, rewards 0.2 and 0.6, w = 1. Round 1: a. Round 2: b is unvisited.
    // Round 3: 0.2 + sqrt(ln 2) = 1.033 < 0.6 + 0.833 = 1.433, so b. Round 4: 0.2 + sqrt(ln 3) = 1.248 against
    // 0.6 + sqrt(ln 3 / 2) = 1.341: b. Round 5: 0.2 + sqrt(ln 4) = 1.377 > 0.6 + sqrt(ln 4 / 3) = 1.280: a.
    // Round 6: 0.2 + sqrt(ln 5 / 2) = 1.097 < 0.6 + sqrt(ln 5 / 3) = 1.332: b.
    const visits: number[][] = [];
    for (let iterations = 1; iterations <= 6; iterations++) {
      const [root] = await mcts({ roots: [''], iterations, ...game({ a: 0.2, b: 0.6 }, 1) });
      visits.push(counts(root));
      expect(root.visits).toBe(iterations);
    }
    expect(visits).toEqual([
      [1, 0],
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 3],
      [2, 4],
    ]);
    // Without exploration the first reward above zero is all it ever tries again.
    const [greedy] = await mcts({ roots: [''], iterations: 20, exploration: 0, ...game({ a: 0.6, b: 0.2 }, 1) });
    expect(counts(greedy)).toEqual([19, 1]);
  });

  it('agrees with a bandit written out independently', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 5 }),
        fc.integer({ min: 5, max: 60 }),
        fc.constantFrom(0.3, 1, 2),
        async (hundredths, iterations, exploration) => {
          const arms = hundredths.map((x) => x / 100);
          const pulls = arms.map(() => 0);
          for (let t = 0; t < iterations; t++) {
            const bounds = arms.map((r, i) =>
              pulls[i] === 0 ? Infinity : (r * pulls[i]) / pulls[i] + exploration * Math.sqrt(Math.log(t) / pulls[i]),
            );
            pulls[bounds.indexOf(Math.max(...bounds))]++;
          }
          const [root] = await mcts({
            roots: [-1],
            iterations,
            exploration,
            children: arms.length,
            maxDepth: 1,
            expand: (states) => states.map(() => arms.map((_, i) => i)),
            rollout: () => [],
            terminal: (state) => (state < 0 ? null : arms[state]),
          });
          // Sums of rewards round; near ties may fall the other way.
          root.children.forEach(({ visits }, i) => {
            expect(Math.abs(visits - pulls[i])).toBeLessThanOrEqual(1);
          });
        },
      ),
    );
  });

  it('finds the best line of a known game, behind a first move that looks worse', async () => {
    // On average b is the better move; the best leaf is below a.
    const rewards = { aaa: 0, aab: 0, aba: 0, abb: 1, baa: 0.6, bab: 0.6, bba: 0.6, bbb: 0.6 };
    const [root] = await mcts({ roots: [''], iterations: 3000, exploration: 0.7, ...game(rewards, 3) });
    const line: (string | undefined)[] = [];
    for (let node = mostVisited(root); node !== null; node = mostVisited(node)) line.push(node.state);
    expect(line).toEqual(['a', 'ab', 'abb']);
    expect(root.children[0].value).toBeGreaterThan(0.93);
    // The first rollouts below b stopped short, at 0.5.
    expect(Math.abs((root.children[1].value ?? 0) - 0.6)).toBeLessThan(0.01);
    expect(root.value).toBeGreaterThan(0.9);
  });

  it('estimates the value of a state by its rollouts, and counts them on the way up', async () => {
    const rng = new Random(5, 'coins');
    const chance: Record<string, number> = { a: 0.3, b: 0.8 };
    const [root] = await mcts({
      roots: [''],
      iterations: 4000,
      children: 2,
      maxDepth: 1,
      exploration: 2,
      expand: (states) => states.map(() => ['a', 'b']),
      rollout: (states) => states.map((state) => Number(rng.bool(chance[state]))),
    });
    for (const { state, value, visits } of root.children) {
      expect(Math.abs((value ?? 0) - chance[state])).toBeLessThan(4 * Math.sqrt(0.25 / visits));
    }
    expect(counts(root).reduce((a, b) => a + b)).toBe(4000);
    const total = root.children.reduce((sum, { value, visits }) => sum + (value ?? 0) * visits, 0);
    expect(root.value).toBeCloseTo(total / 4000, 10);
  });

  const hashed = (state: string) => new Random(state, 'reward').uniform();
  const options: Omit<MctsOptions<string>, 'roots'> = {
    iterations: 30,
    children: 3,
    maxDepth: 4,
    expand: (states, n) =>
      states.map((state) =>
        Array.from({ length: n }, (_, i) => state + new Random(state, 'step', i).pick(['x', 'y', 'z'])),
      ),
    rollout: (states) => states.map(hashed),
    terminal: (state) => (state.endsWith('xx') ? hashed(state) : null),
  };

  it('grows many trees in lockstep as it would each alone, with one call a round', async () => {
    const roots = ['p', 'q', 'r', 's'];
    for (const change of [{}, { expandAfter: 1 }, { key: (state: string) => state }]) {
      const calls = { expand: 0, rollout: 0 };
      const together = await mcts({
        ...options,
        ...change,
        roots,
        expand: async (states, n) => {
          calls.expand++;
          return options.expand(states, n);
        },
        rollout: async (states) => {
          calls.rollout++;
          return options.rollout(states);
        },
      });
      const alone = await Promise.all(roots.map((root) => mcts({ ...options, ...change, roots: [root] })));
      expect(together).toEqual(alone.flat());
      expect(calls.expand).toBeLessThanOrEqual(30);
      expect(calls.rollout).toBeLessThanOrEqual(30);
    }
  });

  it('expands a state at once, or only when it has been played', async () => {
    const expansions = async (expandAfter: number) => {
      let count = 0;
      await mcts({
        ...options,
        roots: ['p'],
        expandAfter,
        terminal: () => null,
        expand: (states, n) => {
          count += states.length;
          return options.expand(states, n);
        },
      });
      return count;
    };
    expect(await expansions(1)).toBeLessThan(await expansions(0));
    expect(await expansions(30)).toBe(0);
  });

  it('takes states of one key for one child, and finished or barren states for leaves', async () => {
    const [root] = await mcts({
      roots: [''],
      iterations: 12,
      children: 4,
      maxDepth: 3,
      key: (state) => state,
      expand: (states) => states.map((state) => (state === 'b' ? [] : [`${state}a`, 'b', `${state}a`])),
      rollout: (states) => states.map((state) => (state === 'b' ? 1 : 0)),
    });
    expect(root.children.map(({ state }) => state)).toEqual(['a', 'b']);
    expect(root.children[1]).toMatchObject({ children: [], value: 1, terminal: null });
    // A root that is finished is never played.
    const [over] = await mcts({
      ...options,
      roots: ['pxx'],
      rollout: () => {
        throw new Error('played');
      },
    });
    expect(over).toMatchObject({ visits: 30, value: hashed('pxx'), children: [] });
  });

  it('names what does not fit, and can be aborted', async () => {
    const base = { ...options, roots: ['p'] };
    await expect(mcts({ ...base, iterations: 0 })).rejects.toThrow('iterations must be a positive whole number, got 0');
    await expect(mcts({ ...base, exploration: -1 })).rejects.toThrow(
      'exploration must be at least 0 and finite, got -1',
    );
    await expect(mcts({ ...base, expandAfter: 0.5 })).rejects.toThrow('expandAfter must be a whole number from 0');
    await expect(mcts({ ...base, expand: () => [] })).rejects.toThrow('expand must answer 1 states, got 0');
    await expect(mcts({ ...base, expand: () => [['a', 'b', 'c', 'd']] })).rejects.toThrow('at most 3 states a state');
    await expect(mcts({ ...base, rollout: () => [1, 2] })).rejects.toThrow('rollout must answer 1 states, got 2');
    await expect(mcts({ ...base, rollout: () => [Number.NaN] })).rejects.toThrow('rollout must give finite rewards');
    await expect(mcts({ ...base, terminal: () => Infinity })).rejects.toThrow('terminal must give finite rewards');
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(mcts({ ...base, signal })).rejects.toThrow('enough');
  });
});
