import { inlineExecutor, planOf, type RunReport, runExperiment } from '@laurel/core/paper';
import { Random } from '@laurel/core/stats';
import { beforeAll, describe, expect, it } from 'vitest';
import { experiment } from './experiment.ts';
import { pathExamples, type RatedPath } from './labels.ts';
import { paper } from './paper.ts';
import { slopeOver, strongestRival } from './runs.ts';
import { type Arm, arms, examplesOf } from './scorers.ts';
import type { ArmResult, Run } from './trial.ts';
import { beatsPrm, fromCorrection, holdsUp } from './verdicts.ts';
import { family, rateLines, targetsOf, tokenizer, trainingProblems, type World, worlds } from './world.ts';

const problem = family.sample(new Random(0, 'problem'), 5);
const gold = family.solve(problem);

function pathFrom(lines: readonly string[]): RatedPath {
  const steps = lines.map((line, i) => line + (i < lines.length - 1 ? '\n' : '<eos>'));
  return {
    problem,
    steps,
    right: rateLines(problem, lines),
    tokens: [...tokenizer.encode(problem.prompt + steps.join(''))],
    correct: true,
  };
}

describe('the world', () => {
  it('rates what a line does for the solution', () => {
    const value = Number(gold[0].at(-1));
    const slip = `${gold[0].slice(0, -1)}${(value + 3) % 10}`;
    expect(rateLines(problem, gold)).toEqual(gold.map(() => 1));
    // A slip, the line that puts it right, and on from there.
    expect(rateLines(problem, [slip, `!${gold[0]}`, gold[1]])).toEqual([0, 1, 1]);
    // What follows from a slip leads nowhere, even without an error of its own.
    const [, operator] = gold[1];
    const lost = (value + 3) % 10;
    const next = operator === '+' ? lost + 1 : operator === '-' ? lost + 9 : lost;
    expect(rateLines(problem, [slip, `${lost}${operator}1=${next % 10}`])).toEqual([0, 0]);
    // A line that means nothing gets a solution nowhere.
    expect(rateLines(problem, [gold[0], '1++', gold[1]])).toEqual([1, 0, 1]);
  });

  it('marks merged lines and leaves single ones as the search shows them', () => {
    const examples = pathExamples([pathFrom(gold.slice(0, 2))], 1).map(targetsOf);
    const [first, second, merged] = examples.map(({ tokens }) => tokenizer.decode(tokens));
    expect([first, second]).toEqual([`${problem.prompt}${gold[0]}\n`, `${problem.prompt}${gold[0]}\n${gold[1]}<eos>`]);
    expect(merged).toBe(`${problem.prompt}${gold[0]}<bos>${gold[1]}<eos>`);
    for (const { tokens, positions, targets } of examples) {
      expect(positions).toEqual([tokens.length - 1]);
      expect(targets).toEqual([1]);
    }
  });

  it('gives the process model with more data as many examples as HRM, from further solutions', () => {
    const paths = trainingProblems(8, new Random(1, 'problems')).map((each) => {
      const steps = family.solve(each).map((line) => `${line}\n`);
      return { problem: each, steps, right: steps.map(() => 1 as const), tokens: [], correct: true };
    });
    const labels = { paths, count: 4, validation: [] };
    const of = (arm: Exclude<Arm, 'ORM'>) => examplesOf(labels, arm);
    // Six lines a solution, and five pairs.
    expect([of('PRM').length, of('HRM').length, of('PRM, more data').length]).toEqual([24, 44, 44]);
    expect(new Set(of('HRM').map((each) => each.problem)).size).toBe(4);
    expect(new Set(of('PRM, more data').map((each) => each.problem)).size).toBe(8);
    expect(of('PRM, more data').every(({ current }) => current.length === 1)).toBe(true);
  });
});

const candidates = [1, 8, 16];

/** Runs in which each arm has the same accuracy with 8 and with 16 candidates, a little different from seed to seed. */
function invented(accuracies: Record<World, Record<Arm, number>>): Run[] {
  return worlds.flatMap((world) =>
    [0, 1, 2, 3, 4, 5].map((seed): Run => {
      const results = arms.map((arm): ArmResult => {
        const at = accuracies[world][arm] + 0.001 * seed * (arm === 'HRM' ? 1 : 2);
        const pairs = { kinds: [], auroc: { all: null, afterRight: null, afterWrong: null }, missedRepairs: null };
        const rest = { examples: 1, paths: 1, passes: 1, loss: 0, tokens: 1, answers: [], pairs };
        return { arm, accuracy: [0.4, at, at], ...rest };
      });
      const config = { world, policy: { width: 16, steps: 1, seed: 0 }, paths: 1, problems: 1, candidates };
      return { config, seed, label: '', result: { arms: results } };
    }),
  );
}

