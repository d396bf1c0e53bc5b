import { beforeAll, describe, expect, it } from 'vitest';
import { Gpt, GptTrainer } from '../../nn/index.ts';
import { mean, Random } from '../../stats/index.ts';
import { type AgentRollout, type AgentTask, replayEpisode, sampleEpisodes, summariseEpisodes } from './agent.ts';
import { agentValues, overTurns, turnAdvantages } from './agent-credit.ts';
import { sequenceOf } from './rollout.ts';
import { policyUpdate } from './update.ts';

/** Tokens 0 to 5; an action ends with 5. The world adds up what was written and says how much it is, modulo 5. */
const STOP = 5;

function counting(goal: number, maxTurns = 4): AgentTask<number, number> {
  return {
    tokens: [goal, 0],
    problem: goal,
    start: 0,
    maxTurns,
    act: (sum, action) => {
      const written = action.filter((token) => token !== STOP);
      const state = (sum + written.reduce((total, token) => total + token, 0)) % 5;
      const done = state === goal && written.length > 0;
      return { state, observation: [state, 0], executed: written.length > 0, reward: Number(done), done };
    },
  };
}

const shape = { vocabulary: 6, context: 40, width: 16, layers: 1, heads: 4 };
const options = { maxTokens: 3, stop: [STOP] };
const tasks = [1, 2, 3, 4].map((goal) => counting(goal));

describe('sampleEpisodes', () => {
  const gpt = new Gpt(shape, new Random(0, 'weights'));
  let episodes: AgentRollout<number>[][];
  beforeAll(() => {
    episodes = sampleEpisodes(gpt, tasks, { ...options, n: 6 }, new Random(1, 'episodes'));
  });

  it('plays by the rules of the world', () => {
    expect(episodes.map((group) => group.length)).toEqual([6, 6, 6, 6]);
    for (const { prompt, response, own, turns, ended, reward, problem } of episodes.flat()) {
      const task = counting(problem);
      expect([...prompt]).toEqual([problem, 0]);
      expect(turns.length).toBeLessThanOrEqual(4);
      expect(ended || turns.length === 4).toBe(true);
      expect(reward).toBe(Number(ended));
      let state = 0;
      let at = 0;
      turns.forEach((turn, t) => {
        expect(turn.start).toBe(at);
        const action = response.slice(turn.start, turn.end);
        expect(action.length === 3 || action.at(-1) === STOP).toBe(true);
        expect(own.slice(turn.start, turn.end).every((x) => x === 1)).toBe(true);
        const step = task.act(state, action);
        expect(turn).toMatchObject({ executed: step.executed, reward: step.reward });
        state = step.state;
        at = turn.end;
        if (t === turns.length - 1) return;
        expect([...response.slice(at, at + 2)]).toEqual([state, 0]);
        expect([...own.slice(at, at + 2)]).toEqual([0, 0]);
        at += 2;
      });
      // Nothing is read after the last action.
      expect(response.length).toBe(at);
    }
  });

  it('gives the log-probabilities that the model reads', () => {
    const all = episodes.flat();
    gpt.read(all.map(sequenceOf)).forEach(({ logProbs }, i) => {
      logProbs.forEach((logProb, t) => {
        expect(all[i].logProbs[t]).toBeCloseTo(all[i].own[t] === 1 ? logProb : 0, 4);
      });
    });
  });

  it('draws each episode by itself, whatever is played beside it', () => {
    const alone = sampleEpisodes(gpt, tasks.slice(0, 1), options, new Random(1, 'episodes'));
    expect(alone[0][0].response).toEqual(episodes[0][0].response);
  });

  it('cuts an episode that no longer fits, and refuses one that never did', () => {
    const small = new Gpt({ ...shape, context: 9 }, new Random(0, 'weights'));
    const never = {
      ...counting(4, 10),
      act: () => ({ state: 0, observation: [1, 1], executed: true, reward: 0, done: false }),
    };
    const [[episode]] = sampleEpisodes(small, [never], options, new Random(2));
    expect(episode.ended).toBe(false);
    expect(episode.prompt.length + episode.response.length).toBeLessThanOrEqual(9);
    expect(() => small.read([sequenceOf(episode)])).not.toThrow();
    const long = { ...never, tokens: [0, 0, 0, 0, 0, 0, 0] };
    expect(() => sampleEpisodes(small, [long], options, new Random(2))).toThrow(/tasks\[0\]\.tokens must be 6 at most/);
  });
});

