import { encodeResponse, fillerChain, fillerEpisode } from '@laurel/core/env';
import { StepScorer } from '@laurel/core/model';
import { Gpt } from '@laurel/core/nn';
import { inlineExecutor, planOf, type RunReport, runExperiment, runTask, type Task } from '@laurel/core/paper';
import { Random } from '@laurel/core/stats';
import { beforeAll, describe, expect, it } from 'vitest';
import { chainTask, contextOf, familyOf, trainProblems } from '../lab/task.ts';
import { armsOf, minArm, sumArms, tunedMin, verifierArm } from './arms.ts';
import { experiment } from './experiment.ts';
import { creditOf, firstBelow, languageArms, languageTenth, languageVerifier } from './language.ts';
import { episodeText, outcomeOf } from './outcome.ts';
import { paper } from './paper.ts';
import { planScore } from './runs.ts';
import { type Arm, trainPolicy } from './train.ts';

const quiet = { signal: new AbortController().signal, progress: () => {} };
const training = { iterations: 60, groups: 8, groupSize: 8, whiten: true };

function train(arm: Arm, noAnswer: number | null, seed = 0) {
  return outcomeOf(trainPolicy(fillerChain({ noAnswer, scores: { plan: planScore } }), arm, training, seed, quiet));
}

describe('training in the filler chain', () => {
  it('starts from the same policy in every arm: 0.404 by hand', () => {
    // Three times computing rather than answering, e / (e + e^-1.5), all right; the horizon hardly ever cuts.
    const start = (Math.exp(1) / (Math.exp(1) + Math.exp(-1.5))) ** 3 * 0.8 ** 3;
    for (const arm of armsOf('unscored')) {
      const { accuracy } = trainPolicy(fillerChain(), arm, { ...training, iterations: 1 }, 0, quiet);
      expect(accuracy[0]).toBeCloseTo(start, 3);
    }
  });

  it('collapses under the sum and reaches the ceiling on answers', () => {
    const sum = train(sumArms[0], null);
    expect(sum).toMatchObject({ collapsed: true });
    expect(sum.plans.at(-1)).toBeGreaterThan(20);
    expect(sum.episodes.end).toMatch(/^plan \(0\.8\) × 24: cut off without an answer$/);
    const answers = train(verifierArm, null);
    expect(answers.final).toBeGreaterThan(0.49);
    expect(answers.final).toBeLessThanOrEqual(0.8 ** 3);
    expect(answers.process).toBeNull();
  });

  it('does not collapse under the minimum once a missing answer is scored', () => {
    expect(train(minArm, -0.8)).toMatchObject({ collapsed: false, onset: null });
  });

  it('stays at the first policy under a heavy divergence weight', () => {
    const { accuracy } = train({ ...tunedMin.scored, kl: 1e4, learningRate: 0.01 }, -0.8);
    expect(Math.abs(accuracy[60] - accuracy[0])).toBeLessThan(0.02);
  });

  it('is determined by its seed', () => {
    expect(train(minArm, null, 3)).toEqual(train(minArm, null, 3));
    expect(train(minArm, null, 3)).not.toEqual(train(minArm, null, 4));
  });
});

describe('episodeText', () => {
  it('counts equal steps in a row and says how it ended', () => {
    const script = [0, 0, 1, 2];
    let at = 0;
    const episode = fillerEpisode(fillerChain({ computations: 1, accuracy: 1 }), () => script[at++], new Random(0));
    expect(episodeText(episode)).toBe('plan (0.8) × 2 → compute (0.6) → answer (0.9): correct');
  });
});

describe('firstBelow', () => {
  it('takes two measurements in a row', () => {
    expect(firstBelow([0.4, 0.3, 0.4, 0.3, 0.2, 0.5], 0.32)).toBe(3);
    expect(firstBelow([0.4, 0.4, 0.3], 0.32)).toBeNull();
  });
});

