export * from './potentials.ts';
export * from './resampling.ts';
export * from './sampler.ts';
export * from './steering.ts';
