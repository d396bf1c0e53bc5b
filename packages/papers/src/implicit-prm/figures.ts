import { cell, dot, estimates, type Figure, line, plot, rule, table, text, texts } from '@laurel/core/paper';
import { bootstrap, mean } from '@laurel/core/stats';
import { mainArms, names, sideArms } from './arms.ts';
import { betas } from './exact.ts';
import type { ScorerOutcome } from './trial.ts';
import { ownAggregate, type Run, runsOf } from './verdicts.ts';

const shown = [names.ce, names.dpo, names.outcome, names.softEqual, names.hardEqual, names.exact, names.likelihood];

export function figures(finished: readonly Run[]): Figure[] {
  return [
    ...sandwichFigure(finished),
    errorFigure(finished),
    bestOfNFigure(finished),
    tokensFigure(finished),
    scorersTable(finished),
    ...examplesFigures(finished),
  ];
}

/** Proposition 2, drawn. */
function sandwichFigure(finished: readonly Run[]): Figure[] {
  const exact = finished.map(({ result }) => result).find((result) => result.kind === 'exact');
  if (exact === undefined) return [];
  const { values, mean: lowest, maximum } = exact.sandwich;
  const rows = values.map((value, k) => ({ beta: betas[k], value }));
  return [
    plot({
      id: 'sandwich',
      title: 'The soft value between mean and maximum',
      caption:
        'A fixed random reward on the 729 strings of one table, value of the empty prefix. A small β looks at the best continuation, a large one at the mean.',
      x: { label: 'β', type: 'log' },
      y: { label: 'soft value' },
      marks: [
        line(rows, { x: 'beta', y: 'value' }),
        dot(rows, { x: 'beta', y: 'value' }),
        rule({ y: maximum, label: 'maximum' }),
        rule({ y: lowest, label: 'mean' }),
      ],
    }),
  ];
}

function errorFigure(finished: readonly Run[]): Figure {
  const measured = shown.flatMap((name) => {
    const runs = [...runsOf(finished, name).values()];
    if (runs.length === 0) return [];
    const forms = { increase: 'increase over the line', value: 'value after the line' } as const;
    return (['increase', 'value'] as const).map((form) => ({
      name,
      series: forms[form],
      estimate: bootstrap(runs.map((run) => run.measured[form].upTo)),
    }));
  });
  return estimates(
    {
      id: 'errors',
      title: 'Who points at the first wrong line?',
      caption:
        'AUROC of the first wrong line against the right lines before it, over the wrong solutions of the pool, with 95% intervals over seeds; ½ is chance. What matters is whether scorers that saw outcomes alone come near the ones that saw labels.',
      y: { label: 'AUROC' },
      height: 380,
    },
    measured,
    { at: 0.5 },
  );
}

function bestOfNFigure(finished: readonly Run[]): Figure {
  const rows = mainArms
    .filter(({ name }) => shown.some((one) => one === name))
    .flatMap((arm) => {
      const runs = [...runsOf(finished, arm.name).values()];
      if (runs.length === 0) return [];
      return runs[0].ns.map((n, k) => ({
        n,
        accuracy: mean(runs.map(({ measured }) => measured.best[ownAggregate(arm)][k])),
        scorer: arm.name as string,
      }));
    });
  const any = finished.flatMap(({ result }) => (result.kind === 'scorer' ? [result] : []));
  return plot({
    id: 'best-of-n',
    title: 'What best-of-n gains',
    caption:
      'Accuracy of the response whose lowest line score is highest, mean over seeds. A curve that does not rise belongs to a scorer not worth asking; one that falls is being exploited.',
    x: { label: 'n', type: 'log' },
    y: { label: 'accuracy', percent: true },
    color: { label: 'scorer', domain: shown },
    marks: [
      line(rows, { x: 'n', y: 'accuracy', color: 'scorer' }),
      dot(rows, { x: 'n', y: 'accuracy', color: 'scorer' }),
      ...(any.length === 0 ? [] : [rule({ y: mean(any.map(({ measured }) => measured.majority)), label: 'majority' })]),
    ],
  });
}

/** Accuracy against cost, for scorers that were trained on parts of the prompts. */
function tokensFigure(finished: readonly Run[]): Figure {
  const rows = [names.ce, names.outcome, names.soft].flatMap((scorer) =>
    [...mainArms, ...sideArms]
      .filter(({ name, prompts }) => name === scorer || (prompts < 1 && name.startsWith(scorer)))
      .flatMap((arm) => {
        // All points of a curve over the same seeds, those that the parts were run with.
        const parts = sideArms.find(({ name, prompts }) => prompts < 1 && name.startsWith(scorer));
        const seeds = parts && runsOf(finished, parts.name);
        const all = [...runsOf(finished, arm.name)];
        const runs = all.filter(([seed]) => !seeds?.size || seeds.has(seed)).map(([, run]) => run);
        if (runs.length === 0) return [];
        return [
          {
            tokens: mean(runs.map(({ tokens }) => tokens)),
            accuracy: mean(runs.map(({ measured }) => lastOf(measured.best[ownAggregate(arm)]))),
            scorer: scorer as string,
          },
        ];
      })
      .sort((a, b) => a.tokens - b.tokens),
  );
  return plot({
    id: 'tokens',
    title: 'What a token buys',
    caption:
      'Best-of-n accuracy at the greatest n against the tokens that were sampled and read for the scorer, for an eighth, a quarter, half and all of the prompts (first seeds only). Rollout labels pay for completions.',
    x: { label: 'tokens', type: 'log' },
    y: { label: 'accuracy', percent: true },
    color: { label: 'scorer', domain: [names.ce, names.outcome, names.soft] },
    marks: [
      line(rows, { x: 'tokens', y: 'accuracy', color: 'scorer' }),
      dot(rows, { x: 'tokens', y: 'accuracy', color: 'scorer' }),
    ],
  });
}

