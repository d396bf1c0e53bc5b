import { curves, dot, estimates, type Figure, plot, table, texts } from '@laurel/core/paper';
import { bootstrap, chiSquareTest, mantelHaenszel, type TwoByTwo } from '@laurel/core/stats';
import { rerankers } from './rerank.ts';
import { arms } from './train.ts';
import { changeOf, lastValid, lead, type Run, rerankedRuns, type Skill, signed } from './verdicts.ts';

export function figures(finished: readonly Run[]): Figure[] {
  const checkpoints = finished.flatMap(({ config: { arm }, result }) =>
    result.checkpoints.map((one) => ({ ...one, arm })),
  );
  const ahead = lead(finished);
  const skills: readonly (readonly [string, Skill])[] = [
    ['solving', 'solve'],
    ['F1, sampled', 'f1'],
    ['F1, likeliest', 'greedy'],
    ['F1, surprise alone', 'implicit'],
  ];
  const runs = rerankedRuns(finished);
  const operations = [...new Set(runs.flatMap(({ approval }) => approval.map((row) => row.operations)))];
  return [
    curves(
      {
        id: 'co-evolution',
        title: 'Solving and judging along the training',
        caption: `Nothing is trained on judging but by more demonstrations. If solving taught judging, F1 would rise with the outcome reward and not with the random one. ${
          ahead
            ? `F1 runs ${signed(ahead)} checkpoints ahead of solving with the outcome reward, where their changes agree best.`
            : ''
        }`,
        x: { label: 'iteration' },
        y: { label: 'right answers, F1', percent: true },
        height: 340,
      },
      arms.flatMap((arm) =>
        finished
          .filter(({ config }) => config.arm === arm)
          .flatMap(({ result }) =>
            skills.slice(0, 2).map(([facet, skill]) => ({
              series: arm,
              facet,
              points: result.checkpoints.flatMap(({ iteration: x, [skill]: y }) => (y === null ? [] : [{ x, y }])),
            })),
          ),
      ),
    ),
    estimates(
      {
        id: 'changes',
        title: 'From the first checkpoint to the last',
        caption: `Mean over seeds with a 95% interval. Judgements that can be read at the end: ${arms
          .flatMap((arm) => {
            const valid = lastValid(finished, arm);
            return valid === null ? [] : [`${arm} ${(100 * valid).toFixed(0)}%`];
          })
          .join(', ')}.`,
        y: { label: 'change' },
        height: 340,
      },
      arms.flatMap((arm) =>
        skills.flatMap(([name, skill]) => {
          const estimate = changeOf(finished, arm, skill);
          return estimate ? [{ name, estimate, series: arm }] : [];
        }),
      ),
      { at: 0 },
    ),
    plot({
      id: 'scatter',
      title: 'Judging against solving, one dot a checkpoint',
      caption: 'A cloud that rises to the right within one colour is what co-evolution looks like.',
      x: { label: 'right answers', percent: true },
      y: { label: 'F1 of the first error', percent: true },
      color: { domain: [...arms] },
      marks: [dot(checkpoints, { x: 'solve', y: 'f1', color: 'arm' })],
    }),
    curves(
      {
        id: 'reranking',
        title: 'Choosing among samples of the final model',
        caption:
          'All rerankers see the same samples. What lies above the majority adds something; the line of any right sample is the most that choosing can reach.',
        x: { label: 'samples' },
        y: { label: 'right answers', percent: true },
        height: 380,
      },
      rerankers.flatMap((name) =>
        runs.flatMap(({ accuracy }) =>
          operations.map((count) => ({
            series: name,
            facet: `${count} operations`,
            points: accuracy
              .filter((row) => row.reranker === name && row.operations === count)
              .map(({ k, accuracy: y }) => ({ x: k, y })),
          })),
        ),
      ),
    ),
    estimates(
      {
        id: 'precision',
        title: 'How far to trust an approval',
        caption:
          'Share of right solutions among those that one vote of the model approves, and among all of its samples. A judge is worth what lies between the two.',
        x: { label: 'operations of the problem' },
        y: { label: 'right solutions', percent: true },
      },
      operations.flatMap((count) => {
        const rows = runs.flatMap(({ approval }) => approval.filter((row) => row.operations === count));
        const known = rows.flatMap(({ precision }) => (precision === null ? [] : [precision]));
        return [
          ...(known.length > 0 ? [{ name: `${count}`, estimate: bootstrap(known), series: 'approved' }] : []),
          { name: `${count}`, estimate: bootstrap(rows.map(({ base }) => base)), series: 'all' },
        ];
      }),
    ),
    dependenceTable(finished),
    texts({
      id: 'judgements',
      title: 'Judgements of the final models',
      caption:
        'The problem, the solution of another model, and the judgement: for each line the result that should be there and y or n, at the end the first wrong line counted from 0, or a dash.',
      items: finished
        .filter(({ config }) => config.arm === 'outcome reward')
        .flatMap(({ seed, result }) =>
          result.examples.map(({ problem, solution, judgement, truth, right }) => ({
            label: `seed ${seed}, ${right ? 'judged rightly' : `judged wrongly: ${truth < 0 ? 'all lines are right' : `line ${truth}`}`}`,
            text: `${problem}\n${solution}\n→ ${judgement}`,
          })),
        )
        .slice(0, 12),
    }),
  ];
}

/** Counts of all seeds together, pooled and within difficulties. */
function dependenceTable(finished: readonly Run[]): Figure {
  const all = finished.flatMap(({ result }) => result.dependence);
  const sum = (tables: readonly number[][]) =>
    [0, 1, 2, 3].map((i) => tables.reduce((total, counts) => total + counts[i], 0)) as unknown as TwoByTwo;
  const rows = [...new Set(all.map(({ when }) => when))].flatMap((when) => {
    const ours = all.filter((row) => row.when === when);
    const strata = [...Map.groupBy(ours, ({ operations }) => operations).values()].map((group) =>
      sum(group.map(({ counts }) => counts)),
    );
    const pooled = sum(ours.map(({ counts }) => counts));
    const [both, solved, judged, neither] = pooled;
    // Where a skill is all or nothing there is no dependence to speak of.
    if (Math.min(both * neither, solved * judged) === 0) return [];
    if (!strata.some(([a, , , d]) => a * d > 0) || !strata.some(([, b, c]) => b * c > 0)) return [];
    const { statistic, p } = chiSquareTest(pooled);
    const stratified = mantelHaenszel(strata);
    const { value, lo, hi } = stratified.oddsRatio;
    return [{ when, both, solved, judged, neither, statistic, p, value, lo, hi, within: stratified.p }];
  });
  return table({
    id: 'dependence',
    title: 'Are problems solved and judged together?',
    caption:
      'Each problem of the judged solutions, solved once and judged once, all seeds together (so the p-values take cases of one seed for independent). The odds ratio is that within problems of equal difficulty (Mantel and Haenszel).',
    columns: [
      { key: 'when', label: 'model' },
      { key: 'both', label: 'both' },
      { key: 'solved', label: 'solved only' },
      { key: 'judged', label: 'judged only' },
      { key: 'neither', label: 'neither' },
      { key: 'statistic', label: 'χ²', digits: 1 },
      { key: 'p', label: 'p', digits: 4 },
      { key: 'value', label: 'odds ratio', digits: 2 },
      { key: 'lo', label: 'from', digits: 2 },
      { key: 'hi', label: 'to', digits: 2 },
      { key: 'within', label: 'p within difficulties', digits: 4 },
    ],
    rows,
  });
}
