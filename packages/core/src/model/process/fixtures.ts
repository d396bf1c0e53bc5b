import {
  chainMod,
  decodeResponse,
  encodeResponse,
  type LineSpan,
  lineSpans,
  type Problem,
  responseLines,
} from '../../env/index.ts';
import { Gpt, GptTrainer, sampleGpt } from '../../nn/index.ts';
import { Random } from '../../stats/index.ts';

/** Chains that tests train on: modulo 5, so that a GPT of some thousand numbers learns the tables in a second. */
export const family = chainMod({ modulus: 5, operands: [0, 4] });
export const { tokenizer } = family;
export const shape = { vocabulary: tokenizer.size, context: 32, width: 32, layers: 1, heads: 4 };

/** A response to a chain of two operations, with everything that is known of it. */
export interface Chain {
  problem: ReturnType<typeof family.sample>;
  prompt: Int32Array;
  response: Int32Array;
  /** Both. */
  tokens: Int32Array;
  from: number;
  steps: LineSpan[];
  /** Index of each line's last token in `tokens`. */
  positions: number[];
  /** Whether each line is right. */
  right: boolean[];
  /** Whether right lines after it lead to the right answer. */
  onTrack: boolean[];
  outcome: 0 | 1;
}

export function problems(count: number, seed: number) {
  return Array.from({ length: count }, (_, i) => family.sample(new Random(seed, 'problem', i), 2));
}

export function chainOf(problem: Chain['problem'], response: Int32Array): Chain {
  const prompt = tokenizer.encode(problem.prompt);
  const steps = lineSpans(tokenizer, response);
  const verdicts = family.checkLines(problem, responseLines(tokenizer, response));
  return {
    problem,
    prompt,
    response,
    tokens: Int32Array.of(...prompt, ...response),
    from: prompt.length,
    steps,
    positions: steps.map(({ end }) => prompt.length + end - 1),
    right: verdicts.map(({ verdict }) => verdict !== 'wrong'),
    onTrack: verdicts.map(({ onTrack }) => onTrack),
    outcome: isCorrect(problem, response) ? 1 : 0,
  };
}

export function isCorrect(problem: Problem, response: Int32Array): boolean {
  return family.checkAnswer(problem as Chain['problem'], decodeResponse(tokenizer, response)).correct;
}

/** Gold solutions with slips put in by chance. */
export function chains(count: number, seed: number, slip = 0.25): Chain[] {
  return problems(count, seed).map((problem, i) => {
    const lines = family.solveWithSlips(problem, { slip, fix: 0 }, new Random(seed, 'slips', i));
    return chainOf(problem, encodeResponse(tokenizer, lines));
  });
}

/** A GPT that has learned to write chains with slips in about every fourth line. */
export function slippingPolicy(): Gpt {
  const gpt = new Gpt(shape, new Random(0, 'policy'));
  const corpus = chains(4000, 100);
  const trainer = new GptTrainer(gpt, { learningRate: 5e-3, maxGradientNorm: 1 });
  const rng = new Random(0, 'corpus');
  for (let step = 0; step < 300; step++) {
    const batch = Array.from({ length: 64 }, () => rng.pick(corpus));
    const tokens = batch.reduce((sum, { response }) => sum + response.length, 0);
    trainer.step(batch, (readings) =>
      readings.map(({ logProbs }) => ({ logProbs: new Float32Array(logProbs.length).fill(-1 / tokens) })),
    );
  }
  return gpt;
}

/** `n` responses of the policy itself to each of `count` problems, one problem's after the other's. */
export function rollouts(gpt: Gpt, count: number, n: number, seed: number): Chain[] {
  const asked = problems(count, seed);
  const samples = sampleGpt(
    gpt,
    asked.map(({ prompt }) => tokenizer.encode(prompt)),
    { n, maxTokens: 20, stop: [tokenizer.eos], random: (i, j) => new Random(seed, 'rollout', i, j) },
  );
  return samples.flatMap((group, i) => group.map(({ tokens }) => chainOf(asked[i], tokens)));
}

/** AdamW settings under which one step moves by the gradient itself, times `MOVE`. */
export const plainDescent = { learningRate: 10, epsilon: 1000 };
const MOVE = plainDescent.learningRate / plainDescent.epsilon;

/** A GPT for gradients: small, and nothing in it is 0. */
export function shaken(seed: number, outputs: readonly string[] = []): Gpt {
  const rng = new Random(seed, 'shaken');
  const gpt = new Gpt({ vocabulary: 7, context: 12, width: 16, layers: 1, heads: 2, outputs }, rng);
  for (let i = 0; i < gpt.parameters.length; i++) gpt.parameters[i] += 0.1 * rng.normal();
  return gpt;
}

/** The slope of a loss along a direction, as one step of `plainDescent` from `before` to `after` and as differences show it. */
export function slopesAlong(before: Gpt, after: Gpt, lossOf: (gpt: Gpt) => number) {
  const gradient = after.parameters.map((x, i) => (before.parameters[i] - x) / MOVE);
  const size = Math.hypot(...gradient);
  const rng = new Random(3, 'direction');
  const random = gradient.map(() => rng.normal());
  const length = Math.hypot(...random);
  return [gradient.map((g) => g / size), random.map((x) => x / length)].map((direction) => {
    const at = (step: number) => {
      const moved = before.clone();
      direction.forEach((d, i) => {
        moved.parameters[i] += step * d;
      });
      return lossOf(moved);
    };
    return {
      ours: direction.reduce((sum, d, i) => sum + d * gradient[i], 0),
      measured: (at(0.02) - at(-0.02)) / 0.04,
      size,
    };
  });
}
