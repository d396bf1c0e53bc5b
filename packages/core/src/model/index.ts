export * from './heron.ts';
export * from './linear-preference.ts';
export * from './preference.ts';