function scorersTable(finished: readonly Run[]): Figure {
  const rows = [...mainArms, ...sideArms].flatMap((arm) => {
    const runs = [...runsOf(finished, arm.name).values()];
    if (runs.length === 0) return [];
    const over = (value: (run: ScorerOutcome) => number) => mean(runs.map(value));
    const bare = runs.flatMap(({ withoutReference }) => (withoutReference ? [withoutReference] : []));
    return [
      {
        scorer: arm.name,
        runs: runs.length,
        tokens: over(({ tokens }) => tokens) / 1000,
        random: over(({ random }) => random),
        lowestIncrease: over(({ measured }) => lastOf(measured.best['lowest increase'])),
        lowestValue: over(({ measured }) => lastOf(measured.best['lowest value'])),
        lastValue: over(({ measured }) => lastOf(measured.best['last value'])),
        bare: bare.length > 0 ? mean(bare.map(({ best }) => lastOf(best['lowest increase']))) : null,
        increase: over(({ measured }) => measured.increase.upTo),
        value: over(({ measured }) => measured.value.upTo),
        bareIncrease: bare.length > 0 ? mean(bare.map(({ increase }) => increase.upTo)) : null,
        f1: over(({ measured }) => measured.firstErrorF1),
        correlation: over(({ measured }) => measured.valueCorrelation),
        vote: over(({ measured }) => measured.weightedVote),
        majority: over(({ measured }) => measured.majority),
      },
    ];
  });
  return table({
    id: 'scorers',
    title: 'All scorers',
    caption:
      'Best-of-n accuracy at the greatest n by three ways to make one score of a response’s lines (the last value is the outcome score), AUROC of first errors by increases and by values, F1 of first errors, rank correlation of values with the true chance of a right answer, and votes among n. “No reference” scores by the trained model’s own likelihood.',
    columns: [
      { key: 'scorer', label: 'scorer' },
      { key: 'runs', label: 'seeds', digits: 0 },
      { key: 'tokens', label: 'thousand tokens', digits: 0 },
      { key: 'random', label: 'random pick', digits: 3 },
      { key: 'lowestIncrease', label: 'lowest increase', digits: 3 },
      { key: 'lowestValue', label: 'lowest value', digits: 3 },
      { key: 'lastValue', label: 'last value', digits: 3 },
      { key: 'bare', label: 'lowest increase, no reference', digits: 3 },
      { key: 'increase', label: 'AUROC, increases', digits: 3 },
      { key: 'value', label: 'AUROC, values', digits: 3 },
      { key: 'bareIncrease', label: 'AUROC, no reference', digits: 3 },
      { key: 'f1', label: 'first error F1', digits: 3 },
      { key: 'correlation', label: 'correlation', digits: 2 },
      { key: 'vote', label: 'weighted vote', digits: 3 },
      { key: 'majority', label: 'majority', digits: 3 },
    ],
    rows,
  });
}

/** Ten wrong solutions of one seed, line by line. */
function examplesFigures(finished: readonly Run[]): Figure[] {
  const run = runsOf(finished, names.ce).values().next().value;
  if (run === undefined || run.examples.length === 0) return [];
  const rows = run.examples.flatMap(({ prompt, scores }, i) =>
    scores.map((score, k) => ({ line: k + 1, solution: `${i + 1}. ${prompt}`, score })),
  );
  const errors = run.examples.map(({ prompt, firstError }, i) => ({
    line: firstError + 1,
    solution: `${i + 1}. ${prompt}`,
    mark: '×',
  }));
  return [
    plot({
      id: 'heat-map',
      title: 'Ten wrong solutions, line by line',
      caption:
        'Increase of the implicit value (cross-entropy) over each line, one solution a row; × marks the first wrong line, which should be the lowest of its row.',
      x: { label: 'line', type: 'band' },
      y: { type: 'band', domain: [...new Set(rows.map(({ solution }) => solution))] },
      color: { label: 'increase', scheme: 'diverging' },
      height: 380,
      marks: [
        cell(rows, { x: 'line', y: 'solution', value: 'score' }),
        text(errors, { x: 'line', y: 'solution', text: 'mark' }),
      ],
    }),
    texts({
      id: 'solutions',
      title: 'The same, to be read',
      caption: 'Each line with what the implicit model adds for it; an arrow points at the first wrong line.',
      items: run.examples.slice(0, 4).map(({ prompt, lines, scores, firstError }) => ({
        label: prompt,
        text: lines
          .map((words, k) => `${words}  (${scores[k].toFixed(3)})${k === firstError ? '  ← first error' : ''}`)
          .join('\n'),
      })),
    }),
  ];
}

function lastOf(list: readonly number[]): number {
  return list[list.length - 1];
}
