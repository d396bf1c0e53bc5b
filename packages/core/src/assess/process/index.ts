export * from './first-error.ts';
export * from './prover-diagnostics.ts';
export * from './repetition-probe.ts';
export * from './view-ablation.ts';
