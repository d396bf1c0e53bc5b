import { metricNames, normNames } from '@laurel/core/assess';
import { cell, dot, type Figure, line, plot, rule, table } from '@laurel/core/paper';
import { auroc, bootstrapUnits, mean, pearson, spearman } from '@laurel/core/stats';
import { canonLabels, canons, configurationLabel, configurations, positionOf } from './configurations.ts';
import { pooledCorrelation } from './moments.ts';
import type { Outcome } from './summary.ts';

/** Points drawn of each distance in the scatter plot. */
const SCATTER_POINTS = 900;

/** Regret from which a pair counts as harmful. */
const HARM = 0.1;

export function figures(outcomes: readonly Outcome[]): Figure[] {
  return [
    scatter(outcomes),
    strip(outcomes),
    byNorm(outcomes),
    summaryTable(outcomes),
    stressPlot(outcomes),
    blindTable(outcomes),
  ];
}

function scatter(outcomes: readonly Outcome[]): Figure {
  const rows = outcomes.flatMap(({ rows }) => rows);
  const stride = Math.ceil(rows.length / SCATTER_POINTS);
  const points = (['val', 'epic'] as const).flatMap((canon) =>
    rows
      .filter((_, i) => i % stride === 0)
      .map(({ distances, regret }) => ({
        distance: distances[canons.indexOf(canon)],
        regret,
        form: `${canonLabels[canon]}-2-2`,
      })),
  );
  return plot({
    id: 'scatter',
    title: 'Distance against regret',
    caption:
      'One point a pair of rewards. The better the distance, the closer the points to a rising curve; look for harmless pairs (low) that EPIC puts far to the right.',
    x: { label: 'distance', domain: [0, 2] },
    y: { label: 'regret, share of the range of returns', domain: [0, 1] },
    color: { domain: ['VAL-2-2', 'EPIC-2-2'] },
    height: 360,
    marks: [dot(points, { x: 'distance', y: 'regret', color: 'form', size: 2, facet: 'form' })],
  });
}

function strip(outcomes: readonly Outcome[]): Figure {
  const rows = correlations(outcomes).map(({ configuration, correlation }) => ({
    form: canonLabels[configuration.canon],
    correlation,
    kind: configuration.norm === 'none' ? 'not normalised' : 'normalised',
  }));
  const usual = canons.map((canon) => ({
    form: canonLabels[canon],
    correlation: rows[positionOf(canon)].correlation,
    kind: '2-2',
  }));
  return plot({
    id: 'strip',
    title: 'Correlation with regret, every norm and metric',
    caption:
      'One point a choice of norm and metric, 42 for each canonical form; 2-2 is the one that claims are judged by. Forms are in order of what they forget, most first.',
    x: { type: 'point', domain: canons.map((canon) => canonLabels[canon]) },
    y: { label: 'Pearson correlation with regret' },
    color: { domain: ['2-2', 'normalised', 'not normalised'] },
    marks: [
      dot(rows, { x: 'form', y: 'correlation', color: 'kind', size: 3 }),
      dot(usual, { x: 'form', y: 'correlation', color: 'kind', size: 6 }),
    ],
  });
}

function byNorm(outcomes: readonly Outcome[]): Figure {
  const all = correlations(outcomes);
  const rows = normNames.flatMap((norm) =>
    metricNames.map((metric) => ({
      norm,
      metric,
      lead: all[positionOf('val', norm, metric)].correlation - all[positionOf('epic', norm, metric)].correlation,
    })),
  );
  return plot({
    id: 'val-over-epic',
    title: 'VAL over EPIC by norm and metric',
    caption: 'Correlation with regret, VAL less EPIC. Negative cells are choices in which EPIC wins.',
    x: { label: 'metric', type: 'band', domain: metricNames },
    y: { label: 'norm', type: 'band', domain: normNames },
    color: { label: 'VAL − EPIC', scheme: 'diverging' },
    marks: [cell(rows, { x: 'metric', y: 'norm', value: 'lead' })],
  });
}

