import { curves, dot, estimates, type Figure, interval, line, plot, table, texts } from '@laurel/core/paper';
import { bootstrap, mean } from '@laurel/core/stats';
import {
  entropyArm,
  outcomeArm,
  plantedArms,
  progressArm,
  progressBeam,
  searchArms,
  strengths,
  strongest,
  suitable,
  valueArm,
  valueBeam,
  weakest,
} from './arms.ts';
import { plantedRuns, type Run, searchRuns, treeRuns } from './runs.ts';

export function figures(finished: readonly Run[]): Figure[] {
  return [
    learningFigure(finished),
    strengthFigure(finished),
    armsTable(finished),
    ...treeFigures(finished),
    ...searchFigures(finished),
  ];
}

function learningFigure(finished: readonly Run[]): Figure {
  const shown = [outcomeArm, entropyArm, ...[weakest, suitable, strongest].map(progressArm), valueArm];
  const runs = shown.flatMap((arm) =>
    [...plantedRuns(finished, arm).values()].map(({ curve }) => ({
      series: arm.name,
      points: curve.map((y, i) => ({ x: 10 * (i + 1), y })),
    })),
  );
  return curves(
    {
      id: 'success',
      title: 'Finding the planted sequence',
      caption:
        'Share of sequences that contain it, mean over seeds with a 95% band; 64 sequences an iteration, every arm tuned. What to look for: the outcome alone waits for luck, progress does not.',
      x: { label: 'iteration' },
      y: { label: 'success', percent: true },
    },
    runs,
  );
}

function strengthFigure(finished: readonly Run[]): Figure {
  const measured = strengths.flatMap((strength) => {
    const runs = [...plantedRuns(finished, progressArm(strength)).values()];
    return runs.length > 0 ? [{ name: `${strength}`, estimate: bootstrap(runs.map(({ area }) => area)) }] : [];
  });
  const outcome = [...plantedRuns(finished, outcomeArm).values()].map(({ area }) => area);
  return estimates(
    {
      id: 'strength',
      title: 'How strong should the prover be?',
      caption:
        'Area under the curve of successes by the prover’s strength γ, 95% intervals over seeds; the line is the outcome alone. The paper finds help for γ from 8 to 15 only.',
      x: { label: 'γ of the prover' },
      y: { label: 'area under the curve' },
    },
    measured,
    outcome.length > 0 ? { at: mean(outcome) } : {},
  );
}

function armsTable(finished: readonly Run[]): Figure {
  const rows = plantedArms(strengths).flatMap((arm) => {
    const runs = [...plantedRuns(finished, arm).values()];
    if (runs.length === 0) return [];
    const { value, lo, hi } = bootstrap(runs.map(({ area }) => area));
    const end = mean(runs.map(({ curve }) => curve[curve.length - 1]));
    return [
      {
        arm: arm.name,
        rate: arm.learningRate,
        alpha: arm.prover === null ? null : arm.alpha,
        runs: runs.length,
        area: value,
        lo,
        hi,
        half: mean(runs.map(({ half, curve }) => half ?? 10 * curve.length)),
        never: runs.filter(({ half }) => half === null).length,
        end,
        pass: mean(runs.map(({ curve }) => 1 - (1 - curve[Math.floor(curve.length / 4)]) ** 16)),
      },
    ];
  });
  return table({
    id: 'arms',
    title: 'All arms on the planted sequence',
    caption:
      'Compare the value with the advantage of the same prover (there is nothing to rephrase here, which is what makes values harmful elsewhere), and exact with sampled advantages. There is one prompt, so that pass@16 is 1 − (1 − success)^16.',
    columns: [
      { key: 'arm', label: 'reward' },
      { key: 'rate', label: 'learning rate', digits: 3 },
      { key: 'alpha', label: 'α', digits: 1 },
      { key: 'runs', label: 'runs', digits: 0 },
      { key: 'area', label: 'area', digits: 3 },
      { key: 'lo', label: 'from', digits: 3 },
      { key: 'hi', label: 'to', digits: 3 },
      { key: 'half', label: 'iterations to 50%', digits: 0 },
      { key: 'never', label: 'runs that never get there', digits: 0 },
      { key: 'end', label: 'success at the end', digits: 3 },
      { key: 'pass', label: 'pass@16 after a quarter', digits: 3 },
    ],
    rows,
  });
}

