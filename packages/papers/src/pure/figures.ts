import { band, type Figure, interval, line, plot, rule, table, texts } from '@laurel/core/paper';
import { bootstrap } from '@laurel/core/stats';
import { armsOf, meanArm, minArm, strictArm, sumArms, sweptArms, variantName, variants, verifierArm } from './arms.ts';
import type { Outcome } from './outcome.ts';
import { meanOf, onsetOf, planScore, type Run, runsOf } from './runs.ts';
import type { Arm } from './train.ts';

const sumArm = sumArms[0];
const shown: readonly Arm[] = [sumArm, meanArm, minArm, strictArm, verifierArm];
const color = { label: 'credit', domain: shown.map(({ name }) => name) };

export function figures(finished: readonly Run[], iterations: number): Figure[] {
  const every = Math.max(1, Math.round(iterations / 40));
  const curves = (value: (outcome: Outcome) => readonly number[]) =>
    variants.flatMap((variant) =>
      shown.flatMap((arm) => {
        const runs = [...runsOf(finished, arm, variant).values()].map(value);
        return meanCurve(runs, every).map((row) => ({ ...row, credit: arm.name, variant: variantName[variant] }));
      }),
    );
  const accuracy = curves((outcome) => outcome.accuracy);
  const plans = curves((outcome) => outcome.plans);
  return [
    plot({
      id: 'accuracy',
      title: 'The verifier’s accuracy during training',
      caption:
        'Mean over runs with a 95% bootstrap band. The ceiling is 0.8³ = 0.512. Where a missing answer has no score, every form that is paid for filler falls to zero sooner or later; where it has one, the minimum stays and the sum still falls.',
      x: { label: 'iteration' },
      y: { label: 'accuracy', percent: true },
      color,
      marks: [
        band(accuracy, { x: 'iteration', lo: 'lo', hi: 'hi', color: 'credit', facet: 'variant' }),
        line(accuracy, { x: 'iteration', y: 'value', color: 'credit', facet: 'variant' }),
        rule({ y: 0.8 ** 3, label: 'ceiling' }),
      ],
    }),
    hackFigure(finished, every),
    plot({
      id: 'plans',
      title: 'Plans in a response',
      caption: 'Expected number of plan steps; 24 is a response of nothing else. Filler grows before accuracy falls.',
      x: { label: 'iteration' },
      y: { label: 'plans' },
      color,
      marks: [line(plans, { x: 'iteration', y: 'value', color: 'credit', facet: 'variant' })],
    }),
    armsTable(finished, iterations),
    sweepFigure(finished, iterations),
    episodesFigure(finished),
  ];
}

/** The hack itself: reward up, accuracy down. */
function hackFigure(finished: readonly Run[], every: number): Figure {
  // What a response of nothing but plans earns when each form adds it up: 24 scores, or their mean or minimum.
  const filler = new Map([
    [sumArm, 24 * planScore],
    [meanArm, planScore],
    [minArm, planScore],
  ]);
  const rows = [...filler].flatMap(([arm, most]) => {
    const runs = [...runsOf(finished, arm, 'unscored').values()];
    const series = {
      'verifier accuracy': runs.map((outcome) => outcome.accuracy),
      'process reward': runs.map((outcome) => (outcome.process ?? []).map((value) => value / most)),
    };
    return Object.entries(series).flatMap(([name, values]) =>
      meanCurve(values, every).map(({ iteration, value }) => ({ iteration, value, series: name, form: arm.name })),
    );
  });
  return plot({
    id: 'hack',
    title: 'Reward up, accuracy down',
    caption:
      'A missing answer not scored. Process reward as the form adds it up, as a share of what a response of nothing but plans earns, beside the accuracy. Where the two part, the reward is being hacked.',
    x: { label: 'iteration' },
    y: { label: 'share' },
    color: { domain: ['verifier accuracy', 'process reward'] },
    marks: [line(rows, { x: 'iteration', y: 'value', color: 'series', facet: 'form' })],
  });
}

