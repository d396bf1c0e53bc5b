import { band, cell, type Figure, interval, line, plot, rule, table, text } from '@laurel/core/paper';
import { bootstrap, mean } from '@laurel/core/stats';
import { baseScores, kindScore, rescaledScores, scoresOf, type WorldScores } from './scores.ts';
import { baseArm, KAPPAS, type Method, signalsOf } from './trial.ts';

/** What readers call the methods, in the order of legends. */
const NAMES: Partial<Record<Method, string>> = {
  heron: 'HERON',
  linear: 'linear sum',
  'z-scored': 'z-scored sum',
  flat: 'flat preference',
  sparse: 'success alone',
  native: 'the score itself',
};
const METHODS = Object.keys(NAMES) as Method[];
const color = { domain: Object.values(NAMES) };

/** Figures of whatever ran. */
export function figuresOf(worlds: readonly WorldScores[]): Figure[] {
  return [
    scoreTable(worlds),
    scaleFigure(worlds),
    ...curveFigure(worlds),
    ...orderFigure(worlds),
    ...marginFigures(worlds),
  ];
}

function scoreTable(worlds: readonly WorldScores[]): Figure {
  const rows = worlds.flatMap((scores) =>
    METHODS.flatMap((method) => {
      const runs = scores.runs(baseArm(scores.world, method));
      if (runs.size === 0) return [];
      const { value, lo, hi } = bootstrap(scoresOf(runs));
      const changes = changesOf(scores, method).map((change) => mean(change.values));
      const comparisons = [...runs.values()].flatMap((run) => run.comparisons ?? []);
      const meanOf = (values: (number | null)[]) => {
        const known = values.filter((v) => v !== null);
        return known.length > 0 ? mean(known) : null;
      };
      return [
        {
          world: scores.world,
          method: NAMES[method] ?? method,
          score: value,
          lo,
          hi,
          worst: changes.length > 0 ? value + Math.min(0, ...changes) : null,
          accuracy: meanOf(comparisons.map(({ heldOutAccuracy }) => heldOutAccuracy)),
          circles: meanOf(comparisons.map(({ circles }) => circles)),
          aligned: kindScore(scores, method, true),
          misleading: kindScore(scores, method, false),
        },
      ];
    }),
  );
  return table({
    id: 'scores',
    title: 'Scores at scale 1 and at the worst scale',
    caption:
      '0 is a random policy, 1 is PPO on the score itself (in the door grid: an optimal policy). The worst scale is the score after the largest mean loss when one signal is multiplied by 0.01 or 100 and nothing is retuned; empty where no scale was tried. Compare HERON with the z-scored sum before crediting the hierarchy.',
    columns: [
      { key: 'world', label: 'World' },
      { key: 'method', label: 'Reward from' },
      { key: 'score', label: 'Score', digits: 3 },
      { key: 'lo', label: '95% from', digits: 3 },
      { key: 'hi', label: 'to', digits: 3 },
      { key: 'worst', label: 'Worst scale', digits: 3 },
      { key: 'accuracy', label: 'Held-out accuracy', digits: 3 },
      { key: 'circles', label: 'Circular triples', digits: 4 },
      { key: 'aligned', label: 'Grids where distance helps', digits: 3 },
      { key: 'misleading', label: 'Grids where it misleads', digits: 3 },
    ],
    rows,
  });
}

/** Changes of the score, seed by seed, when one signal is multiplied. */
function changesOf(scores: WorldScores, method: Method) {
  const base = baseScores(scores, method);
  return rescaledScores(scores, method).flatMap(({ signal, factor, bySeed }) => {
    const values = [...bySeed].flatMap(([seed, score]) => {
      const unscaled = base.get(seed);
      return unscaled === undefined ? [] : [score - unscaled];
    });
    return values.length > 0 ? [{ signal, factor, values }] : [];
  });
}

function scaleFigure(worlds: readonly WorldScores[]): Figure {
  const rows = worlds.flatMap((scores) =>
    (['heron', 'linear', 'z-scored', 'flat'] as const).flatMap((method) => {
      const changes = changesOf(scores, method).map(({ signal, factor, values }) => {
        const { value, lo, hi } = bootstrap(values);
        return { panel: `${scores.world}: ${signal}`, method: NAMES[method] ?? method, factor, change: value, lo, hi };
      });
      const unscaled = [...new Set(changes.map(({ panel }) => panel))].map((panel) => ({
        panel,
        method: NAMES[method] ?? method,
        factor: 1,
        change: 0,
        lo: 0,
        hi: 0,
      }));
      return [...changes, ...unscaled].sort((a, b) => a.factor - b.factor);
    }),
  );
  return plot({
    id: 'scales',
    title: 'What rescaling one signal costs',
    caption:
      'Change of the score, on the same seeds, when the signal named above is multiplied and nothing is retuned. HERON stays at zero exactly; a z-scored sum moves by rounding and luck; weighted and plain sums fall wherever the factor changes which signal rules.',
    x: { label: 'Factor', type: 'log', domain: [0.01, 100] },
    y: { label: 'Change of the normalised score' },
    color,
    marks: [
      rule({ y: 0 }),
      band(rows, { x: 'factor', lo: 'lo', hi: 'hi', color: 'method', facet: 'panel' }),
      line(rows, { x: 'factor', y: 'change', color: 'method', facet: 'panel' }),
    ],
  });
}

