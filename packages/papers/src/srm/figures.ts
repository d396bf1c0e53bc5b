import { bar, estimates, type Figure, type Measured, plot, rule, table, texts } from '@laurel/core/paper';
import { bootstrap, mean } from '@laurel/core/stats';
import { type Run, runsOf } from './runs.ts';
import type { Arm, Result } from './trial.ts';
import { difference } from './verdicts.ts';
import { paperViews, viewNames } from './views.ts';

const names: Record<Arm, string> = { ...viewNames, unguided: 'no guide', checker: 'exact checker' };
const order: readonly Arm[] = [
  'unguided',
  'full',
  'mathOnly',
  'lastMathOnly',
  'nextThought',
  'thoughtOnly',
  'shuffledMath',
  'problemAndLastMath',
  'checker',
];

export function figures(finished: readonly Run[], candidates: number): Figure[] {
  const arms = order.filter((arm) => runsOf(finished, arm).size > 0);
  return [
    gains(finished, arms),
    ablation(finished, arms),
    failures(finished, arms),
    ...wider(finished, candidates),
    ...examples(finished, arms),
  ];
}

function gains(finished: readonly Run[], arms: readonly Arm[]): Figure {
  const views = arms.filter((arm) => arm !== 'unguided');
  const measured = views.flatMap((arm): Measured[] => {
    const estimate = difference(finished, arm, 'unguided');
    const series =
      arm === 'checker' ? 'checker' : (paperViews as Arm[]).includes(arm) ? 'the paper’s views' : 'controls';
    return estimate === null ? [] : [{ name: names[arm], estimate, series }];
  });
  return estimates(
    {
      id: 'gains',
      title: 'What a guide gains over none',
      caption:
        'Accuracy of greedy search less that of taking the first candidate, over seeds, with 95% intervals. Compare all formulas with everything (is prose needed?), with the newest formula (is the context used?) and with the next thought (can plans be judged?). The exact checker is the most that a guide could gain.',
      x: { label: 'what the scorer sees' },
      y: { label: 'gain in accuracy', percent: true },
    },
    measured,
    { at: 0 },
  );
}

function ablation(finished: readonly Run[], arms: readonly Arm[]): Figure {
  const rows = arms.map((arm) => {
    const runs = [...runsOf(finished, arm).values()];
    const scorers = runs.flatMap(({ scorer }) => (scorer === null ? [] : [scorer]));
    const aurocs = scorers.flatMap(({ auroc }) => (auroc === null ? [] : [auroc]));
    const { value, lo, hi } = bootstrap(runs.map(({ guided }) => guided.accuracy));
    const stronger = runs.flatMap(({ stronger }) => (stronger === null ? [] : [stronger.accuracy]));
    return {
      arm: names[arm],
      seeds: runs.length,
      accuracy: value,
      lo,
      hi,
      preference: scorers.length > 0 ? mean(scorers.map(({ preference }) => preference)) : null,
      auroc: aurocs.length > 0 ? mean(aurocs) : null,
      steps: mean(runs.map(({ guided }) => guided.steps)),
      stronger: stronger.length > 0 ? mean(stronger) : null,
      tokens: scorers.length > 0 ? mean(scorers.map(({ tokens }) => tokens)) / 1000 : null,
    };
  });
  return table({
    id: 'arms',
    title: 'All guides',
    caption:
      'Accuracy of greedy search with its 95% interval; share of held-out pairs ranked rightly; AUROC of states that can still be solved; mean steps of a search; accuracy of a policy with half the errors in its thoughts, under the scorer trained on the weaker one.',
    columns: [
      { key: 'arm', label: 'what the scorer sees' },
      { key: 'seeds', label: 'seeds', digits: 0 },
      { key: 'accuracy', label: 'accuracy', digits: 3 },
      { key: 'lo', label: 'from', digits: 3 },
      { key: 'hi', label: 'to', digits: 3 },
      { key: 'preference', label: 'pairs ranked rightly', digits: 3 },
      { key: 'auroc', label: 'AUROC', digits: 3 },
      { key: 'steps', label: 'steps', digits: 2 },
      { key: 'stronger', label: 'stronger policy', digits: 3 },
      { key: 'tokens', label: 'tokens read, thousands', digits: 0 },
    ],
    rows,
  });
}

function failures(finished: readonly Run[], arms: readonly Arm[]): Figure {
  const kinds = ['operation', 'operands', 'too early', 'misread', 'arithmetic', 'quantity', 'none'] as const;
  const rows = arms.flatMap((arm) => {
    const runs = [...runsOf(finished, arm).values()];
    return kinds.map((kind) => ({
      arm: names[arm],
      fault: kind === 'none' ? 'ran out of steps' : kind,
      share: mean(runs.map(({ guided }) => guided.failures[kind] ?? 0)),
    }));
  });
  const shown = rows.filter(({ share }) => share > 0);
  return plot({
    id: 'failures',
    title: 'What goes wrong under each guide',
    caption:
      'Problems that were not solved, by the first fault on the way. Wrong operations, operands and steps taken too early are errors of the thought; misread values and wrong results are errors of the world, which a scorer of thoughts cannot see.',
    x: { label: 'what the scorer sees', type: 'band', domain: arms.map((arm) => names[arm]) },
    y: { label: 'share of problems', percent: true },
    color: { label: 'first fault' },
    marks: [bar(shown, { x: 'arm', y: 'share', color: 'fault' }), rule({ y: 0 })],
  });
}

function wider(finished: readonly Run[], candidates: number): Figure[] {
  const runs = [...runsOf(finished, 'mathOnly').values()].filter((run) => run.wider.length > 0);
  if (runs.length === 0) return [];
  const at = (beam: number, count: number, of: (run: Result) => number): Measured => ({
    name: `B = ${beam}, c = ${count}`,
    estimate: bootstrap(runs.map(of)),
  });
  return [
    estimates(
      {
        id: 'wider',
        title: 'Wider search',
        caption:
          'Accuracy under the scorer of all formulas by states kept (B) and candidates each (c), over the seeds it was tried on. The paper saw small gains.',
        x: { label: 'search' },
        y: { label: 'accuracy', percent: true },
      },
      [
        at(1, candidates, ({ guided }) => guided.accuracy),
        ...runs[0].wider.map(({ beam, candidates: count }, i) =>
          at(beam, count, (run) => run.wider[i].outcome.accuracy),
        ),
      ],
    ),
  ];
}

function examples(finished: readonly Run[], arms: readonly Arm[]): Figure[] {
  const first = finished[0]?.seed;
  const ways = arms.flatMap((arm) => {
    const run = runsOf(finished, arm).get(first);
    return run ? [{ arm, examples: run.examples }] : [];
  });
  if (ways.length === 0) return [];
  // The problem on which the guides differ most.
  const ends = ways[0].examples.map((_, i) => new Set(ways.map(({ examples }) => examples[i].text)).size);
  const chosen = ends.indexOf(Math.max(...ends));
  return [
    texts({
      id: 'searches',
      title: 'One problem under each guide',
      caption: `The problem: ${ways[0].examples[chosen].prompt}. Each step is a thought and the formula that the world made of it; faults by the exact checker.`,
      items: ways.map(({ arm, examples }) => ({ label: names[arm], text: examples[chosen].text })),
    }),
  ];
}
