export * from './deepen.ts';
export * from './file.ts';
export * from './generate.ts';
export * from './gpt.ts';
export type { GptShape } from './shape.ts';
export * from './train.ts';