function treeFigures(finished: readonly Run[]): Figure[] {
  const tree = treeRuns(finished).at(0);
  if (!tree) return [];
  const rows = tree.points.flatMap(({ distinguishability, alignment, gain }) => [
    { predicted: distinguishability + alignment, gain, by: 'distinguishability + alignment' },
    { predicted: tree.own + alignment, gain, by: 'variance of the policy’s own advantages + alignment' },
  ]);
  const ends = rows.map(({ predicted }) => predicted);
  const diagonal = [Math.min(...ends), Math.max(...ends)].flatMap((x) => [
    { x, y: x, by: 'distinguishability + alignment' },
    { x, y: x, by: 'variance of the policy’s own advantages + alignment' },
  ]);
  return [
    plot({
      id: 'provers',
      title: 'What one step gains, and what predicts it',
      caption:
        'Two hundred random provers in one random tree, all exact: gain in the chance of success by one natural-gradient step of size 0.1, over that size. Points below the diagonal gain less than predicted.',
      x: { label: 'predicted' },
      y: { label: 'gain' },
      marks: [
        line(diagonal, { x: 'x', y: 'y', facet: 'by', dash: true }),
        dot(rows, { x: 'predicted', y: 'gain', facet: 'by', size: 2 }),
      ],
    }),
  ];
}

function searchFigures(finished: readonly Run[]): Figure[] {
  const runs = searchRuns(finished);
  if (runs.length === 0) return [];
  const rows = searchArms.map(({ name, width, k }, a) => {
    const { value, lo, hi } = bootstrap(runs.map(({ arms }) => arms[a].accuracy));
    const kind = width === null ? 'best of n' : k === null ? 'beam by value' : 'beam by value + progress';
    return { name, k, kind, tokens: mean(runs.map(({ arms }) => arms[a].tokens)), accuracy: value, lo, hi };
  });
  const shown = rows.filter(({ k }) => k === null || k === progressBeam.k);
  const byTokens = shown.toSorted((a, b) => a.tokens - b.tokens);
  const valueTokens = mean(runs.map((run) => run.valueTokens));
  const items = [valueBeam, progressBeam].flatMap((arm) =>
    runs[0].arms[searchArms.findIndex(({ name }) => name === arm.name)].answers.map(({ prompt, response, right }) => ({
      label: `${arm.name}: ${right ? 'right' : 'wrong'}`,
      text: `${prompt}\n${response}`,
    })),
  );
  return [
    plot({
      id: 'search',
      title: 'Accuracy against tokens',
      caption: `Modulo-10 arithmetic of four operations, 95% intervals over bases. All searches choose by the same sampled values, whose own completions (${valueTokens.toFixed(0)} tokens a problem for all arms together) are not counted.`,
      x: { label: 'tokens a problem', type: 'log' },
      y: { label: 'accuracy', percent: true },
      color: { domain: ['best of n', 'beam by value', 'beam by value + progress'] },
      marks: [
        interval(
          byTokens.filter(({ lo }) => lo !== null),
          { x: 'tokens', lo: 'lo', hi: 'hi', color: 'kind' },
        ),
        line(byTokens, { x: 'tokens', y: 'accuracy', color: 'kind' }),
        dot(byTokens, { x: 'tokens', y: 'accuracy', color: 'kind' }),
      ],
    }),
    table({
      id: 'search-arms',
      title: 'All searches',
      caption: 'At width 4 the number of attempts K of the prover is swept.',
      columns: [
        { key: 'name', label: 'search' },
        { key: 'tokens', label: 'tokens', digits: 0 },
        { key: 'accuracy', label: 'accuracy', digits: 3 },
        { key: 'lo', label: 'from', digits: 3 },
        { key: 'hi', label: 'to', digits: 3 },
      ],
      rows,
    }),
    texts({
      id: 'answers',
      title: 'Answers',
      caption: 'What both beams of width 4 answer to the same problems.',
      items,
    }),
  ];
}
