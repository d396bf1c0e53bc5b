import {
  bestOfKValues,
  clipDelta,
  leaveOneOutAdvantages,
  primeAdvantages,
  processAdvantages,
  pureAdvantages,
  type StepSpan,
  scaleByMaxReturn,
  spreadOverTokens,
} from '@laurel/core/credit';
import { OnlineImplicitPrm } from '@laurel/core/model';
import type { Gpt } from '@laurel/core/nn';
import { type LanguageRollout, sequenceOf } from '@laurel/core/policy';
import { stepsOf } from '../lab/process-model.ts';
import type { ChainTask } from '../lab/task.ts';
import type { Arm } from './forms.ts';
import type { Scorers } from './scorers.ts';

type Groups = readonly (readonly LanguageRollout[])[];

/** What the papers take: PAV's prover is the best of four, PURE's temperature is 0.1. */
const PROVER = 4;
const TEMPERATURE = 0.1;

/** Credit of one arm: advantages for each token, and what the form itself makes of each response. */
export interface ArmCredit {
  advantages: Float64Array[][];
  /** Mean over responses of what the form rewards, in its own units; null where there is no process stream. */
  score: number | null;
}

/**
 * Makes the credit of an arm: a function from groups of rollouts with their verified outcomes to advantages. The process
 * stream has its own leave-one-out baseline, and is added to the outcome's.
 */
export function creditOf(
  { form, verified, weight }: Arm,
  { model, hierarchical, attributed, eta }: Scorers,
  base: Gpt,
  { task, learningRate }: { task: ChainTask; learningRate: number },
): (groups: Groups, outcomes: readonly Float64Array[]) => ArmCredit {
  const positionsOf = (rollout: LanguageRollout, steps: readonly StepSpan[]) => ({
    tokens: sequenceOf(rollout).tokens,
    positions: steps.map(({ end }) => rollout.prompt.length + end - 1),
  });
  /** Step scores turned into step rewards, then into advantages by PURE's sum, mean or minimum. */
  const stepped =
    (
      score: (groups: Groups, spans: readonly (readonly StepSpan[])[]) => Float64Array[],
      refine: (scores: Float64Array) => ArrayLike<number>,
      how: 'sum' | 'mean' | 'min',
    ) =>
    (groups: Groups): ArmCredit => {
      const spans = groups.flat().map(({ response }) => stepsOf(task, response));
      const rewards = score(groups, spans).map(refine);
      let at = 0;
      const advantages = groups.map((group) => {
        const scored = group.map(({ response }) => {
          const i = at++;
          return { tokens: response.length, steps: spans[i], stepRewards: rewards[i] };
        });
        return pureAdvantages(scored, { form: how, temperature: TEMPERATURE, maxTokens: task.room });
      });
      const worth = rewards.map((list) => {
        const values = Array.from(list);
        if (how === 'min') return Math.min(...values);
        const sum = values.reduce((total, x) => total + x, 0);
        return how === 'mean' ? sum / values.length : sum;
      });
      return { advantages, score: worth.reduce((total, x) => total + x, 0) / worth.length };
    };
  const scored = (groups: Groups) => model.lines(groups.flat());
  const stream = processStream();
  return (groups, outcomes) => {
    const { advantages, score } = stream(groups, outcomes);
    return {
      advantages: advantages.map((group, g) => {
        const verdict = verified ? leaveOneOutAdvantages(outcomes[g]) : new Float64Array(group.length);
        return group.map((tokens, i) => tokens.map((a) => weight * a + verdict[i]));
      }),
      score,
    };
  };

  function processStream(): (groups: Groups, outcomes: readonly Float64Array[]) => ArmCredit {
    const same = (scores: Float64Array) => scores;
    switch (form) {
      case 'verifier only':
        return (groups) => ({
          advantages: groups.map((group) => group.map(({ response }) => new Float64Array(response.length))),
          score: null,
        });
      case 'outcome model':
        return (groups) => {
          const scores = model.outcomes(groups.flat());
          let at = 0;
          const advantages = groups.map((group) => {
            const ours = leaveOneOutAdvantages(scores.subarray(at, at + group.length));
            at += group.length;
            return group.map(({ response }, i) => new Float64Array(response.length).fill(ours[i]));
          });
          return { advantages, score: scores.reduce((total, x) => total + x, 0) / scores.length };
        };
      case 'sum':
      case 'mean':
      case 'min':
        return stepped(scored, same, form);
      case 'clip':
        return stepped(scored, (g) => clipDelta(g, { eta, clip: true, delta: false }), 'sum');
      case 'delta':
        return stepped(scored, (g) => clipDelta(g, { eta, clip: false, delta: true }), 'sum');
      case 'clip and delta':
        return stepped(scored, (g) => clipDelta(g, { eta }), 'sum');
      case 'hierarchical':
        return stepped((groups) => model.lines(groups.flat(), hierarchical), same, 'min');
      case 'attributed':
        return stepped(
          (groups, spans) =>
            attributed.contributions(
              groups.flat().map((rollout, i) => {
                const { tokens, positions } = positionsOf(rollout, spans[i]);
                return { tokens, turnEnds: positions };
              }),
            ),
          same,
          'sum',
        );
      case 'progress':
        return (groups) => {
          const values = scored(groups).map((list) => bestOfKValues(list, PROVER));
          let total = 0;
          let at = 0;
          const advantages = groups.map((group) => {
            const ours = values.slice(at, at + group.length);
            at += group.length;
            // The value before the first step is the mean of those after it, which the group is a sample of.
            const start = ours.reduce((sum, list) => sum + list[0], 0) / group.length;
            return group.map(({ response }, i) => {
              const progress = processAdvantages([start, ...ours[i]]);
              total += progress.reduce((sum, x) => sum + x, 0);
              // Each step's own advantage alone: later ones would add up to a terminal reward.
              return spreadOverTokens(progress, stepsOf(task, response), response.length);
            });
          });
          return { advantages, score: total / values.length };
        };
      case 'implicit': {
        const prm = new OnlineImplicitPrm({ model: base.clone(), reference: base.clone(), learningRate });
        return (groups, outcomes) => {
          const { tokenRewards } = prm.update(
            groups.flat().map(sequenceOf),
            outcomes.flatMap((group) => [...group]),
          );
          const scaled = scaleByMaxReturn(tokenRewards);
          let at = 0;
          let total = 0;
          const advantages = groups.map((group) => {
            const ours = scaled.slice(at, at + group.length);
            at += group.length;
            for (const rewards of ours) total += rewards.reduce((sum, x) => sum + x, 0);
            return primeAdvantages(ours, new Float64Array(group.length), { scale: 'raw' });
          });
          return { advantages, score: total / at };
        };
      }
    }
  }
}
