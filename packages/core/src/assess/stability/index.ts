export * from './cliff-scan.ts';
export * from './gaps.ts';
export * from './response-ties.ts';
export * from './slacker.ts';
export * from './tie-break.ts';
