import { inlineExecutor, type RunReport, runExperiment } from '@laurel/core/paper';
import { beforeAll, describe, expect, it } from 'vitest';
import { runChain } from './chain.ts';
import { experiment } from './experiment.ts';
import { paper } from './paper.ts';
import { refine } from './refine.ts';

const quiet = { signal: new AbortController().signal, progress: () => {} };

describe('the filler chain', () => {
  const long = { horizon: 24, iterations: 120 };

  it('raw scores are farmed at a weight at which clip-delta is not', () => {
    const raw = runChain({ refinement: 'raw', alpha: 0.1 }, long, 7, quiet);
    const both = runChain({ refinement: 'clip-delta', alpha: 0.1 }, long, 7, quiet);
    expect(raw.finalPlans).toBeGreaterThan(15);
    expect(raw.final).toBeLessThan(0.2);
    expect(both.final).toBeGreaterThan(0.45);
  });

  it('all rewards start from one policy, and a run is determined by its seed', () => {
    const verifier = runChain({ refinement: null, alpha: 0 }, long, 3, quiet);
    const clip = runChain({ refinement: 'clip', alpha: 0.5 }, long, 3, quiet);
    expect(clip.accuracy[0]).toBe(verifier.accuracy[0]);
    expect(runChain({ refinement: 'clip', alpha: 0.5 }, long, 3, quiet)).toEqual(clip);
    expect(runChain({ refinement: 'clip', alpha: 0.5 }, long, 4, quiet)).not.toEqual(clip);
  });
});

describe('refine', () => {
  it('bounds what added steps can earn: clip by nothing, delta and both by the first score', () => {
    const levels = { eta: 0.5, penalty: 0.5 };
    const total = (name: Parameters<typeof refine>[0], filler: number) =>
      refine(name, [0.75, ...new Array<number>(filler).fill(0.875), 1], levels).reduce((sum, r) => sum + r, 0);
    for (const filler of [0, 1, 9]) {
      expect(total('clip', filler)).toBe(0);
      expect(total('delta', filler)).toBe(0.75);
      expect(total('clip-delta', filler)).toBe(0);
      expect(total('normed', filler)).toBeLessThanOrEqual(1);
      expect(total('raw', filler)).toBe(1.75 + 0.875 * filler);
      expect(total('penalised', filler)).toBe(0.75 + 0.375 * filler);
    }
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
  });

  it('shows both worlds, the probe, and the reward models', () => {
    expect(report.figures.map(({ id }) => id)).toEqual([
      'language-accuracy',
      'language-lines',
      'language-arms',
      'chain-accuracy',
      'probe',
      'responses',
    ]);
    expect(report.artifacts.map(({ name }) => name)).toEqual(['lab/base', 'lab/process-model']);
  });

  it('in the probe, copies earn nothing from differences, whatever the scorer says', () => {
    const probe = report.figures.find(({ id }) => id === 'probe');
    if (probe?.kind !== 'plot' || probe.marks[0].mark !== 'line') throw new Error('the probe must be a plot of lines');
    const rows = probe.marks[0].data;
    expect(rows).toHaveLength(6 * 4);
    for (const { refinement, gain } of rows) {
      // Differences telescope to the first line's score, which the copies come after.
      if (refinement === 'delta' || refinement === 'clip-delta') expect(gain).toBeCloseTo(0, 6);
    }
  });
});

describe('an experiment without the language model', () => {
  it('judges by the chain alone, and one seed decides nothing', async () => {
    const params = { iterations: 0, horizons: [8], chainIterations: 10 };
    const chain = {
      ...experiment,
      trials: (plan: Parameters<typeof experiment.trials>[0]) =>
        experiment.trials(plan).filter(({ config }) => config.kind === 'chain'),
    };
    const one = await runExperiment(
      chain,
      { profile: 'smoke', seeds: 1, params },
      { executor: inlineExecutor(experiment) },
    );
    expect(Object.values(one.claims).map((claim) => claim?.verdict)).toEqual(new Array(4).fill('inconclusive'));
    expect(one.figures.map(({ id }) => id)).toEqual(['chain-accuracy', 'responses']);
  });
});
