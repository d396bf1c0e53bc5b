export * from './heron.ts';
export * from './preference.ts';
