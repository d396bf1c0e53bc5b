export * from './agent.ts';
export * from './agent-credit.ts';
export * from './collapse.ts';
export * from './dpo.ts';
export * from './evaluate.ts';
export * from './expert-iteration.ts';
export * from './grpo.ts';
export * from './kl.ts';
export type {
  CreditOptions,
  PassOptions,
  PolicyLoopMetrics,
  PolicyLoopOptions,
  SampledMetrics,
  SamplingLoopOptions,
  ScoredGroups,
} from './loop.ts';
export * from './ppo.ts';
export * from './reinforce.ts';
export * from './rloo.ts';
export * from './rollout.ts';
export * from './sft.ts';
export * from './update.ts';