describe('creditOf', () => {
  const task = chainTask.parse({ operations: 2, plan: 0.3, room: 36 });
  const family = familyOf(task);
  const size = { vocabulary: family.tokenizer.size, context: contextOf(task), width: 8, layers: 1, heads: 2 };
  const shape = { ...size, outputs: ['step'] };
  const scorer = new StepScorer(new Gpt(shape, new Random(0, 'scorer')), 'probability');
  const [problem] = trainProblems(task, 1, new Random(0, 'problem'));
  const response = (lines: string[]) => {
    const tokens = encodeResponse(family.tokenizer, lines);
    return {
      problem,
      prompt: Int32Array.from(family.tokenizer.encode(problem.prompt)),
      response: Int32Array.from(tokens),
      logProbs: new Float32Array(tokens.length),
      ended: true,
    };
  };
  const group = [response(family.solve(problem)), response(['A1'])];
  const credit = (arm: (typeof languageArms)[number]) =>
    creditOf([group], [[1, 0]], arm, scorer, task, new Random(0, 'known'));

  it('is the leave-one-out outcome for answers alone', () => {
    const { advantages, lines, process } = credit(languageVerifier);
    expect(advantages.map((row) => [...new Set(row)])).toEqual([[1], [-1]]);
    expect(process).toBe(0);
    expect(lines).toBe((family.solve(problem).length + 1) / 2);
  });

  it('adds the outcome to the process part where the answer is known', () => {
    const [without, withAnswers] = [0, 1].map((answers) => credit({ ...languageTenth, answers }).advantages);
    withAnswers.forEach((row, i) => {
      row.forEach((value, t) => {
        expect(value - without[i][t]).toBeCloseTo(i === 0 ? 1 : -1, 9);
      });
    });
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
  });

  it('shows the hack', () => {
    expect(report.figures.map(({ id }) => id)).toEqual([
      'accuracy',
      'hack',
      'arms',
      'plan-score',
      'language',
      'rollouts',
    ]);
    const arms = report.figures.find(({ id }) => id === 'arms');
    if (arms?.kind !== 'table') throw new Error('arms must be a table');
    const chain = arms.rows.filter(({ variant }) => variant !== 'language model');
    expect(chain).toHaveLength(2 * armsOf('unscored').length);
    for (const { accuracy } of chain) {
      expect(accuracy).toBeGreaterThanOrEqual(0);
      expect(accuracy).toBeLessThanOrEqual(0.8 ** 3);
    }
    // In forty iterations the sum has fallen and the minimum has not.
    expect(report.claims['hack-is-postponed']?.ours.value).toBeGreaterThan(5);
  });

  it('trains every arm of the language model on its own process reward model, and shows what it writes', () => {
    expect(report.artifacts.map(({ name }) => name)).toEqual(['lab/base', 'pure/line-scorer']);
    const arms = report.figures.find(({ id }) => id === 'arms');
    const rows = arms?.kind === 'table' ? arms.rows.filter(({ variant }) => variant === 'language model') : [];
    expect(rows.map(({ arm }) => arm)).toEqual(languageArms.map(({ name }) => name));
    const rollouts = report.figures.find(({ id }) => id === 'rollouts');
    const [first] = rollouts?.kind === 'text' ? rollouts.items : [];
    expect(first.label).toMatch(/^Language model, sum, before training: .*=\?$/);
    // Every line with a reward and a verdict, and what the answer was worth.
    expect(first.text).toMatch(/^(.+ [+−]\d\.\d\d {2}(right|wrong|neutral): .+\n)+→ (right|wrong|cut off)/);
  });

  it('leaves the language model out when told, with the same trials in the chain', () => {
    const trials = experiment.trials(planOf(experiment, { profile: 'smoke', params: { languageSeeds: 0 } }));
    const all = experiment.trials(planOf(experiment, { profile: 'smoke' }));
    expect(trials).toEqual(all.filter(({ config }) => config.part === 'chain'));
    expect(all.length - trials.length).toBe(languageArms.length);
  });

  it('summarises a single trial, and repeats a trial exactly', async () => {
    const trials = experiment
      .trials(planOf(experiment, { profile: 'smoke' }))
      .filter(({ config }) => config.part === 'chain');
    const task: Task = { kind: 'trial', slug: 'pure', trial: trials[0], inputs: [] };
    const hooks = { progress: () => {}, point: () => {} };
    const once = await runTask(experiment, task, hooks, quiet.signal);
    expect(await runTask(experiment, task, hooks, quiet.signal)).toEqual(once);
    const single = { ...experiment, trials: () => trials.slice(0, 1) };
    const one = await runExperiment(single, { profile: 'smoke' }, { executor: inlineExecutor(single) });
    for (const claim of Object.values(one.claims)) expect(claim?.verdict).toBe('inconclusive');
    expect(one.figures).toHaveLength(5);
  });
});
