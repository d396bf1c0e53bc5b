import { curves, dot, estimates, type Figure, line, plot, table, texts } from '@laurel/core/paper';
import { bootstrap, mean } from '@laurel/core/stats';
import { allArms, corridorArms, largeBonus, mainArms } from './arms.ts';
import { spreads } from './progress.ts';
import { checksOf, corridorsOf, lengthsOf, propertiesOf, type Run, tracesOf } from './runs.ts';

export function figures(finished: readonly Run[], episodes: number): Figure[] {
  return [
    ...learningFigure(finished),
    ...armsTable(finished),
    ...correlationFigure(finished),
    ...exampleFigures(finished),
    ...corridorFigure(finished, episodes),
    ...propertiesTable(finished),
  ];
}

function learningFigure(finished: readonly Run[]): Figure[] {
  const runs = mainArms.flatMap((arm) =>
    [...tracesOf(finished, arm).values()].flatMap(({ tests }) => [
      {
        series: arm.name,
        facet: 'errands done',
        points: tests.map(({ episodes, reward }) => ({ x: episodes, y: reward })),
      },
      {
        series: arm.name,
        facet: 'executable actions',
        points: tests.map(({ episodes, executed }) => ({ x: episodes, y: executed })),
      },
    ]),
  );
  if (runs.length === 0) return [];
  return [
    curves(
      {
        id: 'learning',
        title: 'Errands and executable actions in unseen houses',
        caption:
          'Mean over seeds with a 95% bootstrap band, against episodes played, exploration included: the arms that need an estimator begin to train when it is paid for. Look whether SPA leaves “terminal + grounding”, which has the bonus without the progress.',
        x: { label: 'episodes played' },
        y: { label: 'share', percent: true },
      },
      runs,
    ),
  ];
}

function armsTable(finished: readonly Run[]): Figure[] {
  const rows = allArms.flatMap((arm) => {
    const traces = [...tracesOf(finished, arm).values()];
    if (traces.length === 0) return [];
    const { value, lo, hi } = bootstrap(traces.map(({ final }) => final.reward));
    return [
      {
        arm: arm.name,
        runs: traces.length,
        success: value,
        lo,
        hi,
        area: mean(traces.map(({ tests }) => mean(tests.map(({ reward }) => reward)))),
        executed: mean(traces.map(({ final }) => final.executed)),
        turns: mean(traces.map(({ final }) => final.turns)),
        earned: mean(traces.map(({ earned }) => earned)),
        bonus: mean(traces.map(({ bonus }) => bonus)),
      },
    ];
  });
  if (rows.length === 0) return [];
  return [
    table({
      id: 'arms',
      title: 'All arms in the household',
      caption:
        'Tests in unseen houses at the end, with a 95% interval over seeds. The last two columns: what an episode earns at the end of training, and how much of it is the bonus for executable actions.',
      columns: [
        { key: 'arm', label: 'reward' },
        { key: 'runs', label: 'seeds', digits: 0 },
        { key: 'success', label: 'errands done', digits: 3 },
        { key: 'lo', label: 'from', digits: 3 },
        { key: 'hi', label: 'to', digits: 3 },
        { key: 'area', label: 'mean over training', digits: 3 },
        { key: 'executed', label: 'executable', digits: 3 },
        { key: 'turns', label: 'turns', digits: 1 },
        { key: 'earned', label: 'earned', digits: 2 },
        { key: 'bonus', label: 'of it bonus', digits: 2 },
      ],
      rows,
    }),
  ];
}

function correlationFigure(finished: readonly Run[]): Figure[] {
  const checks = checksOf(finished);
  const truths = {
    'chance of success': 'value',
    'chance, from turn 2 on': 'later',
    'fewest actions left': 'distance',
  } as const;
  const measured = Object.entries(truths).flatMap(([facet, truth]) =>
    spreads.flatMap((way) => {
      const values = checks.flatMap((check) => check[truth][way] ?? []);
      return values.length > 0 ? [{ name: way, facet, estimate: bootstrap(values) }] : [];
    }),
  );
  if (measured.length === 0) return [];
  return [
    estimates(
      {
        id: 'correlation',
        title: 'Do rewards follow the progress made?',
        caption:
          'Mean correlation within an episode of the first agent between a turn’s reward and the change it makes: in the agent’s chance of success, by playing on many times from each turn, and in the fewest actions left. The first turn’s reward also carries what was expected from the start, so the second picture leaves it out. An even split is constant and stands at 0.',
        y: { label: 'correlation' },
      },
      measured,
      { at: 0 },
    ),
  ];
}

