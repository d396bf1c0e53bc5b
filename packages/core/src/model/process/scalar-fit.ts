import { adamW, type Gpt, type GptSequence, GptTrainer } from '../../nn/index.ts';
import { Adam } from '../../policy/index.ts';
import { type FitOptions, type FitReport, type FitTask, fit, type Measures } from './fit.ts';

/** Tokens, and the places after which a scorer's output is read: at place p it has read tokens 0 to p. */
export interface StepPositions {
  /** At most the model's context. */
  readonly tokens: ArrayLike<number>;
  /** At least one, in any order: usually the last token of each step, counted from the prompt's first. */
  readonly positions: ArrayLike<number>;
}

/** A loss on the outputs of neighbouring examples, with its slopes. */
export interface ScalarLoss {
  /** How many neighbours the loss looks at: 1, or 2 for pairs. */
  readonly together: number;
  /** What the loss of a group is divided by, together with the other groups of a minibatch. */
  terms(group: number): number;
  /** Loss of a group and its slope by each of its values. */
  at(group: number, values: readonly Float64Array[]): { loss: number; slopes: readonly Float64Array[] };
}

export interface ScalarTask<M extends Measures> {
  /** Its only output is trained, in place. */
  readonly gpt: Gpt;
  readonly examples: readonly StepPositions[];
  readonly loss: ScalarLoss;
  /** Whether the output's own weights are all that moves. */
  readonly freezeBackbone: boolean;
  readonly validation: {
    readonly examples: readonly StepPositions[];
    measure(values: readonly Float64Array[]): M;
  } | null;
  readonly criterion?: ((measures: M) => number) | undefined;
}

/** The name of a scorer's output. */
const OUTPUT = 'step';

/** A copy of the model that has one scalar output, its own if that is all it has: else a fresh one, 0 everywhere. */
export function asScorer(gpt: Gpt): Gpt {
  return isScorer(gpt) ? gpt.clone() : gpt.withOutputs([OUTPUT]);
}

export function isScorer({ shape: { outputs = [] } }: Gpt): boolean {
  return outputs.length === 1 && outputs[0] === OUTPUT;
}

/** The output at each example's positions. Throws RangeError naming the example and position that cannot be. */
export function readPositions(gpt: Gpt, examples: readonly StepPositions[]): Float64Array[] {
  assertPositions(examples);
  return gpt.read(examples.map(whole)).map(({ outputs: [values] }, i) => pick(values, examples[i].positions));
}

/** Fits the model's output to a loss: everything by backpropagation, or its last layer alone on fixed features. */
export function fitScalars<M extends Measures>(task: ScalarTask<M>, options: FitOptions<M>): FitReport<M> {
  assertPositions(task.examples);
  if (task.validation !== null) assertPositions(task.validation.examples);
  const { loss, criterion } = task;
  const moved = task.freezeBackbone ? onHead(task, options) : onAll(task, options);
  const report = fit({ ...moved, count: task.examples.length / loss.together, criterion }, options);
  moved.done();
  return report;
}

type Moved<M extends Measures> = Omit<FitTask<M>, 'count' | 'criterion'> & {
  /** Brings the model to the parameters that were fitted. */
  done(): void;
};

function onAll<M extends Measures>(task: ScalarTask<M>, options: FitOptions<M>): Moved<M> {
  const { gpt, examples, loss, validation } = task;
  const { together } = loss;
  const trainer = new GptTrainer(gpt, options);
  return {
    parameters: gpt.parameters,
    step: (groups) => {
      const batch = groups.flatMap((g) => examples.slice(g * together, (g + 1) * together));
      const terms = groups.reduce((sum, g) => sum + loss.terms(g), 0);
      let total = 0;
      trainer.step(
        batch.map(whole),
        (readings, first) => {
          const values = readings.map(({ outputs }, i) => pick(outputs[0], batch[first + i].positions));
          const { loss: ours, slopes } = loss.at(groups[first / together], values);
          total += ours;
          return readings.map((_, i) => ({ outputs: [spread(batch[first + i], slopes[i], terms)] }));
        },
        together,
      );
      return { loss: total, terms, tokens: batch.reduce((sum, { tokens }) => sum + tokens.length, 0) };
    },
    validate: validation && (() => validation.measure(readPositions(gpt, validation.examples))),
    done: () => {},
  };
}

