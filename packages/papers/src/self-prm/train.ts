import type { Gpt } from '@laurel/core/nn';
import type { TrialContext } from '@laurel/core/paper';
import { answerReward, grpo, isCorrect, promptsOf, sft } from '@laurel/core/policy';
import { Random } from '@laurel/core/stats';
import { family, jointExamples, tokenizer, trainProblems } from './language.ts';

export const arms = ['outcome reward', 'random reward', 'more demonstrations'] as const;
export type Arm = (typeof arms)[number];

export interface Training {
  difficulties: readonly number[];
  iterations: number;
  prompts: number;
  samples: number;
  learningRate: number;
  sftRate: number;
}

const WARM_UP = 10;
/** Examples of a step of supervised training. */
const BATCH = 64;

/** Trains the policy in place and calls `after` with the number of iterations done. */
export function train(
  policy: Gpt,
  arm: Arm,
  { difficulties, iterations, prompts, samples, learningRate, sftRate }: Training,
  seed: number,
  after: (iterations: number) => void,
  { signal }: Pick<TrialContext, 'signal'>,
): void {
  const random = new Random(seed, 'self-prm');
  if (arm === 'more demonstrations') {
    // As many responses as an iteration learns from, and as long ones.
    const each = Math.max(1, Math.round((prompts * samples) / BATCH));
    const steps = iterations * each;
    const examples = jointExamples(difficulties, steps * BATCH, random.split('demonstrations'));
    const optimiser = { learningRate: sftRate, maxGradientNorm: 1 };
    for (const { iteration } of sft(policy, examples, {
      random: random.split('order'),
      steps,
      batch: BATCH,
      optimiser,
    })) {
      signal.throwIfAborted();
      if ((iteration + 1) % each === 0) after((iteration + 1) / each);
    }
    return;
  }
  const verified = answerReward(family);
  const coins = random.split('coins');
  const loop = grpo(policy, {
    variant: 'dapo',
    random: random.split('loop'),
    iterations,
    prompts: (iteration, draw) =>
      promptsOf(family, trainProblems(difficulties, prompts, random.split('problems', iteration, draw))),
    sampling: {
      n: samples,
      maxTokens: family.maxSolutionTokens(Math.max(...difficulties)),
      stop: [tokenizer.eos],
    },
    reward: (rollouts) => (arm === 'outcome reward' ? verified(rollouts) : rollouts.map(() => Number(coins.bool(0.5)))),
    correct: (rollout) => isCorrect(family, rollout),
    optimiser: { learningRate: (step) => learningRate * Math.min(1, (step + 1) / WARM_UP), maxGradientNorm: 1 },
  });
  for (const { iteration } of loop) {
    signal.throwIfAborted();
    after(iteration + 1);
  }
}
