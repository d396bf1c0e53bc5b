import { dot, type Figure, line, plot, rule, table, text } from '@laurel/core/paper';
import {
  armOrder,
  base,
  guided,
  hard,
  particleCounts,
  soft,
  steeredArm,
  steeredPotentials,
  sweptCount,
  sweptLambdas,
} from './arms.ts';
import { type Row, steps, usual } from './measure.ts';
import { fractions } from './midway.ts';
import { correlationsOf, estimate, meanOf, type Run, valuesOf } from './runs.ts';
import { type Task, tasks } from './world.ts';

const most = particleCounts[particleCounts.length - 1];
const color = { label: 'arm', domain: armOrder };
const k = { label: 'particles k', type: 'log', domain: [1, most] } as const;

export function figures(finished: readonly Run[]): Figure[] {
  return [
    mmdFigure(finished),
    successFigure(finished),
    tradeFigure(finished),
    midwayFigure(finished),
    ancestorsFigure(finished),
    armsTable(finished),
  ];
}

/** A value of every arm over k; each line starts at the base model, guidance is a single point. */
function overParticles(finished: readonly Run[], task: Task, lambda: number, value: (row: Row) => number) {
  return armOrder.flatMap((arm) =>
    [1, ...particleCounts].flatMap((count) => {
      const source = count === 1 && arm !== guided ? base : arm;
      const mean = meanOf(valuesOf(finished, { task, arm: source, lambda, k: count, every: usual }, value));
      return mean === null ? [] : [{ k: count, value: mean, arm }];
    }),
  );
}

function mmdFigure(finished: readonly Run[]): Figure {
  const floor = 1e-4;
  const rows = [soft, hard].flatMap((lambda) =>
    overParticles(finished, 'corner', lambda, (row) => row.mmd).map((row) => ({
      ...row,
      value: Math.max(floor, row.value),
      strength: `λ = ${lambda}`,
    })),
  );
  return plot({
    id: 'mmd',
    title: 'How close to the target?',
    caption: `Squared MMD between one returned sample a run and exact samples of the tilted mixture, quadratic reward, mean over seeds; what is below ${floor} (noise) is drawn there. Best-of-n passes through the soft target on its way to the highest reward; FK settles on it. Guidance is a single sample, and needs the reward's gradient.`,
    x: k,
    y: { label: 'squared MMD', type: 'log' },
    color,
    marks: [
      line(rows, { x: 'k', y: 'value', color: 'arm', facet: 'strength' }),
      dot(rows, { x: 'k', y: 'value', color: 'arm', facet: 'strength' }),
    ],
  });
}

function successFigure(finished: readonly Run[]): Figure {
  const names = { corner: 'corner in at most 1 of 50 samples', absent: 'control: corner never proposed' } as const;
  const rows = (['corner', 'absent'] as const).flatMap((task) =>
    overParticles(finished, task, hard, (row) => row.success).map((row) => ({ ...row, world: names[task] })),
  );
  return plot({
    id: 'success',
    title: 'How often is the rare corner reached?',
    caption: `Share of runs whose best sample lies in the rewarded corner's mode, λ = ${hard}. The control takes that mode out of the base model: no amount of selection creates it, and guidance that reaches it has left the model.`,
    x: k,
    y: { label: 'share of runs', percent: true, domain: [0, 1] },
    color,
    marks: [
      line(rows, { x: 'k', y: 'value', color: 'arm', facet: 'world' }),
      dot(rows, { x: 'k', y: 'value', color: 'arm', facet: 'world' }),
    ],
  });
}

function tradeFigure(finished: readonly Run[]): Figure {
  const rows = steeredPotentials.flatMap((potential) =>
    [...sweptLambdas, soft, hard]
      .sort((a, b) => a - b)
      .flatMap((lambda) => {
        const where = { task: 'corner', arm: steeredArm[potential], lambda, k: sweptCount, every: usual } as const;
        const modes = meanOf(valuesOf(finished, where, (row) => row.modes));
        const reward = meanOf(valuesOf(finished, where, (row) => row.meanReward));
        return modes === null || reward === null
          ? []
          : [{ modes, reward, arm: steeredArm[potential], lambda: String(lambda) }];
      }),
  );
  return plot({
    id: 'trade',
    title: 'Reward against variety',
    caption: `Mean reward and distinct modes among ${sweptCount} particles of a run, for strengths λ from 0.5 to 10 (labels). Each step to the upper left buys reward with variety.`,
    x: { label: 'distinct modes in a run' },
    y: { label: 'mean reward' },
    color: { label: 'potential', domain: Object.values(steeredArm) },
    marks: [
      line(rows, { x: 'modes', y: 'reward', color: 'arm' }),
      dot(rows, { x: 'modes', y: 'reward', color: 'arm' }),
      text(rows, { x: 'modes', y: 'reward', text: 'lambda' }),
    ],
  });
}

