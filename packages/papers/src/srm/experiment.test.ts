import { planMath, planTokenizer, readThought, stepFaults } from '@laurel/core/env';
import { inlineExecutor, planOf, type RunReport, runExperiment, runTask, type Task } from '@laurel/core/paper';
import { Random } from '@laurel/core/stats';
import { beforeAll, describe, expect, it } from 'vitest';
import { experiment } from './experiment.ts';
import { paper } from './paper.ts';
import { outcome, propose, type ReasoningState, take } from './roles.ts';
import { guide, isSolvable } from './search.ts';
import { mostSteps, problemsOf } from './task.ts';
import { contextOf, controlViews, paperViews, viewTokens } from './views.ts';

const { signal } = new AbortController();
const task = planOf(experiment, { profile: 'full' }).params;

function play(problem: ReasoningState['problem'], roles: typeof task, random: Random): ReasoningState {
  let state: ReasoningState = { problem, steps: [] };
  while (outcome(state) === null && state.steps.length < mostSteps(task)) state = take(state, roles, random);
  return state;
}

describe('the roles', () => {
  const problems = problemsOf(task, 'train', 200, new Random(0, 'problems'));

  it('never fail without errors', () => {
    const random = new Random(1, 'roles');
    for (const problem of problems) {
      const state = play(problem, { ...task, thoughtError: 0, mathError: 0 }, random);
      expect(outcome(state)).toBe(1);
      expect(stepFaults(problem, state.steps).every((fault) => fault === null)).toBe(true);
    }
  });

  it('err as often as they are told, each in their own way', () => {
    const random = new Random(2, 'roles');
    const faults = problems.map((problem) => stepFaults(problem, take({ problem, steps: [] }, task, random).steps)[0]);
    const share = (...kinds: (typeof faults)[number][]) =>
      faults.filter((fault) => kinds.includes(fault)).length / faults.length;
    expect(Math.abs(share('operation', 'operands', 'too early') - task.thoughtError)).toBeLessThan(0.1);
    // A misread value may be the right one by chance.
    expect(share('misread', 'arithmetic')).toBeLessThan(2 * task.mathError);
    expect(new Set(faults).size).toBeGreaterThan(3);
    expect(faults).not.toContain('quantity');
    const { thought, meaning } = propose({ problem: problems[0], steps: [] }, task, random);
    expect(readThought(thought)).toEqual(meaning);
  });
});

describe('the views', () => {
  const [problem] = problemsOf(task, 'train', 1, new Random(3, 'problem'));
  const state = play(problem, { ...task, thoughtError: 0, mathError: 0 }, new Random(3, 'steps'));
  const shown = (view: Parameters<typeof viewTokens>[0]) => planTokenizer.decode(viewTokens(view, state));
  const last = state.steps.length - 1;

  it('show what they say and nothing else', () => {
    const words = state.steps[last].thought;
    for (const view of ['full', 'nextThought', 'thoughtOnly'] as const) expect(shown(view)).toContain(words);
    for (const view of ['mathOnly', 'lastMathOnly', 'shuffledMath', 'problemAndLastMath'] as const) {
      expect(shown(view)).not.toContain(words);
    }
    expect(shown('full').startsWith(shown('mathOnly').replace(' <eos>', ''))).toBe(true);
    expect(viewTokens('lastMathOnly', state)).toHaveLength(6);
  });

  it('hide from the next thought what it led to', () => {
    const [{ thought, math }] = state.steps.slice(-1);
    const other = math.replace(/.$/, (digit) => String((Number(digit) + 1) % 10));
    const elsewise = { problem, steps: [...state.steps.slice(0, -1), { thought, math: other }] };
    expect(viewTokens('nextThought', elsewise)).toEqual(viewTokens('nextThought', state));
    expect(viewTokens('mathOnly', elsewise)).not.toEqual(viewTokens('mathOnly', state));
  });

  it('fit the context, with the longest thoughts', () => {
    const random = new Random(4, 'long');
    for (let i = 0; i < 300; i++) {
      const [drawn] = problemsOf(task, 'train', 1, random);
      const long = play(drawn, task, random);
      for (const view of [...paperViews, ...controlViews]) {
        expect(viewTokens(view, long).length).toBeLessThanOrEqual(contextOf(mostSteps(task)));
      }
    }
  });
});

