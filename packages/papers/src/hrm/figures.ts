import { curves, estimates, type Figure, type Measured, table, texts } from '@laurel/core/paper';
import { bootstrap, mean } from '@laurel/core/stats';
import { pairs } from './measure.ts';
import { armBySeed, atMany, slopeOver } from './runs.ts';
import { arms, rivals } from './scorers.ts';
import type { ArmResult, Run } from './trial.ts';
import { estimated } from './verdicts.ts';
import { worlds } from './world.ts';

const stepwise = arms.filter((arm) => arm !== 'ORM');

export function figures(finished: readonly Run[], candidates: readonly number[]): Figure[] {
  return [
    accuracyFigure(finished, candidates),
    gainFigure(finished, candidates),
    sightFigure(finished),
    pairFigure(finished),
    armsFigure(finished, candidates),
    answersFigure(finished, candidates),
  ];
}

function accuracyFigure(finished: readonly Run[], candidates: readonly number[]): Figure {
  return curves(
    {
      id: 'accuracy',
      title: 'More candidates, better answers?',
      caption:
        'Right answers against the number of candidates: next lines for the process models and HRM, whole solutions for the outcome model. Mean over seeds with a 95% interval. A scorer that is sure of the wrong lines does worse with more of them.',
      x: { label: 'candidates', type: 'log' },
      y: { label: 'accuracy', percent: true },
      color: { label: 'scorer', domain: arms },
    },
    finished.flatMap(({ config, result }) =>
      result.arms.map(({ arm, accuracy }) => ({
        series: arm,
        facet: config.world,
        points: accuracy.map((y, i) => ({ x: candidates[i], y })),
      })),
    ),
  );
}

function gainFigure(finished: readonly Run[], candidates: readonly number[]): Figure {
  const measured = worlds.flatMap((world) =>
    rivals.flatMap((rival): Measured[] => {
      const estimate = estimated(finished, world, ['HRM', rival], atMany(candidates));
      return estimate ? [{ name: world, series: `over ${rival}`, estimate }] : [];
    }),
  );
  return estimates(
    {
      id: 'gain',
      title: 'What HRM gains, with repairs and without',
      caption:
        'Difference of accuracies with 8 or more candidates, paired by seed, with a 95% interval. If the gain came from seeing repairs, it would vanish in the world that has none; if it came from more examples, the process model with more data would have it too.',
      x: { label: 'world' },
      y: { label: 'difference of accuracy' },
    },
    measured,
    { at: 0 },
  );
}

/** How well single lines are told apart. */
function sightFigure(finished: readonly Run[]): Figure {
  const places = [
    ['all', 'all lines'],
    ['afterRight', 'after a right line'],
    ['afterWrong', 'after a wrong line'],
  ] as const;
  const measured = worlds.flatMap((world) =>
    places.flatMap(([place, name]) =>
      stepwise.flatMap((arm): Measured[] => {
        const values = [...armBySeed(finished, world, arm).values()].flatMap(({ pairs }) => pairs?.auroc[place] ?? []);
        return values.length > 0 ? [{ name, series: arm, facet: world, estimate: bootstrap(values) }] : [];
      }),
    ),
  );
  return estimates(
    {
      id: 'auroc',
      title: 'Telling right lines from wrong ones',
      caption:
        'Chance that a right line scores above a wrong one in solutions that the policy writes by itself: of all lines, of those after a right line (slips), and of those after a wrong one (repairs and errors that go on). 0.5 is guessing.',
      x: { label: 'lines' },
      y: { label: 'AUROC' },
      color: { label: 'scorer', domain: stepwise },
    },
    measured,
    { at: 0.5 },
  );
}

