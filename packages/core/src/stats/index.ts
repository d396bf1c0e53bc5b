export * from './bootstrap.ts';
export * from './correlation.ts';
export * from './linear.ts';
export * from './mmd.ts';
export * from './random.ts';
export * from './running.ts';
export * from './summary.ts';