describe('guided search', () => {
  const problems = problemsOf(task, 'test', 60, new Random(5, 'problems'));
  const settings = { candidates: 5, beam: 1 };

  it('solves nearly all under the exact checker, and gives all guides the same candidates', async () => {
    const checker = {
      scores: 'states',
      score: (states: readonly ReasoningState[]) => states.map((s) => Number(isSolvable(s))),
    } as const;
    const { outcome: best } = await guide(checker, task, problems, settings, 0, signal);
    expect(best.accuracy).toBeGreaterThan(0.95);
    const flat = { scores: 'states', score: (states: readonly ReasoningState[]) => states.map(() => 0) } as const;
    const first = await guide(flat, task, problems, settings, 0, signal);
    const alone = await guide(flat, task, problems, { candidates: 1, beam: 1 }, 0, signal);
    expect(first.found).toEqual(alone.found);
    expect(first.outcome.accuracy).toBeLessThan(0.7);
  });

  it('agrees with the family about answers', async () => {
    const family = planMath({ distractors: task.distractors });
    for (const problem of problems) {
      const state = play(problem, task, new Random(6, problem.id));
      const text = state.steps.map(({ math }) => math).join('\n');
      expect(outcome(state) === 1).toBe(family.checkAnswer(problem, text).correct);
    }
  });
});

describe('the smoke profile', () => {
  let report: RunReport;
  beforeAll(async () => {
    report = await runExperiment(experiment, { profile: 'smoke' }, { executor: inlineExecutor(experiment) });
  });

  it('judges every claim that an experiment can judge, without a failure', () => {
    const judged = Object.entries(paper.claims).filter(([, claim]) => claim.test === 'experiment');
    expect(Object.keys(report.claims).sort()).toEqual(judged.map(([id]) => id).sort());
    expect(report.failures).toEqual([]);
    // Two seeds decide nothing.
    for (const claim of Object.values(report.claims)) expect(claim?.verdict).toBe('inconclusive');
  });

  it('shows gains, arms, failures and searches', () => {
    expect(report.figures.map(({ id }) => id)).toEqual(['gains', 'arms', 'failures', 'wider', 'searches']);
    expect(report.artifacts[0].figures.map(({ id }) => id)).toEqual(['preferences', 'pair-kinds']);
    const arms = report.figures.find(({ id }) => id === 'arms');
    if (arms?.kind !== 'table') throw new Error('arms must be a table');
    expect(arms.rows).toHaveLength(9);
    const [none] = arms.rows;
    const checker = arms.rows[arms.rows.length - 1];
    expect(Number(checker.accuracy)).toBeGreaterThan(Number(none.accuracy));
  });

  it('summarises a single trial, and repeats a trial exactly', async () => {
    const trials = experiment.trials(planOf(experiment, { profile: 'smoke' }));
    const unguided = trials.find(({ config }) => config.arm === 'unguided')!;
    const run: Task = { kind: 'trial', slug: 'srm', trial: unguided, inputs: [] };
    const hooks = { progress: () => {}, point: () => {} };
    const once = await runTask(experiment, run, hooks, signal);
    expect(await runTask(experiment, run, hooks, signal)).toEqual(once);
    const single = { ...experiment, trials: () => [unguided] };
    const one = await runExperiment(single, { profile: 'smoke' }, { executor: inlineExecutor(experiment) });
    expect(one.claims).toEqual({});
    expect(one.figures.map(({ id }) => id)).toEqual(['gains', 'arms', 'failures', 'searches']);
  });
});
