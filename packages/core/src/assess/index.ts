export * from './distance/index.ts';
export * from './process/index.ts';
export * from './stability/index.ts';
