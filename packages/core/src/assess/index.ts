export * from './distance/index.ts';
export * from './stability/index.ts';
