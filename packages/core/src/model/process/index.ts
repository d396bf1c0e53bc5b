export type { FitEpoch, FitOptions, FitReport, Measures } from './fit.ts';
export type { ImplicitLoss } from './implicit-loss.ts';
export {
  ImplicitPrm,
  type ImplicitPrmOptions,
  type ImplicitResponse,
  type ImplicitSequence,
} from './implicit-prm.ts';
export * from './monte-carlo.ts';
export * from './online-implicit-prm.ts';
export * from './outcome-model.ts';
export { pairAccuracy } from './outcome-pairs.ts';
export * from './progress-estimator.ts';
export * from './rank-scorer.ts';
export type { StepPositions } from './scalar-fit.ts';
export * from './step-scorer.ts';
export * from './train-implicit-prm.ts';
