import { defineExperiment } from '@laurel/core/paper';
import { z } from 'zod';
import { figures } from './figures.ts';
import { paper } from './paper.ts';
import { policyOf, runTrial } from './trial.ts';
import { beatsPrm, fromCorrection, holdsUp } from './verdicts.ts';
import { walkPolicy, worlds } from './world.ts';

const params = z.object({
  width: z.int().min(16).max(128).multipleOf(16).default(32).describe('Width of the policy and the scorers'),
  steps: z.int().min(10).max(5000).default(500).describe('Steps of supervised training of a policy'),
  policies: z.int().min(1).max(32).default(2).describe('Policies of a world, shared out among the seeds'),
  paths: z
    .int()
    .min(8)
    .max(5000)
    .default(400)
    .describe('Rated solutions that HRM and the plain process model learn from'),
  problems: z.int().min(4).max(200).default(100).describe('Problems that are searched on'),
  candidates: z
    .array(z.int().min(1).max(64))
    .min(2)
    .default([1, 2, 4, 8, 16])
    .describe('Numbers of candidates for each line, rising'),
});

export const experiment = defineExperiment({
  paper,
  evidence: 'trained',
  description: `Chains of five moves, up, down or stay, modulo 10, written line by line by a tiny GPT (two layers) that has learned
to slip: in one world a quarter of the demonstrated lines have a wrong result and the next line repairs 60% of them; in the
control a tenth do and none is repaired, so that both lose the track as often. A checker rates every line of 400 solutions that
the policy samples; scorers that begin from the policy learn the ratings: a process model from single lines, HRM from single
lines and merged pairs of neighbours, a second process model from as many single lines of further solutions, an outcome model
from the answers. Each then picks the next line among N candidates, the same for all scorers, on 100 held-out problems.`,
  departures: [
    'Operands are all 1 (`3+1-1*1=?`). On the digits 0 to 9 a tiny scorer learned nothing from some thousand ratings: its AUROC stayed below 0.7 and every scorer fell with more candidates, so that no data set could have been better than another.',
    'The policy is trained to the end, so that its slips and repairs are those of the demonstrations, rather than stopped half-way at 45% accuracy; the chances of slips are set so that both worlds lose the track with probability 0.1 a line.',
    'Merged lines are marked by a token of their own in place of the line end between them. The authors mark where the current segment begins instead. Either mark is all that tells a merged example from the single line it ends with, since both carry the same text and the same label; at search time no scorer ever sees a pair.',
    'Each place of a solution has one rated line, the one the solution goes on with, where PRM800K has several candidates: a model reads all single lines of a solution in one pass, and the ratings saved pay for more solutions.',
    'The process model on a duplicated data set has no arm of its own: every scorer may make up to 16 passes, and the best by its loss on single lines of validation problems is kept.',
    'Trees labelled by answers, and their compression, are not trained on. In pilots a scorer needed the examples of some 300 trees, a minute of training for each arm, to reach an AUROC of 0.6 to 0.7. With a checker’s labels compression gives no example that merged pairs do not.',
    'Two chances of repair, 0.6 and none, in place of four; up to 16 candidates in place of 32; 100 problems in place of 300; six seeds, which share two policies a world. The intervals speak of new samples, scorers and problems, and less of new policies.',
    'No transfer to seven operations: a model with learned positions has never read a line that late.',
  ],
  params,
  profiles: {
    smoke: { seeds: 2, params: { width: 16, steps: 20, policies: 1, paths: 8, problems: 4, candidates: [1, 4] } },
    quick: { seeds: 2, params: { steps: 300, policies: 1, paths: 150, problems: 50, candidates: [1, 2, 4, 8] } },
    full: { seeds: 6 },
  },
  artifacts: [walkPolicy],
  trials: ({ params: { width, steps, policies, ...sizes }, seeds }) =>
    seeds.flatMap((seed) =>
      worlds.map((world) => ({
        config: { world, policy: { width, steps, seed: seed % policies }, ...sizes },
        seed,
        label: `${world}, seed ${seed}`,
      })),
    ),
  needs: (config) => [policyOf(config)],
  runTrial: ({ config, seed }, context) => runTrial(config, seed, context),
  summarise: (finished, { params: { candidates } }) => {
    const beats = beatsPrm(finished, candidates);
    const holds = holdsUp(finished, candidates);
    const correction = fromCorrection(finished, candidates);
    return {
      claims: {
        ...(beats && { 'beats-prm-at-large-n': beats }),
        ...(holds && { 'holds-up-as-n-grows': holds }),
        ...(correction && { 'gain-from-correction': correction }),
      },
      figures: figures(finished, candidates),
    };
  },
});
