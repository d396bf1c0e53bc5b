import { firstErrorScore, predictFirstError, tuneThreshold } from '@laurel/core/assess';
import { expectedBestOfN, tallyVotes } from '@laurel/core/search';
import { auroc, mean, spearman } from '@laurel/core/stats';
import type { Tested, ValuedLine } from './data.ts';
import type { LineScores } from './scorers.ts';

/** One score for a response: the last value is the outcome score, the others look at its lines. */
export const aggregates = ['lowest increase', 'lowest value', 'last increase', 'last value'] as const;
export type Aggregate = (typeof aggregates)[number];

function aggregate({ increases, values }: LineScores, how: Aggregate): number {
  switch (how) {
    case 'lowest increase':
      return Math.min(...increases);
    case 'lowest value':
      return Math.min(...values);
    case 'last increase':
      return increases[increases.length - 1];
    case 'last value':
      return values[values.length - 1];
  }
}

type Located = {
  /** AUROC of the first wrong line against the right ones before it, over the wrong solutions. */
  upTo: number;
  /** Against all other lines of the same solutions. */
  all: number;
};

/** How well a scorer picks and points. */
export type Measured = {
  /** Accuracy of best-of-n for each n that was asked for. */
  best: Record<Aggregate, number[]>;
  increase: Located;
  value: Located;
  firstErrorF1: number;
  /** Rank correlation of values with the true chance of a right answer. */
  valueCorrelation: number;
  /** Accuracy of votes among n responses, the greatest n, weighted by the score and not. */
  weightedVote: number;
  majority: number;
};

/** Slopes of the logistic function that makes votes of standardised scores; the choice is made on the other half of the problems. */
const slopes = [0.5, 2, 8];

export function measure(
  groups: readonly (readonly Tested[])[],
  scores: readonly (readonly LineScores[])[],
  valued: readonly ValuedLine[],
  own: 'increases' | 'values',
  ns: readonly number[],
): Measured {
  const bestBy = (how: Aggregate) =>
    ns.map((n) =>
      mean(
        groups.map((group, g) =>
          expectedBestOfN(
            scores[g].map((one) => aggregate(one, how)),
            group.map(({ right }) => Number(right)),
            n,
          ),
        ),
      ),
    );
  const most = ns[ns.length - 1];
  const { weighted, majority } = votes(
    groups,
    scores.map((group) => group.map((one) => aggregate(one, own === 'increases' ? 'lowest increase' : 'lowest value'))),
    most,
  );
  return {
    best: {
      'lowest increase': bestBy('lowest increase'),
      'lowest value': bestBy('lowest value'),
      'last increase': bestBy('last increase'),
      'last value': bestBy('last value'),
    },
    increase: located(groups, scores, 'increases'),
    value: located(groups, scores, 'values'),
    firstErrorF1: firstErrorF1(groups, scores, own),
    valueCorrelation: rankCorrelation(
      valued.map(({ group, line }) => scores[group][0].values[line]),
      valued.map(({ value }) => value),
    ),
    weightedVote: weighted,
    majority,
  };
}

/** Low scores should be at first errors. */
function located(
  groups: readonly (readonly Tested[])[],
  scores: readonly (readonly LineScores[])[],
  form: keyof LineScores,
): Located {
  const wrong = groups.flatMap((group, g) =>
    group.flatMap(({ firstError }, i) => (firstError < 0 ? [] : [{ firstError, lines: scores[g][i][form] }])),
  );
  const over = (lengthOf: (solution: (typeof wrong)[number]) => number) => {
    const suspicion: number[] = [];
    const first: boolean[] = [];
    for (const solution of wrong) {
      for (let k = 0; k < lengthOf(solution); k++) {
        suspicion.push(-solution.lines[k]);
        first.push(k === solution.firstError);
      }
    }
    return auroc(suspicion, first);
  };
  return { upTo: over(({ firstError }) => firstError + 1), all: over(({ lines }) => lines.length) };
}

/** The threshold is tuned on every other problem, F1 is of the rest. */
function firstErrorF1(
  groups: readonly (readonly Tested[])[],
  scores: readonly (readonly LineScores[])[],
  own: 'increases' | 'values',
): number {
  const half = (part: number) =>
    groups.flatMap((group, g) =>
      g % 2 === part ? group.map(({ firstError }, i) => ({ firstError, scores: scores[g][i][own] })) : [],
    );
  const { threshold } = tuneThreshold(half(0));
  const rest = half(1);
  return firstErrorScore(
    rest.map(({ firstError }) => firstError),
    rest.map((solution) => predictFirstError(solution.scores, threshold)),
  ).f1;
}

/** Votes among the responses of a pool, n at a time. */
function votes(groups: readonly (readonly Tested[])[], scores: readonly (readonly number[])[], n: number) {
  const all = scores.flat();
  const centre = mean(all);
  const spread = Math.sqrt(mean(all.map((score) => (score - centre) ** 2))) || 1;
  /** Share of the blocks of n responses whose vote is right. */
  const elected = (g: number, weight: (score: number) => number) => {
    const group = groups[g];
    const wins: number[] = [];
    for (let from = 0; from + n <= group.length; from += n) {
      const block = group.slice(from, from + n);
      const [winner] = tallyVotes(
        block.map(({ answer }) => answer),
        scores[g].slice(from, from + n).map(weight),
      );
      const rightAnswer = block.find(({ right }) => right)?.answer;
      wins.push(Number(winner !== undefined && rightAnswer !== undefined && winner.answer === rightAnswer));
    }
    return mean(wins);
  };
  const places = groups.map((_, g) => g);
  const by = slopes.map((slope) =>
    places.map((g) => elected(g, (score) => 1 / (1 + Math.exp((-slope * (score - centre)) / spread)))),
  );
  const over = (list: readonly number[], part: number) => mean(list.filter((_, g) => g % 2 === part));
  const chosenFor = (part: number) => by.reduce((a, b) => (over(b, 1 - part) > over(a, 1 - part) ? b : a));
  const weighted = places.map((g) => chosenFor(g % 2)[g]);
  return { weighted: mean(weighted), majority: mean(places.map((g) => elected(g, () => 1))) };
}

/** 0 where all scores are one and nothing is ordered. */
function rankCorrelation(scores: readonly number[], truth: readonly number[]): number {
  const constant = (list: readonly number[]) => list.every((x) => x === list[0]);
  return constant(scores) || constant(truth) ? 0 : spearman(scores, truth);
}