function curveFigure(worlds: readonly WorldScores[]): Figure[] {
  const rows = worlds.flatMap((scores) =>
    METHODS.flatMap((method) => {
      const curves = [...scores.runs(baseArm(scores.world, method)).values()].map(({ curve }) => curve);
      const points = curves[0] ?? [];
      return points.map(({ steps }, i) => ({
        world: scores.world,
        method: NAMES[method] ?? method,
        steps,
        reward: mean(curves.flatMap((curve) => (i < curve.length ? [curve[i].reward] : []))),
      }));
    }),
  );
  if (rows.length === 0) return [];
  return [
    plot({
      id: 'curves',
      title: 'Learning curves',
      caption:
        'Mean native reward of a transition while learning, at scale 1, mean over seeds. No rule was fixed for speed: look how much later learned rewards arrive than rewards that are written down.',
      x: { label: 'Transitions' },
      y: { label: 'Native reward of a transition' },
      color,
      marks: [line(rows, { x: 'steps', y: 'reward', color: 'method', facet: 'world' })],
    }),
  ];
}

function orderFigure(worlds: readonly WorldScores[]): Figure[] {
  const rows = worlds.flatMap((scores) => {
    const signals = signalsOf(scores.world);
    const base = baseArm(scores.world, 'heron');
    const orders = scores.arms.filter(
      ({ method, kappa, scaled }) => method === 'heron' && kappa === base.kappa && scaled < 0,
    );
    if (orders.length < 2) return [];
    return signals.flatMap((first, a) =>
      signals.flatMap((second, b) => {
        const runs = orders
          .filter(({ order }) => order[0] === a && order[1] === b)
          .flatMap((arm) => scoresOf(scores.runs(arm)));
        if (runs.length === 0) return [];
        const score = mean(runs);
        return [{ world: scores.world, first, second, score, label: score.toFixed(2) }];
      }),
    );
  });
  if (rows.length === 0) return [];
  return [
    plot({
      id: 'orders',
      title: 'The cost of a wrong ranking',
      caption:
        'Mean score of HERON by the two signals put first (over the orders of the rest). The order is what HERON asks a designer for: read off which mistakes are cheap, and which make the score worse than a random policy’s 0.',
      x: { label: 'Most important', type: 'band' },
      y: { label: 'Second', type: 'band' },
      color: { scheme: 'sequential', label: 'Normalised score' },
      marks: [
        cell(rows, { x: 'first', y: 'second', value: 'score', facet: 'world' }),
        text(rows, { x: 'first', y: 'second', text: 'label', facet: 'world' }),
      ],
    }),
  ];
}

function marginFigures(worlds: readonly WorldScores[]): Figure[] {
  const runsAt = (scores: WorldScores, kappa: number) => scores.runs({ ...baseArm(scores.world, 'heron'), kappa });
  const tested = worlds.filter((scores) => KAPPAS.filter((kappa) => runsAt(scores, kappa).size > 0).length > 1);
  if (tested.length === 0) return [];
  const margins = tested.flatMap((scores) => {
    // The seeds that every margin was run on, so that points compare.
    const seeds = Math.min(...KAPPAS.map((kappa) => runsAt(scores, kappa).size));
    return KAPPAS.flatMap((kappa) => {
      const values = scoresOf(runsAt(scores, kappa)).slice(0, seeds);
      if (values.length === 0) return [];
      const { value, lo, hi } = bootstrap(values);
      return [{ world: scores.world, kappa, score: value, lo, hi }];
    });
  });
  const usage = tested.flatMap((scores) =>
    KAPPAS.flatMap((kappa) => {
      const shares = [...runsAt(scores, kappa).values()].flatMap(({ comparisons }) =>
        comparisons ? [comparisons.levelUsage] : [],
      );
      if (shares.length === 0) return [];
      return [...signalsOf(scores.world), 'undecided'].map((level, l) => ({
        world: scores.world,
        kappa,
        level: `${l + 1} ${level}`,
        share: mean(shares.map((share) => share[l])),
      }));
    }),
  );
  const figures = [
    plot({
      id: 'margins',
      title: 'The margin',
      caption:
        'Score of HERON by κ, the margin in deviations of a signal. Only the width matters here: the scale of a signal does not.',
      x: { label: 'κ' },
      y: { label: 'Normalised score' },
      marks: [
        interval(margins, { x: 'kappa', lo: 'lo', hi: 'hi', color: 'world' }),
        line(margins, { x: 'kappa', y: 'score', color: 'world' }),
      ],
    }),
  ];
  if (usage.length > 0) {
    figures.push(
      plot({
        id: 'levels',
        title: 'Which level decides',
        caption:
          'Share of pairs decided by each level at the end of training, by κ. With κ = 0 the first level decides nearly everything and the others are dead; wide margins leave many pairs to the last level, or to none.',
        x: { label: 'κ' },
        y: { label: 'Share of pairs', percent: true },
        marks: [line(usage, { x: 'kappa', y: 'share', color: 'level', facet: 'world' })],
      }),
    );
  }
  return figures;
}
