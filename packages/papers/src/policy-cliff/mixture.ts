import { totalVariation } from '@laurel/core/assess';
import { type FiniteWorld, tabulate, tabulateReward } from '@laurel/core/env';
import { optimalQ, tieTolerance, uniformGreedyPolicy } from '@laurel/core/policy';
import { effectiveReward, type TransitionReward } from '@laurel/core/reward';

/** An answer to a prompt: how right it is, and how polite. */
interface Answer {
  right: number;
  polite: number;
}

/** A class of prompts with the weights of its two rewards and what may be answered. */
interface PromptClass {
  name: string;
  weights: readonly [right: number, polite: number];
  answers: readonly [Answer, Answer, Answer];
}

const both: PromptClass['answers'] = [
  { right: 1, polite: 1 },
  { right: 1, polite: 0 },
  { right: 0, polite: 1 },
];

/** Part C: two rewards share the work differently on three classes of prompts. */
export const classes: readonly PromptClass[] = [
  { name: 'sums: politeness not rewarded', weights: [1, 0], answers: both },
  { name: 'advice: both rewarded, no conflict', weights: [0.7, 0.3], answers: both },
  {
    name: 'criticism: the right answer cannot be polite, evenly weighted',
    weights: [0.5, 0.5],
    answers: [
      { right: 1, polite: 0 },
      { right: 0, polite: 1 },
      { right: 0, polite: 0 },
    ],
  },
];

/** What a change of 1% does to one class. */
export interface MixtureOutcome {
  name: string;
  /** Total variation of the uniform-among-ties policy when the politeness reward gains, or loses, 1% of its range. */
  byReward: number;
  /** The same when 1% of the weight moves to, or from, politeness. */
  byWeight: number;
  /** How far the effective reward moved with the reward, and the bound, weight x 1%. */
  moved: number;
  bound: number;
}

const CHANGE = 0.01;

type State = PromptClass | 'end';

/** One prompt, one answer: a one-step world. */
const world: FiniteWorld<State, number> = {
  actions: [0, 1, 2],
  gamma: 0,
  start: classes.map((prompt) => [prompt, 1 / classes.length] as const),
  successors: () => [['end', 1]],
  key: (state) => (state === 'end' ? state : state.name),
};

/** A reward of the answer given; nothing happens at the end. */
function ofAnswer(value: (answer: Answer) => number): TransitionReward<State, number> {
  return (state, answer) => (state === 'end' ? 0 : value(state.answers[answer]));
}

/** Part C, exactly. */
export function mixtureOutcome(): MixtureOutcome[] {
  const model = tabulate(world);
  const table = (politeness: number, shift: number) => {
    const weights = (state: State) => {
      if (state === 'end') return [1, 0];
      const polite = Math.min(1, Math.max(0, state.weights[1] + shift));
      return [1 - polite, polite];
    };
    const rewards = [ofAnswer(({ right }) => right), ofAnswer(({ polite }) => polite * (1 + politeness))];
    return tabulateReward(effectiveReward(rewards, weights), model, { possibleOnly: true });
  };
  const policyOf = (reward: Float64Array) => {
    const Q = optimalQ(model, reward);
    return uniformGreedyPolicy(model, Q, tieTolerance(model, Q));
  };
  const plain = table(0, 0);
  const before = policyOf(plain);
  return classes.map((prompt) => {
    const row = model.indexOf(prompt) * model.nA;
    const at = (policy: Float64Array) => policy.subarray(row, row + model.nA);
    const change = (reward: Float64Array) => totalVariation(at(before), at(policyOf(reward)));
    const moved = table(CHANGE, 0).map((value, i) => Math.abs(value - plain[i]));
    return {
      name: prompt.name,
      byReward: Math.max(change(table(CHANGE, 0)), change(table(-CHANGE, 0))),
      byWeight: Math.max(change(table(0, CHANGE)), change(table(0, -CHANGE))),
      moved: Math.max(...moved.subarray(row * model.nS, (row + model.nA) * model.nS)),
      bound: prompt.weights[1] * CHANGE,
    };
  });
}
