export * from './gae.ts';
export * from './group-relative.ts';
export * from './leave-one-out.ts';
export * from './min-form.ts';
export * from './pure.ts';
export * from './returns.ts';
export * from './step-tokens.ts';
export * from './whiten.ts';
