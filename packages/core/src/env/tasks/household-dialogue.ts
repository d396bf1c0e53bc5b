import type { Problem, TaskFamily } from './family.ts';
import {
  type HouseholdData,
  type HouseholdState,
  householdGoalsHold,
  householdStart,
  householdStep,
} from './household.ts';
import { decodeResponse } from './tokenizer.ts';

/** A household errand in turns of tokens: an action line of the agent, then a line of what it sees. */
export interface HouseholdDialogue {
  /** The prompt. */
  readonly tokens: Int32Array;
  readonly problem: Problem<HouseholdData>;
  readonly start: HouseholdState;
  /** Most turns of an episode. */
  readonly maxTurns: number;
  /** Does one action, up to its first newline or end of sequence; the errand is done, and earns 1, when its goals hold. */
  act(state: HouseholdState, action: ArrayLike<number>): HouseholdDialogueStep;
}

export interface HouseholdDialogueStep {
  readonly state: HouseholdState;
  /** What is seen, with a newline. */
  readonly observation: Int32Array;
  /** False for an action that cannot be done. */
  readonly executed: boolean;
  /** 1 when the goals hold, 0 otherwise. */
  readonly reward: number;
  readonly done: boolean;
}

/**
 * Lays a household problem out in turns of tokens, for agents that are language models. The episode ends as soon as the
 * goals hold: there is no word for having finished.
 *
 * @example
 * const { act, start } = householdDialogue(family, problem);
 * act(start, family.tokenizer.encode('go kitchen\n')).executed; // true, from another room
 */
export function householdDialogue(
  { tokenizer }: Pick<TaskFamily<HouseholdData>, 'tokenizer'>,
  problem: Problem<HouseholdData>,
): HouseholdDialogue {
  const { data: house } = problem;
  return {
    tokens: tokenizer.encode(problem.prompt),
    problem,
    start: householdStart(house),
    maxTurns: house.maxTurns,
    act: (before, action) => {
      const [line] = decodeResponse(tokenizer, action).split('\n', 1);
      const { state, observation, executed } = householdStep(house, before, line);
      const done = householdGoalsHold(house, state);
      return { state, observation: tokenizer.encode(`${observation}\n`), executed, reward: Number(done), done };
    },
  };
}
