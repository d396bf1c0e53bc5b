import { effectiveRewards } from '@laurel/core/credit';
import { type PlantedSequence, plantedPolicy, plantedSequence, plantedValues } from '@laurel/core/env';
import { Gpt, GptTrainer } from '@laurel/core/nn';
import { type LanguageExample, type LanguageRollout, policyUpdate, sampleRollouts, sft } from '@laurel/core/policy';
import { mean, Random } from '@laurel/core/stats';

/** One way to reward the tokens of a sequence. */
export interface PlantedArm {
  name: string;
  /** Strength of the prover; null for the outcome alone. */
  prover: number | null;
  /**
   * What the prover adds to the outcome at each token: its advantage there (the paper's method), its value, or its
   * advantages added up from there to the end.
   */
  use: 'advantage' | 'value' | 'accumulated';
  /** Completions behind each of the prover's values; null for the exact ones. */
  completions: number | null;
  alpha: number;
  learningRate: number;
  /** Weight of the policy's entropy, in nats a token. */
  entropy: number;
}

export interface PlantedTraining {
  iterations: number;
  /** Sequences an iteration. */
  batch: number;
  width: number;
}

export interface PlantedTrace {
  /** Share of successes in the batch of each iteration. */
  success: number[];
  /** Share of successes among 1,024 sequences before training. */
  before: number;
}

/** The base learns from the paper's 3,200 demonstrations of strength 5, 64 at a time, each once: 50 steps. */
const demonstrations = { strength: 5, count: 3200, batch: 64, learningRate: 0.01 };

/** Trains a tiny GPT to write the planted sequence. */
export function trainPlanted(
  arm: PlantedArm,
  { iterations, batch, width }: PlantedTraining,
  seed: number,
  context: { signal: AbortSignal; progress(fraction: number): void; point(series: string, x: number, y: number): void },
): PlantedTrace {
  const world = plantedSequence();
  const gpt = basePolicy(world, width, seed);
  const prompt = { tokens: [world.end], problem: null };
  const sampling = { maxTokens: world.horizon, stop: [world.end] };
  const random = new Random(seed, 'pav', 'planted');
  const sample = (n: number, stream: Random) => sampleRollouts(gpt, [prompt], { ...sampling, n }, stream)[0];
  const outcomesOf = (rollouts: readonly LanguageRollout[]) =>
    rollouts.map(({ response }) => Number(world.succeeds(response)));
  const before = mean(outcomesOf(sample(1024, random.split('before'))));
  const trainer = new GptTrainer(gpt, { learningRate: arm.learningRate, maxGradientNorm: 1 });
  const prover =
    arm.prover === null ? null : new NoisyProver(world, arm.prover, arm.completions, random.split('prover'));
  const success: number[] = [];
  for (let iteration = 0; iteration < iterations; iteration++) {
    context.signal.throwIfAborted();
    const rollouts = sample(batch, random.split('batch', iteration));
    const outcomes = outcomesOf(rollouts);
    success.push(mean(outcomes));
    const weights = rollouts.map((rollout, i) => tokenWeights(arm, prover, rollout, outcomes[i]));
    policyUpdate(
      trainer,
      { rollouts, advantages: lessMeanByPlace(weights) },
      { clip: null, average: 'constant', maxTokens: world.horizon, entropyWeight: arm.entropy },
      random,
    );
    if (iteration % 20 === 19) {
      context.progress(iteration / iterations);
      context.point('success', iteration + 1, mean(success.slice(-20)));
    }
  }
  return { success, before };
}

/** What each token's score function is multiplied by, before the baseline. */
function tokenWeights(
  { use, alpha }: PlantedArm,
  prover: NoisyProver | null,
  { response }: LanguageRollout,
  outcome: number,
): Float64Array {
  if (prover === null) return new Float64Array(response.length).fill(outcome);
  const values = prover.values(response);
  if (use === 'advantage') return effectiveRewards(outcome, values, alpha);
  const last = values[values.length - 1];
  return Float64Array.from(response, (_, h) => outcome + alpha * (use === 'value' ? values[h + 1] : last - values[h]));
}

