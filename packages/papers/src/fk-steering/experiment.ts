import { defineExperiment } from '@laurel/core/paper';
import { z } from 'zod';
import {
  guidanceScale,
  guided,
  guidedSetting,
  hard,
  independentSettings,
  often,
  particleCounts,
  seldom,
  soft,
  steeredPotentials,
  steeredSetting,
  sweptCount,
  sweptLambdas,
} from './arms.ts';
import { figures } from './figures.ts';
import { makeRuler, measure, noises, type Row, type Ruler, type Setting } from './measure.ts';
import { measureMidway } from './midway.ts';
import { paper } from './paper.ts';
import { approachesTarget, beatsBestOfN, costsDiversity, midwayScoresInform } from './verdicts.ts';
import { makeWorld, type Task } from './world.ts';

const params = z.object({
  runs: z.int().min(2).max(5000).default(2000).describe('Runs of every setting in a world'),
  noise: z.enum(noises).default('stable-diffusion').describe('Noise schedule of the diffusion'),
});

interface Config {
  task: Task;
  /** What to run; null follows unsteered trajectories and scores them on the way. */
  settings: Setting[] | null;
  runs: number;
  noise: (typeof noises)[number];
}

export const experiment = defineExperiment({
  paper,
  evidence: 'exact',
  description: `A world where the diffusion model, the reward and the target are all known exactly: 25 Gaussians on a grid with
random weights, diffused in closed form, so that neither the denoiser nor the sampler has an error. A quadratic reward
pulls to a corner that the base model visits in at most one of fifty samples; a second reward is a checkerboard without a
gradient. Both tilted targets can be sampled exactly. FK steering (difference, max and sum potentials, looks as in the
authors’ image runs) meets the base model, best-of-n at equal samples, at equal calls and at equal reward calls,
importance sampling, and gradient guidance with a tuned scale. As a control the corner’s mode is taken out of the model.`,
  departures: [
    'Only the exact two-dimensional world; the tiny masked text diffusion model is a part still to come. Its figures for variety (distinct 3-grams) and for the rare attribute have their likeness here in distinct modes and in the corner; claims that need a text or image model are not judged.',
    'A step back is drawn from the exact conditional distribution, a mixture, not from a Gaussian around the denoised mean as in DDPM: the base model then is the mixture, whatever the number of steps. Transitions between two looks are merged into one for speed, which leaves the joint distribution at the looks as it is; costs are still counted as 100 model calls a sample. Gradient guidance runs all 100.',
    'The noise schedule is Stable Diffusion’s (a cosine schedule can be chosen), started from the exact distribution at its noisy end.',
    'Scores belong to the state after a transition, not before it as in the released pipelines; the denoiser call they need is the one the next transition makes anyway.',
    'Weights are carried as logarithms, the last potential of max and sum uses the reward itself, and resampling is systematic; the released class uses the running score and multinomial draws.',
    'The comparison with the target is at λ = 2, where it has several modes; that with best-of-n at λ = 10, the released default.',
    'Equal calls means model and reward calls together (a sample of best-of-n costs 101, an FK particle 105). Best-of-n with as many reward calls as FK, five times the samples, stands beside it; it matters where the reward is the cost.',
  ],
  params,
  profiles: {
    smoke: { seeds: 2, params: { runs: 30 } },
    quick: { seeds: 8, params: { runs: 400 } },
    full: { seeds: 20 },
  },
  trials: ({ params: { runs, noise }, seeds }) => {
    const steer = (potential: (typeof steeredPotentials)[number], lambda: number) =>
      particleCounts.map((k) => steeredSetting(potential, lambda, k));
    return seeds.flatMap((seed) => {
      const trial = (task: Task, what: string, settings: Setting[] | null) => {
        const config: Config = { task, settings, runs, noise };
        return { config, seed, label: `${task}, ${what}, seed ${seed}` };
      };
      return [
        ...[soft, hard].flatMap((lambda) => [
          trial('corner', `independent samples, λ = ${lambda}`, independentSettings(lambda)),
          ...steeredPotentials.map((potential) =>
            trial('corner', `${potential}, λ = ${lambda}`, steer(potential, lambda)),
          ),
          trial('corner', `guidance, λ = ${lambda}`, [guidedSetting(lambda)]),
        ]),
        ...sweptLambdas.map((lambda) =>
          trial(
            'corner',
            `all potentials, λ = ${lambda}`,
            steeredPotentials.map((potential) => steeredSetting(potential, lambda, sweptCount)),
          ),
        ),
        trial(
          'corner',
          'schedules',
          [often, seldom].map((every) => steeredSetting('difference', soft, sweptCount, every)),
        ),
        trial('checkerboard', 'independent samples', independentSettings(soft)),
        ...steeredPotentials.map((potential) => trial('checkerboard', potential, steer(potential, soft))),
        trial('absent', 'independent samples', independentSettings(hard)),
        ...steeredPotentials.map((potential) => trial('absent', potential, steer(potential, hard))),
        trial('absent', 'guidance', [guidedSetting(hard)]),
        trial('corner', 'scores on the way', null),
        trial('checkerboard', 'scores on the way', null),
      ];
    });
  },
  runTrial: async ({ config: { task, settings, runs, noise }, seed }, context) => {
    const world = makeWorld(task, seed);
    if (settings === null) return { rows: [], midway: measureMidway(world, noise, runs, seed) };
    const rulers = new Map<number, Ruler>();
    const rows: Row[] = [];
    for (const setting of settings) {
      const { arm, lambda, k } = setting;
      const scale = arm === guided ? guidanceScale.get(lambda) : undefined;
      const guidance = scale === undefined ? undefined : { gradient: world.gradient, scale: scale * lambda };
      const ruler = rulers.get(lambda) ?? makeRuler(world, lambda, runs, seed);
      rulers.set(lambda, ruler);
      const row = await measure({ world, noise, ...(guidance && { guidance }) }, setting, ruler, {
        runs,
        seed,
        signal: context.signal,
      });
      rows.push(row);
      context.progress(rows.length / settings.length, arm);
      context.point(arm, k, row.mmd);
    }
    return { rows, midway: [] };
  },
  summarise: (finished) => {
    const approaches = approachesTarget(finished);
    const beats = beatsBestOfN(finished);
    const costs = costsDiversity(finished);
    const informs = midwayScoresInform(finished);
    return {
      claims: {
        ...(approaches && { 'approaches-target': approaches }),
        ...(beats && { 'beats-best-of-n': beats }),
        ...(costs && { 'costs-diversity': costs }),
        ...(informs && { 'midway-scores-inform': informs }),
      },
      figures: figures(finished),
    };
  },
});