describe('the verdicts', () => {
  const even = { ORM: 0.5, PRM: 0.5, 'PRM, more data': 0.5, HRM: 0.5 };
  it('compare with the strongest process model', () => {
    const between = { ...even, 'PRM, more data': 0.7, HRM: 0.6 };
    const runs = invented({ repairs: between, 'no repairs': even });
    expect(strongestRival(runs, 'repairs', ({ accuracy }) => accuracy[2])).toBe('PRM, more data');
    expect(beatsPrm(runs, candidates)).toMatchObject({ verdict: 'refuted' });
    expect(beatsPrm(invented({ repairs: { ...even, HRM: 0.6 }, 'no repairs': even }), candidates)).toMatchObject({
      verdict: 'holds',
    });
  });

  it('ask that accuracy neither falls nor falls behind', () => {
    expect(holdsUp(invented({ repairs: { ...even, HRM: 0.6 }, 'no repairs': even }), candidates)?.verdict).toBe(
      'holds',
    );
    expect(holdsUp(invented({ repairs: { ...even, HRM: 0.4 }, 'no repairs': even }), candidates)?.verdict).toBe(
      'mixed',
    );
    const slope = slopeOver([1, 2, 4])({ accuracy: [0.1, 0.3, 0.5] } as ArmResult);
    expect(slope).toBeCloseTo(0.2, 12);
  });

  it('call the gain one of correction only where it needs repairs', () => {
    const gains = { ...even, HRM: 0.6 };
    const verdict = (repairs: typeof even, none: typeof even) =>
      fromCorrection(invented({ repairs, 'no repairs': none }), candidates)?.verdict;
    // Seeds differ by a thousandth each, the wrong way: an interval that holds 0 needs a little more than 0.
    expect(verdict(gains, { ...even, HRM: 0.5025 })).toBe('holds');
    expect(verdict(gains, { ...even, HRM: 0.65 })).toBe('refuted');
    expect(verdict(even, even)).toBe('inconclusive');
  });
});

describe('the smoke profile', () => {
  let report: RunReport;
  beforeAll(async () => {
    report = await runExperiment(experiment, { profile: 'smoke' }, { executor: inlineExecutor(experiment) });
  }, 60_000);

  it('judges every claim that an experiment can judge, without a failure', () => {
    const judged = Object.entries(paper.claims).filter(([, claim]) => claim.test === 'experiment');
    expect(Object.keys(report.claims).sort()).toEqual(judged.map(([id]) => id).sort());
    expect(report.failures).toEqual([]);
    expect(report.artifacts.map(({ name }) => name)).toEqual(['hrm/policy', 'hrm/policy']);
  });

  it('draws its figures, and shows every scorer in both worlds', () => {
    expect(report.figures.map(({ id }) => id)).toEqual(['accuracy', 'gain', 'auroc', 'pairs', 'arms', 'answers']);
    const table = report.figures.find(({ id }) => id === 'arms');
    if (table?.kind !== 'table') throw new Error('arms must be a table');
    expect(table.rows).toHaveLength(arms.length * worlds.length);
    // One candidate leaves no choice: all that choose line by line begin at one accuracy.
    const accuracy = report.figures.find(({ id }) => id === 'accuracy');
    const lines = accuracy?.kind === 'plot' ? accuracy.marks.find(({ mark }) => mark === 'line') : undefined;
    if (lines?.mark !== 'line') throw new Error('accuracy must be a plot of lines');
    for (const world of worlds) {
      const first = lines.data.filter(({ x, facet, series }) => x === 1 && facet === world && series !== 'ORM');
      expect(first).toHaveLength(arms.length - 1);
      expect(new Set(first.map(({ value }) => value)).size).toBe(1);
    }
  });

  it('summarises a single trial', async () => {
    const trials = experiment.trials(planOf(experiment, { profile: 'smoke' })).slice(0, 1);
    const single = { ...experiment, trials: () => trials };
    const one = await runExperiment(single, { profile: 'smoke' }, { executor: inlineExecutor(experiment) });
    for (const claim of Object.values(one.claims)) expect(claim?.verdict).toBe('inconclusive');
    expect(one.figures).toHaveLength(6);
  });
});
