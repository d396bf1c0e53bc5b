export * from './hierarchical.ts';
export * from './mixture.ts';
export * from './transition.ts';