function exampleFigures(finished: readonly Run[]): Figure[] {
  const check = checksOf(finished).at(0);
  const trace = [...tracesOf(finished, mainArms[0]).values()].at(0);
  const example = check?.example ?? [];
  const rows = example.flatMap(({ turn, attributed, chance }) => [
    { turn, value: attributed, series: 'attributed so far' },
    { turn, value: chance, series: 'chance of success' },
  ]);
  return [
    ...(rows.length > 0
      ? [
          plot({
            id: 'example',
            title: 'One episode',
            caption: `Contributions added up, beside the agent’s true chance of success after each turn. The actions: ${example
              .slice(1)
              .map(({ turn, action }) => `${turn} ${action}`)
              .join('; ')}.`,
            x: { label: 'turn' },
            y: { label: 'share of the reward' },
            color: { domain: ['attributed so far', 'chance of success'] },
            marks: [
              line(rows, { x: 'turn', y: 'value', color: 'series' }),
              dot(rows, { x: 'turn', y: 'value', color: 'series' }),
            ],
          }),
        ]
      : []),
    ...(trace
      ? [
          texts({
            id: 'episodes',
            title: 'An errand in an unseen house after training',
            caption: 'The first unseen house; the agent writes every second line after the first look around.',
            items: mainArms.flatMap((arm) => {
              const first = [...tracesOf(finished, arm).values()].at(0);
              return first ? [{ label: arm.name, text: first.episode }] : [];
            }),
          }),
        ]
      : []),
  ];
}

function corridorFigure(finished: readonly Run[], episodes: number): Figure[] {
  const lengths = lengthsOf(finished);
  const runs = lengths.flatMap((cells) =>
    corridorsOf(finished, cells).flatMap((seed) =>
      seed.map(({ arm, success }) => ({
        series: arm,
        facet: `${cells} cells`,
        points: success.flatMap((y, batch) => (batch % 2 === 0 ? [{ x: batch * episodes, y }] : [])),
      })),
    ),
  );
  if (runs.length === 0) return [];
  const order = [...corridorArms, largeBonus].map(({ name }) => name);
  return [
    curves(
      {
        id: 'corridor',
        title: 'Success in the corridor',
        caption:
          'Exact chance of success, mean over seeds with a 95% band, against episodes played, exploration included. All redistributions that look only back learn it; an even split and a large bonus teach to stay.',
        x: { label: 'episodes played' },
        y: { label: 'success', percent: true },
        color: { domain: order },
      },
      runs,
    ),
  ];
}

function propertiesTable(finished: readonly Run[]): Figure[] {
  const all = propertiesOf(finished);
  if (all.length === 0) return [];
  const average = (of: (properties: (typeof all)[number]) => number) => mean(all.map(of));
  const rows = [
    { what: 'squared error of the sum', value: average(({ mse }) => mse) },
    { what: 'variance of the reward', value: average(({ spread }) => spread) },
    { what: 'share of sums within 0.1', value: average(({ within01 }) => within01) },
    { what: 'share of the last step', value: average(({ lastShare }) => lastShare) },
    { what: 'change of the error by a telescoping potential', value: average(({ lossChange }) => lossChange) },
    { what: 'correlation of the contributions before and after it', value: average(({ changed }) => changed) },
    ...all[0].correlations.map(({ name }, i) => ({
      what: `correlation with true progress: ${name}`,
      value: average(({ correlations }) => correlations[i].value),
    })),
    ...all[0].gradients.flatMap(({ name }, i) => [
      { what: `gradient along the exact one: ${name}`, value: average(({ gradients }) => gradients[i].along) },
      { what: `its variance against terminal: ${name}`, value: average(({ gradients }) => gradients[i].variance) },
    ]),
  ];
  return [
    table({
      id: 'properties',
      title: 'What the sum fixes, and what it leaves open',
      caption:
        'In the corridor under random actions, means over seeds. The fit is good, yet a potential that sums to nothing changes the contributions beyond recognition at no cost. A gradient of 1 along the exact one means no bias.',
      columns: [
        { key: 'what', label: '' },
        { key: 'value', label: 'value', digits: 3 },
      ],
      rows,
    }),
  ];
}
