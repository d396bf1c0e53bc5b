import { curves, estimates, type Figure, table, texts } from '@laurel/core/paper';
import { bootstrap, mean } from '@laurel/core/stats';
import { type Kind, kinds, names } from './arms.ts';
import type { Outcome } from './train.ts';
import { area, difference, endOf, meanOf, quarter, type Run, reached, runsOf } from './verdicts.ts';

const x = { label: 'iteration' };

export function figures(finished: readonly Run[]): Figure[] {
  const ordered = kinds.flatMap((kind) => finished.filter(({ config }) => config.arm.kind === kind));
  const series = (of: (outcome: Outcome) => readonly { x: number; y: number | null }[]) =>
    ordered.map(({ config, result }) => ({
      series: names[config.arm.kind],
      points: of(result).flatMap((point) => (point.y === null ? [] : [{ x: point.x, y: point.y }])),
    }));
  return [
    curves(
      {
        id: 'accuracy',
        title: 'Held-out accuracy',
        caption:
          'One sampled response to each held-out problem, mean over seeds with a 95% band. PRIME and “as many seconds” take equal time an iteration, so for those two this is also the curve over seconds.',
        x,
        y: { label: 'right answers', percent: true },
        height: 380,
      },
      series(({ heldOut }) => heldOut.map(({ iteration, accuracy }) => ({ x: iteration, y: accuracy }))),
    ),
    estimates(
      {
        id: 'differences',
        title: 'Less RLOO on outcomes alone',
        caption:
          'Area under the curve of held-out accuracy, each arm less the outcome-only arm with the same seed. What lies above zero learns faster from the same number of iterations; the reward and the value use of the same model stand side by side.',
        y: { label: 'difference' },
      },
      kinds.flatMap((kind) => {
        const estimate = kind === 'outcome' ? null : difference(finished, [kind, 'outcome'], area);
        return estimate ? [{ name: names[kind], estimate }] : [];
      }),
      { at: 0 },
    ),
    curves(
      {
        id: 'pairs',
        title: 'Does the reward model still know right from wrong?',
        caption:
          'Share of pairs of a right and a wrong response to one problem that the reward model orders rightly, on the responses of the moving policy, before it learns from them; mean of ten iterations. A coin scores a half.',
        x,
        y: { label: 'pairs in order', percent: true },
      },
      series(({ scored }) => smooth(scored.map(({ pairs }) => pairs))),
      { rules: [{ y: 0.5 }] },
    ),
    curves(
      {
        id: 'lines',
        title: 'Do token rewards find the wrong line?',
        caption:
          'AUROC of the rewards summed over each line for lines that the checker finds right; no arm is trained on the checker. At a half, dense reward says nothing about which step deserves the credit.',
        x,
        y: { label: 'AUROC' },
      },
      series(({ scored }) => smooth(scored.map(({ lines }) => lines))),
      { rules: [{ y: 0.5 }] },
    ),
    armsTable(finished),
    texts({
      id: 'responses',
      title: 'What single lines are paid',
      caption:
        'Held-out responses of PRIME’s policy at the end, first seed; the sum of the log-ratios of each line’s tokens in nats, and the checker’s verdict where a line is wrong.',
      items: examplesOf(finished),
    }),
  ];
}

/** Means of ten iterations each, nulls left out. */
function smooth(values: readonly (number | null)[]): { x: number; y: number | null }[] {
  const points: { x: number; y: number | null }[] = [];
  for (let from = 0; from < values.length; from += 10) {
    const part = values.slice(from, from + 10);
    points.push({ x: from + part.length / 2, y: meanOf(part) });
  }
  return points;
}

function armsTable(finished: readonly Run[]): Figure {
  const rowOf = (kind: Kind) => {
    const runs = [...runsOf(finished, kind).values()];
    if (runs.length === 0) return [];
    const { value, lo, hi } = bootstrap(runs.map(endOf));
    const { learningRate, prmLearningRate } = finished.find(({ config }) => config.arm.kind === kind)!.config.arm;
    const iterations = runs.map((run) => reached(run)).filter((at) => at !== null);
    return [
      {
        arm: names[kind],
        seeds: runs.length,
        area: mean(runs.map(area)),
        end: value,
        lo,
        hi,
        reached: `${iterations.length} of ${runs.length}${iterations.length > 0 ? `, at ${Math.round(mean(iterations))}` : ''}`,
        tokens: mean(runs.map(({ tokens }) => tokens[tokens.length - 1])),
        groups: mean(runs.map(({ groups }) => mean(groups))),
        ratio: meanOf(runs.map((run) => quarter(run, 'last', 'ratio'))),
        learningRate,
        prmLearningRate,
      },
    ];
  };
  return table({
    id: 'arms',
    title: 'All arms',
    caption:
      'Groups: those that an iteration learned from, neither all right nor all wrong. Streams: standard deviation of the process stream over that of the outcome stream in the last quarter.',
    columns: [
      { key: 'arm', label: 'arm' },
      { key: 'seeds', label: 'seeds' },
      { key: 'area', label: 'area', digits: 3 },
      { key: 'end', label: 'at the end', digits: 3 },
      { key: 'lo', label: 'from', digits: 3 },
      { key: 'hi', label: 'to', digits: 3 },
      { key: 'reached', label: 'reached 70%' },
      { key: 'tokens', label: 'tokens at the end', digits: 1 },
      { key: 'groups', label: 'groups', digits: 1 },
      { key: 'ratio', label: 'streams', digits: 2 },
      { key: 'learningRate', label: 'policy rate', digits: 5 },
      { key: 'prmLearningRate', label: 'reward model rate', digits: 5 },
    ],
    rows: kinds.flatMap(rowOf),
  });
}

function examplesOf(finished: readonly Run[]): { label: string; text: string }[] {
  const outcome = finished.find(({ config, seed }) => config.arm.kind === 'prime' && seed === 0)?.result;
  if (!outcome) return [];
  const right = outcome.examples.filter(({ correct }) => correct);
  const wrong = outcome.examples.filter(({ correct }) => !correct);
  return [...right.slice(0, 2), ...wrong.slice(0, 3)].map(({ prompt, correct, lines }) => ({
    label: `${prompt} (${correct ? 'right' : 'wrong'})`,
    text: lines
      .map(
        ({ line, reward, right: ok }) =>
          `${line.padEnd(8)} ${reward < 0 ? '−' : '+'}${Math.abs(reward).toFixed(2)}${ok ? '' : '  wrong'}`,
      )
      .join('\n'),
  }));
}