/** The output is linear in the last layer's activations, which do not change while it alone is trained. */
function onHead<M extends Measures>(task: ScalarTask<M>, options: FitOptions<M>): Moved<M> {
  const { gpt, examples, loss, validation } = task;
  const { together } = loss;
  const { width } = gpt.shape;
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0, maxGradientNorm = Infinity } = options;
  // Checks the options as training of everything does, and knows the learning rate of each step.
  const { scalars } = adamW(options);
  const features = featuresOf(gpt, examples);
  const held = validation && featuresOf(gpt, validation.examples);
  // The output's weights and then its bias are the model's last parameters.
  const ours = gpt.parameters.subarray(gpt.parameters.length - width - 1);
  const head = Float64Array.from(ours);
  const gradient = new Float64Array(width + 1);
  const move = new Float64Array(width + 1);
  const adam = new Adam(width + 1, { learningRate: 1, beta1, beta2, epsilon });
  let steps = 0;
  const descend = () => {
    const [rate] = scalars(steps++);
    const factor = Math.min(1, maxGradientNorm / (Math.hypot(...gradient) + 1e-12));
    adam.descend(
      move.fill(0),
      gradient.map((g) => factor * g),
    );
    for (let c = 0; c <= width; c++) head[c] += rate * (move[c] - (c < width ? weightDecay * head[c] : 0));
  };
  return {
    parameters: head,
    step: (groups) => {
      const terms = groups.reduce((sum, g) => sum + loss.terms(g), 0);
      gradient.fill(0);
      let total = 0;
      let tokens = 0;
      for (const group of groups) {
        const rows = features.slice(group * together, (group + 1) * together);
        const { loss: own, slopes } = loss.at(
          group,
          rows.map((row) => applyHead(head, row)),
        );
        total += own;
        rows.forEach((row, i) => {
          tokens += examples[group * together + i].tokens.length;
          slopes[i].forEach((slope, p) => {
            for (let c = 0; c < width; c++) gradient[c] += (slope / terms) * row[p * width + c];
            gradient[width] += slope / terms;
          });
        });
      }
      descend();
      return { loss: total, terms, tokens };
    },
    validate: validation && held && (() => validation.measure(held.map((row) => applyHead(head, row)))),
    done: () => {
      ours.set(head);
    },
  };
}

/** The last layer's activations at each example's positions, [positions, width]. */
function featuresOf(gpt: Gpt, examples: readonly StepPositions[]): Float32Array[] {
  const { width } = gpt.shape;
  const features: Float32Array[] = [];
  // A few at a time, because activations at all tokens are many times more than are kept.
  for (let from = 0; from < examples.length; from += 256) {
    const some = examples.slice(from, from + 256);
    gpt.hidden(some.map(({ tokens }) => tokens)).forEach((states, i) => {
      const { positions } = some[i];
      const rows = new Float32Array(positions.length * width);
      for (let p = 0; p < positions.length; p++) {
        rows.set(states.subarray(positions[p] * width, (positions[p] + 1) * width), p * width);
      }
      features.push(rows);
    });
  }
  return features;
}

function applyHead(head: Float64Array, rows: Float32Array): Float64Array {
  const width = head.length - 1;
  return Float64Array.from({ length: rows.length / width }, (_, p) => {
    let sum = head[width];
    for (let c = 0; c < width; c++) sum += head[c] * rows[p * width + c];
    return sum;
  });
}

function whole({ tokens }: StepPositions): GptSequence {
  return { tokens, from: tokens.length };
}

function pick(values: ArrayLike<number>, positions: ArrayLike<number>): Float64Array {
  return Float64Array.from(positions, (p) => values[p]);
}

/** Slopes by the values at positions as slopes by the outputs at all tokens. */
function spread({ tokens, positions }: StepPositions, slopes: Float64Array, terms: number): Float64Array {
  const all = new Float64Array(tokens.length);
  slopes.forEach((slope, p) => {
    all[positions[p]] += slope / terms;
  });
  return all;
}

function assertPositions(examples: readonly StepPositions[]): void {
  for (const [i, { tokens, positions }] of examples.entries()) {
    if (positions.length === 0) throw new RangeError(`examples[${i}].positions must not be empty`);
    for (let p = 0; p < positions.length; p++) {
      if (!(Number.isInteger(positions[p]) && positions[p] >= 0 && positions[p] < tokens.length)) {
        throw new RangeError(
          `examples[${i}].positions[${p}] must be a whole number from 0 to ${tokens.length - 1}, got ${positions[p]}`,
        );
      }
    }
  }
}