/** Less the batch's mean at each place, the same baseline for every arm. */
function lessMeanByPlace(weights: readonly Float64Array[]): Float64Array[] {
  const sums: number[] = [];
  const counts: number[] = [];
  for (const row of weights) {
    row.forEach((weight, h) => {
      sums[h] = (sums[h] ?? 0) + weight;
      counts[h] = (counts[h] ?? 0) + 1;
    });
  }
  return weights.map((row) => row.map((weight, h) => weight - sums[h] / counts[h]));
}

/** A prover whose values are shares of successes among simulated completions, so binomial around the exact ones. */
export class NoisyProver {
  readonly #world: PlantedSequence;
  readonly #exact: Float64Array;
  readonly #completions: number | null;
  readonly #rng: Random;
  /** Distribution functions of the numbers of successes, by table place. */
  readonly #cumulative = new Map<number, Float64Array>();

  constructor(world: PlantedSequence, strength: number, completions: number | null, rng: Random) {
    this.#world = world;
    this.#exact = plantedValues(world, strength);
    this.#completions = completions;
    this.#rng = rng;
  }

  /** Before the first token and after each. */
  values(response: ArrayLike<number>): Float64Array {
    const { horizon, states, next } = this.#world;
    let state = 0;
    return Float64Array.from({ length: response.length + 1 }, (_, h) => {
      if (h > 0) state = next(state, response[h - 1]);
      return this.#draw((horizon - h) * states + state);
    });
  }

  #draw(place: number): number {
    const chance = this.#exact[place];
    if (this.#completions === null || chance === 0 || chance === 1) return chance;
    let cumulative = this.#cumulative.get(place);
    if (cumulative === undefined) {
      cumulative = binomialDistribution(this.#completions, chance);
      this.#cumulative.set(place, cumulative);
    }
    const u = this.#rng.uniform();
    let hits = 0;
    while (hits < this.#completions && cumulative[hits] <= u) hits++;
    return hits / this.#completions;
  }
}

/** P(at most k successes of n) for k = 0..n, for a chance within (0, 1). */
function binomialDistribution(n: number, chance: number): Float64Array {
  const cumulative = new Float64Array(n + 1);
  let logChoose = 0;
  let total = 0;
  for (let k = 0; k <= n; k++) {
    total += Math.exp(logChoose + k * Math.log(chance) + (n - k) * Math.log1p(-chance));
    cumulative[k] = total;
    logChoose += Math.log((n - k) / (k + 1));
  }
  return cumulative;
}

/** The tiny GPT that all arms of a seed begin with. */
function basePolicy(world: PlantedSequence, width: number, seed: number): Gpt {
  const { vocabulary, horizon } = world;
  const random = new Random(seed, 'pav', 'planted base');
  // The token that ends a sequence also stands in front of it: one of its own could be written as well, and means nothing.
  const shape = { vocabulary, context: horizon, width, layers: 1, heads: 2 };
  const gpt = new Gpt(shape, random.split('weights'));
  const { strength, count, batch, learningRate } = demonstrations;
  const rng = random.split('demonstrations');
  const examples = Array.from({ length: count }, () => demonstration(world, strength, rng));
  const learn = { random: random.split('order'), steps: count / batch, batch, optimiser: { learningRate } };
  for (const _ of sft(gpt, examples, learn));
  return gpt;
}

function demonstration(world: PlantedSequence, strength: number, rng: Random): LanguageExample {
  const response: number[] = [];
  for (let state = 0; response.length < world.horizon && response.at(-1) !== world.end; ) {
    const token = rng.categorical(plantedPolicy(world, strength, state));
    response.push(token);
    state = world.next(state, token);
  }
  return { prompt: [world.end], response };
}
