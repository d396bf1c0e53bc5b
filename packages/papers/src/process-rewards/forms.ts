/** What becomes of process scores, or what stands in their place. */
export const forms = [
  'verifier only',
  'outcome model',
  'sum',
  'mean',
  'min',
  'clip',
  'delta',
  'clip and delta',
  'implicit',
  'progress',
  'hierarchical',
  'attributed',
] as const;

export type Form = (typeof forms)[number];

/** One way to train: a form, with or without the verified outcome beside it. */
export interface Arm {
  readonly form: Form;
  readonly verified: boolean;
  /** Weight of the process stream; the outcome's is 1 where there is one. */
  readonly weight: number;
}

/**
 * Weight of the process stream beside the verified outcome, chosen for each form from 0.1, 0.3 and 1 by the area under the
 * accuracy curve on tuning seeds (`TUNING_SEED` and up, 40 iterations); WEIGHTS_FOUND
 */
const weights: Record<Exclude<Form, 'verifier only' | 'outcome model'>, number> = {
  sum: 0.1,
  mean: 0.3,
  min: 0.3,
  clip: 0.3,
  delta: 0.3,
  'clip and delta': 0.3,
  implicit: 0.3,
  progress: 0.3,
  hierarchical: 0.3,
  attributed: 0.3,
};

/** Forms that say something without a verified outcome. */
const alone: readonly Form[] = ['sum', 'mean', 'min', 'clip', 'delta', 'clip and delta', 'hierarchical'];

/** Every form with the verified outcome beside it, and those that can stand alone without. */
export const arms: readonly Arm[] = [
  { form: 'verifier only', verified: true, weight: 0 },
  ...Object.entries(weights).map(([form, weight]) => ({ form: form as Form, verified: true, weight })),
  { form: 'outcome model', verified: false, weight: 1 },
  ...alone.map((form) => ({ form, verified: false, weight: 1 })),
];

/** An arm's name in figures. */
export function nameOf({ form, verified }: Arm): string {
  return verified || form === 'outcome model' ? form : `${form}, alone`;
}