function midwayFigure(finished: readonly Run[]): Figure {
  const rows = fractions.flatMap((done) => {
    const correlation = estimate(correlationsOf(finished, 'corner', done));
    const stage = `${100 * done}% done${correlation ? `, ρ = ${correlation.value.toFixed(2)}` : ''}`;
    return finished
      .filter(({ config }) => config.task === 'corner')
      .flatMap(({ result }) => result.midway)
      .filter((midway) => midway.done === done)
      .flatMap(({ points }) => points)
      .slice(0, 400)
      .map(([score, reward]) => ({ score, reward, stage }));
  });
  const board = fractions.map((done) => meanOf(correlationsOf(finished, 'checkerboard', done))?.toFixed(2) ?? '–');
  return plot({
    id: 'midway',
    title: 'What an unfinished sample tells',
    caption: `Reward of the denoised mean on the way against the reward at the end, unsteered trajectories, quadratic reward, with the mean Spearman correlation. For the checkerboard reward the correlations are ${board.join(', ')}.`,
    x: { label: 'score of the denoised mean' },
    y: { label: 'final reward' },
    marks: [dot(rows, { x: 'score', y: 'reward', size: 2, facet: 'stage' })],
  });
}

function ancestorsFigure(finished: readonly Run[]): Figure {
  const looked = (task: Task, name: string) =>
    steeredPotentials.flatMap((potential) =>
      Array.from({ length: steps / usual + 1 }, (_, look) => look).flatMap((look) => {
        const where = { task, arm: steeredArm[potential], lambda: soft, k: most, every: usual };
        const left = meanOf(valuesOf(finished, where, (row) => (look === 0 ? most : (row.ancestors[look - 1] ?? 0))));
        return left === null ? [] : [{ done: look * usual, left, arm: steeredArm[potential], reward: name }];
      }),
    );
  const rows = [...looked('corner', 'quadratic reward'), ...looked('checkerboard', 'checkerboard reward')];
  return plot({
    id: 'ancestors',
    title: 'How many lineages survive?',
    caption: `Distinct particles of the first population that have descendants, of ${most}, after each look; λ = ${soft}. Lineages lost early cannot come back by the correction at the end.`,
    x: { label: 'transitions done' },
    y: { label: 'surviving ancestors', domain: [0, most] },
    color: { label: 'potential', domain: Object.values(steeredArm) },
    marks: [
      line(rows, { x: 'done', y: 'left', color: 'arm', facet: 'reward' }),
      dot(rows, { x: 'done', y: 'left', color: 'arm', facet: 'reward' }),
      rule({ y: 1 }),
    ],
  });
}

function armsTable(finished: readonly Run[]): Figure {
  const rows = tasks.flatMap((task) =>
    [soft, hard].flatMap((lambda) =>
      armOrder.flatMap((arm) => {
        const count = arm === base || arm === guided ? 1 : most;
        const mean = (value: (row: Row) => number) =>
          meanOf(valuesOf(finished, { task, arm, lambda, k: count, every: usual }, value));
        const mmd = mean((row) => row.mmd);
        if (mmd === null) return [];
        return [
          {
            task,
            lambda,
            arm,
            samples: mean((row) => row.particles),
            mmd,
            meanReward: mean((row) => row.meanReward),
            bestReward: mean((row) => row.bestReward),
            success: mean((row) => row.success),
            modes: mean((row) => row.modes),
          },
        ];
      }),
    ),
  );
  return table({
    id: 'arms',
    title: `All arms at k = ${most}`,
    caption:
      'Means over seeds. Success: the best sample lies in the rewarded corner (or on a rewarded cell). With the checkerboard, whose score tells little on the way, steering is no better than importance sampling.',
    columns: [
      { key: 'task', label: 'task' },
      { key: 'lambda', label: 'λ', digits: 0 },
      { key: 'arm', label: 'arm' },
      { key: 'samples', label: 'samples', digits: 0 },
      { key: 'mmd', label: 'squared MMD', digits: 4 },
      { key: 'meanReward', label: 'mean reward', digits: 2 },
      { key: 'bestReward', label: 'best reward', digits: 2 },
      { key: 'success', label: 'success', digits: 3 },
      { key: 'modes', label: 'modes in a run', digits: 1 },
    ],
    rows,
  });
}
