import {
  type AnyExperiment,
  bar,
  defineArtifact,
  defineExperiment,
  definePaper,
  judgeAbove,
  plot,
} from '@laurel/core/paper';
import { bootstrap } from '@laurel/core/stats';
import { z } from 'zod';

/** Experiments that behave and misbehave, for the engine's tests and benchmarks. Task processes import this module too. */

const paper = definePaper({
  slug: 'sample',
  title: 'A sample of behaviours',
  name: 'Sample',
  arxiv: null,
  date: '2024-01',
  authors: ['A. Author'],
  venue: 'none',
  code: null,
  tags: ['test', 'engine'],
  rooms: ['stats'],
  summary: 'Trials that count, wait, throw, eat memory or never end, so that the engine can be seen to cope. '.repeat(
    3,
  ),
  method: [{ text: 'Do as the trial says.' }, { text: 'Say what happened.' }],
  pitfalls: ['It means nothing.'],
  claims: {
    'mean-positive': {
      statement: 'The mean of the results is positive',
      reported: 'qualitative',
      setting: 'test',
      baseline: null,
      test: 'experiment',
      judged: 'the interval lies above zero',
    },
  },
});

const shared = defineArtifact({
  name: 'shared',
  description: 'A number many trials add',
  params: z.object({ value: z.number() }),
  build: async ({ value }, context) => {
    context.progress(0.5, 'half');
    if (value < 0) throw new Error('value must not be negative');
    return { numbers: new Float64Array([value, value]) };
  },
  figures: ({ numbers }) => [
    plot({
      id: 'numbers',
      title: 'Numbers',
      caption: '',
      marks: [
        bar(
          [...numbers].map((y, x) => ({ x, y })),
          { x: 'x', y: 'y' },
        ),
      ],
    }),
  ],
});

const sample = defineExperiment({
  paper,
  evidence: 'exact',
  description: 'See the configuration.',
  params: z.object({
    trials: z.int().min(1).default(4).describe('Trials a seed'),
    milliseconds: z.number().min(0).default(0).describe('How long a trial waits'),
    behaviour: z.enum(['count', 'throw', 'hog', 'spin', 'nan']).default('count').describe('What trial 1 does'),
    share: z.number().default(0).describe('What the artifact holds; none when 0'),
    salt: z.string().default('').describe('Makes trials that are new to the cache'),
  }),
  profiles: {
    smoke: { seeds: 1 },
    quick: { seeds: 1, params: { trials: 8 } },
    full: { seeds: 2, params: { trials: 8 } },
  },
  artifacts: [shared],
  trials: ({ params: { trials, ...config }, seeds }) =>
    seeds.flatMap((seed) =>
      Array.from({ length: trials }, (_, index) => ({
        config: { ...config, index },
        seed,
        label: `trial ${seed}.${index}`,
      })),
    ),
  needs: ({ share }) => (share === 0 ? [] : [shared.ref({ value: share })]),
  runTrial: async ({ config, seed }, context) => {
    const { index, milliseconds, behaviour, share } = config;
    if (index === 1 && behaviour === 'throw') throw new Error('trial 1 throws');
    if (index === 1 && behaviour === 'nan') return { value: Number.NaN };
    if (index === 1 && behaviour === 'hog') {
      const hoard: string[][] = [];
      for (;;) hoard.push(Array.from({ length: 100_000 }, (_, i) => `${hoard.length}-${i}`));
    }
    if (index === 1 && behaviour === 'spin') for (;;) context.progress(0.5);
    for (let waited = 0; waited < milliseconds; waited += 20) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(20, milliseconds - waited)));
      context.progress(waited / milliseconds, 'waiting');
      context.point('waited', waited, index);
    }
    const added = share === 0 ? 0 : (await context.artifact(shared.ref({ value: share }))).numbers[0];
    return { value: seed + index + added };
  },
  summarise: (finished) => {
    const ours = bootstrap(finished.map(({ result }) => result.value));
    const rows = finished.map(({ config, result }) => ({ index: config.index, value: result.value }));
    return {
      claims: { 'mean-positive': { verdict: judgeAbove(ours), ours, measure: 'mean', because: 'of the numbers' } },
      figures: [plot({ id: 'values', title: 'Values', caption: '', marks: [bar(rows, { x: 'index', y: 'value' })] })],
    };
  },
});

export const runnable = ['sample'];

export async function loadExperiment(slug: string): Promise<AnyExperiment> {
  if (slug !== 'sample') throw new RangeError(`no experiment ${slug}`);
  return sample;
}
