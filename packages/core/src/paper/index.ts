export * from './artifact.ts';
export * from './experiment.ts';
export * from './figure.ts';
export * from './paper.ts';
export * from './plain.ts';
export * from './run.ts';
export * from './verdict.ts';