function summaryTable(outcomes: readonly Outcome[]): Figure {
  const environments = outcomes.map(({ moments }) => moments);
  const rows = outcomes.flatMap(({ rows }) => rows);
  const regrets = rows.map(({ regret }) => regret);
  const harmful = regrets.map((regret) => regret > HARM);
  const bothKinds = harmful.includes(true) && harmful.includes(false);
  const all = correlations(outcomes);
  const exact = rows.flatMap(({ distances, worst }) => (worst === null ? [] : [{ distances, worst }]));
  const withWorst = (k: number) => {
    const [x, y] = [exact.map(({ distances }) => distances[k]), exact.map(({ worst }) => worst)];
    return varies(x) && varies(y) ? pearson(x, y) : null;
  };
  return table({
    id: 'by-form',
    title: 'Canonical forms compared',
    caption:
      'Pearson, its 95% interval over MDPs, Spearman, AUROC and the correlation with the exact worst case are those of 2-2. The best configuration is picked with hindsight, for every form alike.',
    columns: [
      { key: 'form', label: 'form' },
      { key: 'pearson', label: 'Pearson', digits: 3 },
      { key: 'lo', label: 'from', digits: 3 },
      { key: 'hi', label: 'to', digits: 3 },
      { key: 'spearman', label: 'Spearman', digits: 3 },
      { key: 'auroc', label: `AUROC, regret > ${HARM}`, digits: 3 },
      { key: 'worst', label: 'Pearson with exact worst case', digits: 3 },
      { key: 'best', label: 'best configuration' },
      { key: 'bestPearson', label: 'its Pearson', digits: 3 },
    ],
    rows: canons.map((canon, k) => {
      const at = positionOf(canon);
      const withRegret = bootstrapUnits(environments.length, (drawn) => pooledCorrelation(environments, drawn, at), {
        resamples: 1000,
      });
      const best = all
        .filter(({ configuration }) => configuration.canon === canon)
        .reduce((a, b) => (b.correlation > a.correlation ? b : a));
      const distances = rows.map((row) => row.distances[k]);
      return {
        form: canonLabels[canon],
        pearson: withRegret.value,
        lo: withRegret.lo,
        hi: withRegret.hi,
        spearman: varies(distances) && varies(regrets) ? spearman(distances, regrets) : null,
        auroc: bothKinds ? auroc(distances, harmful) : null,
        worst: withWorst(k),
        best: configurationLabel(best.configuration),
        bestPearson: best.correlation,
      };
    }),
  });
}

function stressPlot(outcomes: readonly Outcome[]): Figure {
  const rows = (['val', 'epic', 'dard'] as const).flatMap((canon) =>
    outcomes[0].stress.map(({ epsilon }, k) => ({
      epsilon,
      ratio:
        mean(outcomes.map(({ stress }) => stress[k].regret)) / mean(outcomes.map(({ stress }) => stress[k][canon])),
      form: `${canonLabels[canon]}-2-2`,
    })),
  );
  return plot({
    id: 'soundness',
    title: 'Regret per unit of distance as rewards shrink against noise that cannot happen',
    caption:
      'Two rewards of size ε share noise of size 1 on impossible transitions. Regret does not change; a line that climbs without end is a metric that no constant turns into a bound.',
    x: { label: 'ε', type: 'log' },
    y: { label: 'mean regret over mean distance', type: 'log' },
    color: { domain: ['VAL-2-2', 'EPIC-2-2', 'DARD-2-2'] },
    marks: [
      line(rows, { x: 'epsilon', y: 'ratio', color: 'form' }),
      dot(rows, { x: 'epsilon', y: 'ratio', color: 'form' }),
      rule({ y: 1 }),
    ],
  });
}

function blindTable(outcomes: readonly Outcome[]): Figure {
  return table({
    id: 'blindness',
    title: 'What each form sees of a change that cannot matter',
    caption:
      'Mean distance (2-2) between a reward and a changed copy. Shaping, redistribution and scale change no preference between policies and should give 0; the opposite reward should give 2.',
    columns: [
      { key: 'form', label: 'form' },
      { key: 'shaped', label: 'shaped', digits: 3 },
      { key: 'redistributed', label: 'redistributed', digits: 3 },
      { key: 'scaled', label: 'times 3', digits: 3 },
      { key: 'opposite', label: 'opposite', digits: 3 },
    ],
    rows: canons.map((canon, k) => ({
      form: canonLabels[canon],
      shaped: mean(outcomes.map(({ blindness }) => blindness[k].shaped)),
      redistributed: mean(outcomes.map(({ blindness }) => blindness[k].redistributed)),
      scaled: mean(outcomes.map(({ blindness }) => blindness[k].scaled)),
      opposite: mean(outcomes.map(({ blindness }) => blindness[k].opposite)),
    })),
  });
}

function correlations(outcomes: readonly Outcome[]) {
  const environments = outcomes.map(({ moments }) => moments);
  const everyone = environments.map((_, i) => i);
  return configurations.map((configuration, k) => ({
    configuration,
    correlation: pooledCorrelation(environments, everyone, k),
  }));
}

function varies(values: readonly number[]): boolean {
  return values.some((value) => value !== values[0]);
}
