/** What a scorer learns: an implicit reward by one of four losses, a head from outcomes or from labels of lines; or nothing. */
export type Learner = 'ce' | 'dpo' | 'nca' | 'kto' | 'outcome' | 'soft' | 'hard' | 'exact' | 'likelihood';

/** One scorer with the data it may use. Plain data: part of a trial's configuration. */
export type Arm = {
  readonly name: string;
  readonly learner: Learner;
  /** Share of the prompts. */
  readonly prompts: number;
  /** Responses to each; all of them when null. */
  readonly responses: number | null;
  /** Labelled solutions only as far as the tokens of the implicit cross-entropy model go. */
  readonly equalTokens: boolean;
};

function arm(name: string, learner: Learner, limits: Partial<Omit<Arm, 'name' | 'learner'>> = {}): Arm {
  return { name, learner, prompts: 1, responses: null, equalTokens: false, ...limits };
}

/** The names by which verdicts and figures find what they compare. */
export const names = {
  ce: 'implicit, CE',
  dpo: 'implicit, DPO',
  outcome: 'outcome head',
  soft: 'rollout labels, soft',
  hard: 'rollout labels, hard',
  softEqual: 'rollout labels, soft, equal tokens',
  hardEqual: 'rollout labels, hard, equal tokens',
  exact: 'exact labels',
  likelihood: 'likelihood',
} as const;

/** Run with every seed. */
export const mainArms: readonly Arm[] = [
  arm(names.ce, 'ce'),
  arm(names.dpo, 'dpo'),
  arm(names.outcome, 'outcome'),
  arm(names.softEqual, 'soft', { equalTokens: true }),
  arm(names.hardEqual, 'hard', { equalTokens: true }),
  arm(names.soft, 'soft'),
  arm(names.hard, 'hard'),
  arm(names.exact, 'exact'),
  arm(names.likelihood, 'likelihood'),
];

/** Parts of the prompts at which the curves over tokens are drawn, besides all of them. */
const parts = [1 / 8, 1 / 4, 1 / 2];
const curved = [
  [names.ce, 'ce'],
  [names.outcome, 'outcome'],
  [names.soft, 'soft'],
] as const;

/** Run with the first seeds only: shown, not judged. */
export const sideArms: readonly Arm[] = [
  arm('implicit, NCA', 'nca'),
  arm('implicit, KTO', 'kto'),
  ...[1, 2, 4].map((responses) => arm(`${names.ce}, ${responses} a prompt`, 'ce', { responses })),
  ...[2, 4].map((responses) => arm(`${names.dpo}, ${responses} a prompt`, 'dpo', { responses })),
  ...curved.flatMap(([name, learner]) =>
    parts.map((prompts) => arm(`${name}, 1/${1 / prompts} of the prompts`, learner, { prompts })),
  ),
];

export const isImplicit = (learner: Learner): learner is 'ce' | 'dpo' | 'nca' | 'kto' =>
  ['ce', 'dpo', 'nca', 'kto'].includes(learner);

/** Whether a scorer's own form is the increase over a line; heads say a value after each. */
export const scoresIncreases = (learner: Learner) => isImplicit(learner) || learner === 'likelihood';