describe('replayEpisode', () => {
  it('gives the episode of the actions, up to its end', () => {
    const episode = replayEpisode(counting(3), [[1, STOP], [STOP], [2, STOP], [4, STOP]]);
    expect([...episode.response]).toEqual([1, STOP, 1, 0, STOP, 1, 0, 2, STOP]);
    expect([...episode.own]).toEqual([1, 1, 0, 0, 1, 0, 0, 1, 1]);
    expect(episode).toMatchObject({ reward: 1, ended: true, problem: 3 });
    expect(summariseEpisodes([episode])).toEqual({ reward: 1, executed: 2 / 3, turns: 3 });
    expect(() => replayEpisode(counting(3), [])).toThrow(/actions must not be empty/);
  });
});

describe('credit of turns', () => {
  const episode = replayEpisode(counting(3), [[1, STOP], [STOP], [2, STOP]]);
  const values = Float64Array.from(episode.response, (_, t) => t / 10);

  it('is return-to-go less value at λ = 1, and one-step at λ = 0', () => {
    // Turns begin at tokens 0, 4 and 7: values 0, 0.4 and 0.7.
    const whole = turnAdvantages([episode], [[0.5, -0.25, 1]], [values], { discount: 1, lambda_: 1 });
    const expected = [1.25, 0.75 - 0.4, 1 - 0.7];
    episode.turns.forEach(({ start, end }, k) => {
      for (let t = start; t < end; t++) expect(whole.advantages[0][t]).toBeCloseTo(expected[k], 6);
      for (let t = start; t < end; t++) expect(whole.returns[0][t]).toBeCloseTo([1.25, 0.75, 1][k], 6);
    });
    expect([2, 3, 5, 6].map((t) => whole.advantages[0][t])).toEqual([0, 0, 0, 0]);
    const { advantages } = turnAdvantages([episode], [[0.5, -0.25, 1]], [values], { discount: 0.5, lambda_: 0 });
    expect(advantages[0][0]).toBeCloseTo(0.5 + 0.5 * 0.4, 6);
    expect(advantages[0][4]).toBeCloseTo(-0.25 + 0.5 * 0.7 - 0.4, 6);
    expect(advantages[0][7]).toBeCloseTo(1 - 0.7, 6);
  });

  it('refuses lists that do not fit', () => {
    const how = { discount: 1, lambda_: 1 };
    expect(() => turnAdvantages([episode], [], [values], how)).toThrow(/turnRewards must hold one list an episode/);
    expect(() => turnAdvantages([episode], [[1]], [values], how)).toThrow(/one number a turn, 3, got 1/);
    expect(() => turnAdvantages([episode], [[1, 1, 1]], [[0]], how)).toThrow(/one number a response token/);
    expect([...overTurns(episode, [1, 2, 3])]).toEqual([1, 1, 0, 0, 2, 0, 0, 3, 3]);
  });
});

it('learns to write what the world wants', () => {
  // The goal is to be named, in the first turn if possible.
  const naming = [1, 2, 3, 4].map((goal) => ({
    ...counting(goal),
    act: (_: number, [token]: Int32Array) => {
      const done = token === goal;
      return { state: 0, observation: [0], executed: true, reward: Number(done) - 1, done };
    },
  }));
  const policy = new Gpt(shape, new Random(3, 'weights')).withOutputs(['value']);
  const trainer = new GptTrainer(policy, { learningRate: 1e-2, maxGradientNorm: 1 });
  const random = new Random(4, 'learning');
  const turns: number[] = [];
  for (let iteration = 0; iteration < 40; iteration++) {
    const stream = random.split(iteration);
    const played = sampleEpisodes(policy, naming, { ...options, n: 12 }, stream).flat();
    turns.push(summariseEpisodes(played).turns);
    const values = agentValues(policy, played);
    const rewards = played.map((episode) => episode.turns.map(({ reward }) => reward));
    const { advantages, returns } = turnAdvantages(played, rewards, values, { discount: 1, lambda_: 0.95 });
    const batch = { rollouts: played, advantages, critic: { values, returns } };
    policyUpdate(trainer, batch, { clip: 0.2, average: 'token', epochs: 2 }, stream);
  }
  expect(mean(turns.slice(-3))).toBeLessThan(mean(turns.slice(0, 3)) - 0.7);
});
