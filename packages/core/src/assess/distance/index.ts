export * from './canonical.ts';
export * from './distance.ts';
export * from './equivalence.ts';
export * from './norm.ts';
export * from './published.ts';
export * from './regret.ts';
export * from './sampled.ts';