function pairFigure(finished: readonly Run[]): Figure {
  const rows = worlds.flatMap((world) =>
    stepwise.flatMap((arm) => {
      const tables = [...armBySeed(finished, world, arm).values()].flatMap(({ pairs }) => pairs ?? []);
      if (tables.length === 0) return [];
      const missed = tables.flatMap(({ missedRepairs }) => missedRepairs ?? []);
      const ranks = pairs.map((pair, i) => [
        pair,
        meanOrNull(
          tables.filter((t) => t.kinds[i].lines > 0),
          (t) => t.kinds[i].rank,
        ),
      ]);
      return [{ world, arm, ...Object.fromEntries(ranks), missed: missed.length > 0 ? mean(missed) : null }];
    }),
  );
  return table({
    id: 'pairs',
    title: 'The four kinds of lines',
    caption:
      'By whether the solution was right before the line and after it: mean share of all lines that score lower. A scorer that sees repairs puts the third column near the first and far from the fourth. Last, the share of repairs that score below the median wrong line.',
    columns: [
      { key: 'world', label: 'world' },
      { key: 'arm', label: 'scorer' },
      ...pairs.map((pair) => ({ key: pair, label: pair.replace(', ', ' → '), digits: 2 })),
      { key: 'missed', label: 'repairs missed', digits: 3 },
    ],
    rows,
  });
}

function armsFigure(finished: readonly Run[], candidates: readonly number[]): Figure {
  const rows = worlds.flatMap((world) =>
    arms.flatMap((arm) => {
      const results = [...armBySeed(finished, world, arm).values()];
      if (results.length === 0) return [];
      const average = (value: (result: ArmResult) => number) => mean(results.map(value));
      const { value, lo, hi } = bootstrap(results.map(atMany(candidates)));
      return [
        {
          world,
          arm,
          runs: results.length,
          paths: average(({ paths }) => paths),
          examples: average(({ examples }) => examples),
          passes: average(({ passes }) => passes),
          tokens: average(({ tokens }) => tokens) / 1000,
          loss: average(({ loss }) => loss),
          accuracy: value,
          lo,
          hi,
          slope: average(slopeOver(candidates)),
        },
      ];
    }),
  );
  return table({
    id: 'arms',
    title: 'All scorers',
    caption:
      'HRM and the plain process model learn from the same rated solutions; the third has as many single lines as HRM has examples. Passes are those to the best validation loss. Accuracy with 8 or more candidates with its 95% interval, and its slope for each doubling.',
    columns: [
      { key: 'world', label: 'world' },
      { key: 'arm', label: 'scorer' },
      { key: 'runs', label: 'runs', digits: 0 },
      { key: 'paths', label: 'solutions', digits: 0 },
      { key: 'examples', label: 'examples', digits: 0 },
      { key: 'passes', label: 'passes', digits: 1 },
      { key: 'tokens', label: 'thousand tokens read', digits: 0 },
      { key: 'loss', label: 'validation loss', digits: 3 },
      { key: 'accuracy', label: 'accuracy', digits: 3 },
      { key: 'lo', label: 'from', digits: 3 },
      { key: 'hi', label: 'to', digits: 3 },
      { key: 'slope', label: 'slope', digits: 3 },
    ],
    rows,
  });
}

function answersFigure(finished: readonly Run[], candidates: readonly number[]): Figure {
  const run = finished.find(({ config }) => config.world === 'repairs') ?? finished[0];
  const items = stepwise.flatMap((arm) =>
    (run.result.arms.find((each) => each.arm === arm)?.answers ?? []).slice(0, 3).map(({ prompt, lines, right }) => ({
      label: `${arm}: ${prompt} (${right ? 'right' : 'wrong'})`,
      text: lines,
    })),
  );
  return texts({
    id: 'answers',
    title: `Answers chosen line by line among ${candidates[candidates.length - 1]} candidates`,
    caption:
      'The first problems of the first seed; in brackets the score that each line won with. Watch for slips that are followed by repairs: a greedy scorer may like a repair so much that it lets the slip happen.',
    items,
  });
}

function meanOrNull<T>(items: readonly T[], value: (item: T) => number): number | null {
  return items.length === 0 ? null : mean(items.map(value));
}