function armsTable(finished: readonly Run[], iterations: number): Figure {
  const rows = variants.flatMap((variant) =>
    armsOf(variant).flatMap((arm) => {
      const runs = runsOf(finished, arm, variant);
      if (runs.size === 0) return [];
      const { value, lo, hi } = bootstrap([...runs.values()].map(({ final }) => final));
      return [
        {
          variant: variantName[variant],
          arm: arm.name,
          runs: runs.size,
          accuracy: value,
          lo,
          hi,
          collapsed: meanOf(runs, (outcome) => Number(outcome.collapsed)),
          onset: meanOf(runs, onsetOf(iterations)),
          plans: meanOf(runs, ({ plans }) => plans[plans.length - 1]),
        },
      ];
    }),
  );
  return table({
    id: 'arms',
    title: 'All arms',
    caption: `Accuracy of the last ten iterations with a 95% interval; share of runs that collapsed; mean onset (${iterations + 1} stands for never). Compare temperatures and baselines with plain min, and the tuned rows with each other.`,
    columns: [
      { key: 'variant', label: 'variant' },
      { key: 'arm', label: 'credit' },
      { key: 'runs', label: 'runs', digits: 0 },
      { key: 'accuracy', label: 'final accuracy', digits: 3 },
      { key: 'lo', label: 'from', digits: 3 },
      { key: 'hi', label: 'to', digits: 3 },
      { key: 'collapsed', label: 'collapsed', digits: 2 },
      { key: 'onset', label: 'onset', digits: 0 },
      { key: 'plans', label: 'plans at the end', digits: 1 },
    ],
    rows,
  });
}

function sweepFigure(finished: readonly Run[], iterations: number): Figure {
  const scores = [...new Set(finished.map(({ config }) => config.plan))].sort((a, b) => a - b);
  const rows = scores.flatMap((plan) =>
    sweptArms.flatMap((arm) => {
      const runs = [...runsOf(finished, arm, 'unscored', plan).values()];
      if (runs.length === 0) return [];
      const { value, lo, hi } = bootstrap(runs.map(onsetOf(iterations)));
      return [{ plan, onset: value, lo: lo ?? value, hi: hi ?? value, credit: arm.name }];
    }),
  );
  return plot({
    id: 'plan-score',
    title: 'How well must filler be paid?',
    caption: `Mean onset of the fall with its 95% interval against the score of a plan, a missing answer not scored; ${iterations + 1} means that no run fell. A right computation scores 0.6.`,
    x: { label: 'score of a plan' },
    y: { label: 'onset, iterations', domain: [0, iterations + 1] },
    color: { label: 'credit', domain: sweptArms.map(({ name }) => name) },
    marks: [
      interval(rows, { x: 'plan', lo: 'lo', hi: 'hi', color: 'credit' }),
      line(rows, { x: 'plan', y: 'onset', color: 'credit' }),
    ],
  });
}

/** One run of each kind that is worth reading, the first seed that shows it. */
function episodesFigure(finished: readonly Run[]): Figure {
  const cases = [
    { arm: sumArm, variant: 'unscored' },
    { arm: meanArm, variant: 'unscored' },
    { arm: minArm, variant: 'unscored' },
    { arm: minArm, variant: 'scored' },
  ] as const;
  const items = cases.flatMap(({ arm, variant }) => {
    const runs = [...runsOf(finished, arm, variant).values()];
    const run = runs.find(({ onset }) => onset !== null) ?? runs.at(0);
    if (!run) return [];
    const label = (when: string) => `${arm.name}, ${variantName[variant]}: ${when}`;
    const { start, onset, end } = run.episodes;
    return [
      { label: label('before training'), text: start },
      ...(onset === null ? [] : [{ label: label(`at the onset (iteration ${run.onset})`), text: onset }]),
      { label: label('at the end'), text: end },
    ];
  });
  return texts({
    id: 'episodes',
    title: 'Episodes before, at and after the fall',
    caption: 'The first episode of the batch, with what the process reward model says of each step.',
    items,
  });
}

/** Mean over runs at every n-th iteration, with a 95% bootstrap band. */
function meanCurve(runs: readonly (readonly number[])[], every: number) {
  const length = Math.min(...runs.map((curve) => curve.length));
  const rows: { iteration: number; value: number; lo: number; hi: number }[] = [];
  for (let iteration = 0; runs.length > 0 && iteration < length; iteration += every) {
    const { value, lo, hi } = bootstrap(
      runs.map((curve) => curve[iteration]),
      { resamples: 300 },
    );
    rows.push({ iteration, value, lo: lo ?? value, hi: hi ?? value });
  }
  return rows;
}
