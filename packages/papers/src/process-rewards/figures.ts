import { curves, estimates, type Figure, table, texts } from '@laurel/core/paper';
import { bootstrap, mean } from '@laurel/core/stats';
import { arms, nameOf } from './forms.ts';
import type { Outcome, Traces } from './train.ts';
import { area, contenders, difference, finalAccuracy, type Run, runsOf, together } from './verdicts.ts';

const names = arms.map(nameOf);

export function figures(finished: readonly Run[]): Figure[] {
  const curvesOf = (verified: boolean, value: (outcome: Outcome) => readonly (number | null)[]) =>
    finished
      .filter(({ config: { arm } }) => arm.verified === verified || arm.form === 'verifier only')
      .map(({ config: { arm }, result }) => ({
        series: nameOf(arm),
        points: smooth(value(result)).map((y, x) => ({ x, y })),
      }))
      .sort((a, b) => names.indexOf(a.series) - names.indexOf(b.series));
  const x = { label: 'iteration' };
  return [
    curves(
      {
        id: 'with-verifier',
        title: 'With the verified outcome beside it',
        caption:
          'Right answers among the responses of each iteration, smoothed over five, mean over seeds with a 95% band. What lies above the line of the verifier learns faster from the same rollouts.',
        x,
        y: { label: 'right answers', percent: true },
        height: 380,
      },
      curvesOf(true, ({ accuracy }) => accuracy),
    ),
    curves(
      {
        id: 'alone',
        title: 'Without any verified outcome',
        caption:
          'The same, when the learned score is all that a policy is paid; the verifier’s own curve for comparison. Falling curves are hacks.',
        x,
        y: { label: 'right answers', percent: true },
        height: 380,
      },
      curvesOf(false, ({ accuracy }) => accuracy),
    ),
    estimates(
      {
        id: 'differences',
        title: 'Less the verifier alone',
        caption:
          'Mean accuracy over the iterations, and accuracy on held-out problems at the end, each less that of the verifier with the same seed. Intervals cover the six together.',
        y: { label: 'difference' },
        height: 340,
      },
      contenders.flatMap((form) =>
        (
          [
            ['over the iterations', area],
            ['at the end', finalAccuracy],
          ] as const
        ).flatMap(([facet, measure]) => {
          const estimate = difference(finished, [form, 'verifier only'], measure, together);
          return estimate ? [{ name: form, estimate, facet }] : [];
        }),
      ),
      { at: 0 },
    ),
    hacksTable(finished),
    scoreFigure(finished),
    examplesFigure(finished),
  ];
}

/** What a policy was seen to do, in words. */
function hacksOf({ start, end }: Outcome): string[] {
  const found: string[] = [];
  if (end.unanswered > 0.2 && end.unanswered > 2 * start.unanswered) found.push('never answers');
  if (end.filler > 0.3 && end.filler > 2 * start.filler) found.push('filler');
  if (end.repeated > 0.3 && end.repeated > 2 * start.repeated) found.push('repetition');
  if (end.skipping > 0.2 && end.skipping > 2 * start.skipping) found.push('skips the work');
  return found;
}

function hacksTable(finished: readonly Run[]): Figure {
  const keys: readonly (keyof Traces)[] = [
    'accuracy',
    'lines',
    'filler',
    'repeated',
    'wrong',
    'unanswered',
    'skipping',
  ];
  const rows = names.flatMap((name) => {
    const runs = [...runsOf(finished, name).values()];
    if (runs.length === 0) return [];
    const { lo, hi } = bootstrap(runs.map(finalAccuracy));
    const seen = new Map<string, number>();
    for (const hack of runs.flatMap(hacksOf)) seen.set(hack, (seen.get(hack) ?? 0) + 1);
    return [
      {
        arm: name,
        ...Object.fromEntries(keys.map((key) => [key, mean(runs.map(({ end }) => end[key]))])),
        lo,
        hi,
        hacks: [...seen].map(([hack, count]) => `${hack} (${count} of ${runs.length})`).join(', ') || 'none seen',
      },
    ];
  });
  const starts = finished.map(({ result }) => result.start);
  const base =
    starts.length > 0
      ? [
          {
            arm: 'the base policy',
            ...Object.fromEntries(keys.map((key) => [key, mean(starts.map((start) => start[key]))])),
            lo: null,
            hi: null,
            hacks: '',
          },
        ]
      : [];
  return table({
    id: 'hacks',
    title: 'Which hacks appeared',
    caption:
      'Responses to held-out problems at the end. A hack is counted where its trace is common (a third of the lines, a fifth of the responses) and more than twice what it was in the base policy.',
    columns: [
      { key: 'arm', label: 'reward' },
      { key: 'accuracy', label: 'right', digits: 3 },
      { key: 'lo', label: 'from', digits: 3 },
      { key: 'hi', label: 'to', digits: 3 },
      { key: 'lines', label: 'lines', digits: 1 },
      { key: 'filler', label: 'filler', digits: 2 },
      { key: 'repeated', label: 'repeated', digits: 2 },
      { key: 'wrong', label: 'wrong lines', digits: 2 },
      { key: 'unanswered', label: 'no answer', digits: 2 },
      { key: 'skipping', label: 'work skipped', digits: 2 },
      { key: 'hacks', label: 'hacks' },
    ],
    rows: [...base, ...rows],
  });
}

/** The form's own score and the truth, where nothing but the score was paid. */
function scoreFigure(finished: readonly Run[]): Figure {
  const runs = finished
    .filter(({ config: { arm } }) => !arm.verified)
    .flatMap(({ config: { arm }, result }) => {
      const first = result.score.find((x) => x !== null) ?? 0;
      const spread = Math.max(...result.score.map((x) => Math.abs((x ?? first) - first)), 1e-9);
      return [
        {
          series: 'what the form says',
          facet: nameOf(arm),
          points: smooth(result.score.map((x) => ((x ?? first) - first) / spread)).map((y, at) => ({ x: at, y })),
        },
        {
          series: 'right answers, change',
          facet: nameOf(arm),
          points: smooth(result.accuracy.map((y) => y - result.accuracy[0])).map((y, at) => ({ x: at, y })),
        },
      ];
    });
  return curves(
    {
      id: 'scores',
      title: 'Score up, accuracy down',
      caption:
        'Change of the score that is paid, as a share of its largest change in the run, beside the change of accuracy. Where they part, the score is being hacked.',
      x: { label: 'iteration' },
      y: { label: 'change' },
    },
    runs,
    { rules: [{ y: 0 }] },
  );
}

function examplesFigure(finished: readonly Run[]): Figure {
  return texts({
    id: 'responses',
    title: 'What the policies write at the end',
    caption: 'Two held-out problems, the first seed.',
    items: names.flatMap((name) => {
      const outcome = finished.find(({ config: { arm }, seed }) => nameOf(arm) === name && seed === 0)?.result;
      if (!outcome) return [];
      return [
        {
          label: name,
          text: outcome.examples
            .slice(0, 2)
            .map(({ prompt, response, correct }) => `${prompt} (${correct ? 'right' : 'wrong'})\n${response}`)
            .join('\n\n'),
        },
      ];
    }),
  });
}

/** Mean over the last five places, nulls left out. */
function smooth(values: readonly (number | null)[]): number[] {
  return values.flatMap((_, i) => {
    const window = values.slice(Math.max(0, i - 4), i + 1).filter((x) => x !== null);
    return window.length > 0 ? [mean(window)] : [];
  });
}
