import {
  band,
  curves,
  type Figure,
  interval,
  line,
  plot,
  rule,
  type TextFigure,
  table,
  texts,
} from '@laurel/core/paper';
import { bootstrap } from '@laurel/core/stats';
import { armsOf, meanArm, minArm, strictArm, sumArms, sweptArms, variantName, variants, verifierArm } from './arms.ts';
import { type LanguageOutcome, languageArms, languageMin, languageSum } from './language.ts';
import type { Outcome } from './outcome.ts';
import { type LanguageRun, languageRunsOf, meanOf, onsetOf, planScore, type Run, runsOf } from './runs.ts';
import type { Arm } from './train.ts';

const sumArm = sumArms[0];
const shown: readonly Arm[] = [sumArm, meanArm, minArm, strictArm, verifierArm];
const color = { label: 'credit', domain: shown.map(({ name }) => name) };

/** Iterations of each part. */
interface Iterations {
  chain: number;
  language: number;
}

export function figures(finished: readonly Run[], language: readonly LanguageRun[], length: Iterations): Figure[] {
  const iterations = length.chain;
  const every = Math.max(1, Math.round(iterations / 40));
  const byVariant = (value: (outcome: Outcome) => readonly number[]) =>
    variants.flatMap((variant) =>
      shown.flatMap((arm) => {
        const runs = [...runsOf(finished, arm, variant).values()].map(value);
        return meanCurve(runs, every).map((row) => ({ ...row, credit: arm.name, variant: variantName[variant] }));
      }),
    );
  const accuracy = byVariant((outcome) => outcome.accuracy);
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
    armsTable(finished, language, length),
    sweepFigure(finished, iterations),
    ...(language.length > 0 ? [languageFigure(language)] : []),
    rolloutsFigure(finished, language),
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

function armsTable(finished: readonly Run[], language: readonly LanguageRun[], length: Iterations): Figure {
  const chain = variants.flatMap((variant) =>
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
          onset: meanOf(runs, onsetOf(length.chain)),
          plans: meanOf(runs, ({ plans }) => plans[plans.length - 1]),
        },
      ];
    }),
  );
  const trained = languageArms.flatMap((arm) => {
    const runs = languageRunsOf(language, arm);
    if (runs.size === 0) return [];
    const { value, lo, hi } = bootstrap([...runs.values()].map(({ final }) => final));
    return [
      {
        variant: 'language model',
        arm: arm.name,
        runs: runs.size,
        accuracy: value,
        lo,
        hi,
        collapsed: meanOf(runs, (outcome) => Number(outcome.collapsed)),
        onset: meanOf(runs, onsetOf(length.language)),
        plans: meanOf(runs, ({ filler }) => filler),
      },
    ];
  });
  return table({
    id: 'arms',
    title: 'All arms',
    caption: `Accuracy of the last ten iterations with a 95% interval; share of runs that collapsed; mean onset (${length.chain + 1} stands for never). For the language model, at the bottom, accuracy on held-out problems at the end, an onset of ${length.language + 1} for never, and lines that neither compute nor answer in place of plans. Compare temperatures and baselines with plain min, and the tuned rows with each other.`,
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
    rows: [...chain, ...trained],
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

/** The language model's training: right answers, the reward it is paid, and the lines it writes. */
function languageFigure(language: readonly LanguageRun[]): Figure {
  const tenths = (curve: readonly number[]) => curve.map((value, x) => ({ x, y: value / 10 }));
  const shown: [string, (outcome: LanguageOutcome) => { x: number; y: number }[] | null][] = [
    ['right answers', ({ measured }) => measured.map(({ iteration, accuracy }) => ({ x: iteration, y: accuracy }))],
    ['process reward / 10', ({ process }) => process && tenths(process)],
    ['lines a response / 10', ({ lines }) => tenths(lines)],
  ];
  const runs = languageArms.flatMap((arm) =>
    [...languageRunsOf(language, arm).values()].flatMap((outcome) =>
      shown.flatMap(([facet, value]) => {
        const points = value(outcome);
        return points ? [{ series: arm.name, facet, points }] : [];
      }),
    ),
  );
  return curves(
    {
      id: 'language',
      title: 'The language model',
      caption:
        'Mean over runs with a 95% bootstrap band: right answers to held-out problems, and of the responses that are learned from what the process reward model gives them and how many lines they have. The process reward is as the form adds it up; it and the number of lines are divided by ten. Reward or lines that rise while right answers fall are the hack.',
      x: { label: 'iteration' },
      y: { label: 'share; tens of lines or of reward' },
      color: { label: 'credit' },
    },
    runs,
  );
}

/** Responses of the language model: one run of each form, the first seed that falls. */
function rolloutItems(language: readonly LanguageRun[]): TextFigure['items'] {
  return [languageSum, languageMin].flatMap((arm) => {
    const runs = [...languageRunsOf(language, arm).values()];
    const run = runs.find(({ onset }) => onset !== null) ?? runs.at(0);
    if (!run) return [];
    const { prompt, start, onset, end } = run.rollouts;
    const item = (when: string, text: string) => ({ label: `Language model, ${arm.name}, ${when}: ${prompt}`, text });
    return [
      item('before training', start),
      ...(onset === null ? [] : [item(`at the onset (iteration ${run.onset})`, onset)]),
      item(`at the end (iteration ${run.lines.length})`, end),
    ];
  });
}

/** Episodes in the filler chain: one run of each kind that is worth reading, the first seed that shows it. */
function episodeItems(finished: readonly Run[]): TextFigure['items'] {
  const cases = [
    { arm: sumArm, variant: 'unscored' },
    { arm: meanArm, variant: 'unscored' },
    { arm: minArm, variant: 'unscored' },
    { arm: minArm, variant: 'scored' },
  ] as const;
  return cases.flatMap(({ arm, variant }) => {
    const runs = [...runsOf(finished, arm, variant).values()];
    const run = runs.find(({ onset }) => onset !== null) ?? runs.at(0);
    if (!run) return [];
    const label = (when: string) => `Filler chain, ${arm.name}, ${variantName[variant]}: ${when}`;
    const { start, onset, end } = run.episodes;
    return [
      { label: label('before training'), text: start },
      ...(onset === null ? [] : [{ label: label(`at the onset (iteration ${run.onset})`), text: onset }]),
      { label: label('at the end'), text: end },
    ];
  });
}

function rolloutsFigure(finished: readonly Run[], language: readonly LanguageRun[]): Figure {
  return texts({
    id: 'rollouts',
    title: 'Rollouts at the start, at the onset and at the end',
    caption: `${
      language.length > 0
        ? 'Of the language model, the response to the first held-out problem that it solves without an error before training: each line with its process reward in [−1, 1] and what the exact checker says of it. P names the next operation, R restates the current value, a line with = computes, A answers. '
        : ''
    }Of the filler chain, the first episode of the batch, with what the process reward model says of each step. The run shown is the first seed whose accuracy fell, if any did.`,
    items: [...rolloutItems(language), ...episodeItems(finished)],
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
