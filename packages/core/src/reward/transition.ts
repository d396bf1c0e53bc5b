/**
 * What a step is worth: the reward of going from `state` to `nextState` by `action`. A pure function, called in hot
 * loops; states and actions are whatever the environment makes them (indices in a bare tabular model).
 */
export type TransitionReward<S = number, A = number> = (state: S, action: A, nextState: S) => number;
