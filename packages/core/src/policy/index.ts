export * from './actor-critic.ts';
export * from './adam.ts';
export * from './evaluation.ts';
export * from './planning.ts';
export * from './ppo.ts';
export * from './rollout.ts';
export * from './soft-planning.ts';
export * from './tabular-softmax.ts';
