import { defineExperiment } from '@laurel/core/paper';
import { z } from 'zod';
import { figures } from './figures.ts';
import { paper } from './paper.ts';
import { preferenceData } from './preferences.ts';
import { taskFields } from './task.ts';
import { type Arm, needsOf, runArm, type Setup } from './trial.ts';
import { coherenceIsJudged, plansHardToJudge, proseUnneeded } from './verdicts.ts';
import { controlViews, paperViews } from './views.ts';

const params = z.object({
  ...taskFields,
  width: z.int().min(16).default(32).describe('Width of a scorer'),
  layers: z.int().min(1).max(4).default(2).describe('Layers of a scorer'),
  testProblems: z.int().min(10).default(600).describe('Problems to search on'),
  candidates: z.int().min(2).default(5).describe('Candidates of a step, the c of the paper'),
  controlSeeds: z
    .int()
    .min(0)
    .default(3)
    .describe('Seeds at which further views, wider searches and a stronger policy are tried'),
});

export const experiment = defineExperiment({
  paper,
  evidence: 'simulated',
  description: `Problems of five single-digit quantities, stated in shuffled order, of which three must be computed one from
another (modulo 10). A step is a sentence, from a grammar of some hundred wordings, that says what to compute, and the formula that
does it. A scripted agent thinks (wrong three times in ten: another operation, another operand, a quantity whose turn has
not come), a scripted world executes (wrong one time in twelve). Trees grown by Monte-Carlo search give 16,000 pairs of sibling
steps. Tiny GPTs learn from the same pairs, each seeing other fields, and each guides greedy search with five candidates on 600
unseen problems. Candidates depend on state and seed alone, so guides that choose alike meet the same candidates. Controls show what the
four views leave open: thoughts without formulas, formulas in random order, the problem with the newest formula.`,
  departures: [
    'Agent and world are scripts that err at given rates, not language models: tiny GPTs trained on these problems needed more than the whole budget to learn to look quantities up (width 48, two layers: after 800 steps on whole solutions, about 90 s, 2% of thoughts and a third of the formulas were right). Their errors are independent of each other, where a model’s would repeat.',
    'The world errs as often in guided search as in the trees; the paper executes at temperature 0.',
    'The problem is shown to scorers by quoting, before each step, the statement of the quantity that the step is about, the same in every view that has the problem. The view of the newest formula has no problem, as in the paper’s formula for it; a control adds it.',
    'Of the thoughts only the newest is shown, in the full view and in that of the next thought; the paper shows all. Scorers read the newest step first, and the thought after all formulas, so that formulas stand at the same places whether thoughts are shown or not. Signs of equality are left out.',
    'Scorers are trained from scratch on equal numbers of pairs, one pass over 16,000, rather than fine-tuned from a language model for two passes: in one trial, on an earlier layout, a base trained on solutions first made the scorer of formulas worse. Width 32 with two layers in place of 64, so that all fits a few minutes. The learning rate is 3e-3 for every view and was not tuned on the final layout: so no view has had its own best chance, least of all those with sentences.',
    'Trees have 60 iterations and four children, and pairs differ by more than 0.5 rather than 0.7: with so few visits a larger gap leaves too little. Only siblings are compared.',
    'Controls, wider searches and the stronger policy (half the errors in its thoughts) are tried on three seeds. The paper’s comparison of pre-trained bases has no counterpart here.',
  ],
  params,
  profiles: {
    smoke: {
      seeds: 2,
      params: { problems: 24, iterations: 16, pairs: 128, width: 16, layers: 1, testProblems: 24, controlSeeds: 1 },
    },
    quick: { seeds: 2, params: { problems: 400, pairs: 6000, testProblems: 300, controlSeeds: 0 } },
    full: { seeds: 6 },
  },
  artifacts: [preferenceData],
  trials: ({ params: { width, layers, testProblems, candidates, controlSeeds, ...task }, seeds }) =>
    seeds.flatMap((seed, i) => {
      const extra = i < controlSeeds;
      const arms: Arm[] = [...paperViews, ...(extra ? controlViews : []), 'unguided', 'checker'];
      return arms.map((arm) => {
        const more = extra && (arm === 'mathOnly' || arm === 'unguided');
        const setup: Setup = { arm, task, model: { width, layers }, testProblems, candidates, more };
        return { config: { ...setup, seed }, seed, label: `${arm}, seed ${seed}` };
      });
    }),
  needs: ({ seed, ...setup }) => needsOf(setup, seed),
  runTrial: ({ config: { seed, ...setup } }, context) => runArm(setup, seed, context),
  summarise: (finished, { params: { candidates } }) => {
    const prose = proseUnneeded(finished);
    const coherence = coherenceIsJudged(finished);
    const plans = plansHardToJudge(finished);
    return {
      claims: {
        ...(prose && { 'prose-unneeded': prose }),
        ...(coherence && { 'coherence-is-judged': coherence }),
        ...(plans && { 'plans-hard-to-judge': plans }),
      },
      figures: figures(finished, candidates),
    };
  },
});
