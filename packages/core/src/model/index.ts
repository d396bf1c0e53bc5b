export * from './compress-tree.ts';
export * from './heron.ts';
export * from './linear-preference.ts';
export * from './preference.ts';
export * from './process/index.ts';
export * from './step-examples.ts';
export * from './step-labels.ts';
export * from './step-tree.ts';
