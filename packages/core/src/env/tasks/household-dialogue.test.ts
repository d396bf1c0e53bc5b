import { describe, expect, it } from 'vitest';
import { Random } from '../../stats/index.ts';
import { householdReplay } from './household.ts';
import { householdDialogue } from './household-dialogue.ts';
import { householdExpert } from './household-expert.ts';
import { household } from './household-family.ts';

describe('householdDialogue', () => {
  const family = household({ rooms: 3, containers: 3, objects: 3, turns: [2, 6] });
  const random = new Random(0, 'dialogue');

  it('says and does what the simulator does, and ends when the goals hold', () => {
    for (let i = 0; i < 20; i++) {
      const problem = family.sample(random, 3);
      const actions = householdExpert(problem.data, random);
      const { turns, states } = householdReplay(problem.data, actions);
      const { tokens, start, act, maxTurns } = householdDialogue(family, problem);
      expect(family.tokenizer.decode(tokens)).toBe(problem.prompt);
      expect(maxTurns).toBe(problem.data.maxTurns);
      let state = start;
      turns.forEach(({ action, observation, executed }, t) => {
        const step = act(state, family.tokenizer.encode(`${action}\n`));
        expect(step.state).toEqual(states[t + 1]);
        expect(family.tokenizer.decode(step.observation)).toBe(`${observation}\n`);
        expect(step).toMatchObject({
          executed,
          done: t === actions.length - 1,
          reward: Number(t === actions.length - 1),
        });
        state = step.state;
      });
    }
  });

  it('takes any tokens, up to the first newline', () => {
    const { tokenizer } = family;
    const { act, start } = householdDialogue(family, family.sample(random, 2));
    for (const text of ['go and\n', '\n', 'take', '<eos>', '<pad> <bos>']) {
      expect(act(start, tokenizer.encode(text))).toMatchObject({
        executed: false,
        done: false,
        reward: 0,
        state: start,
      });
    }
    expect(act(start, []).executed).toBe(false);
  });
});
