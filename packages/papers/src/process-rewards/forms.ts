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
 * Weight of the process stream beside the verified outcome: for each form the best of 0.1, 0.3 and 1 by the area under the
 * accuracy curve, on tuning seed 10,000 over 40 iterations of
 * 24 problems, with an earlier process model that had no reader. The areas: sum 0.379, 0.296, 0.203; mean 0.401, 0.396, 0.394; min
 * 0.398, 0.401, 0.396; clip 0.395, 0.393, 0.394; delta 0.394, 0.386, 0.330; clip and delta 0.399, 0.400, 0.396; implicit
 * 0.394, 0.372, 0.287; progress 0.397, 0.393, 0.382; hierarchical 0.400, 0.399, 0.399; attributed 0.398, 0.391, 0.386; the
 * verifier alone 0.398. Most of these
 * differences are within the noise of one seed; those of sum, delta and implicit at 1 are not.
 */
const weights: Record<Exclude<Form, 'verifier only' | 'outcome model'>, number> = {
  sum: 0.1,
  mean: 0.1,
  min: 0.3,
  clip: 0.1,
  delta: 0.1,
  'clip and delta': 0.3,
  implicit: 0.1,
  progress: 0.1,
  hierarchical: 0.1,
  attributed: 0.1,
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
