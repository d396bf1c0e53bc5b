import type { Gpt } from '../../nn/index.ts';
import type { FitOptions, FitReport } from './fit.ts';
import { sigmoid, softplus } from './logistic.ts';
import { asScorer, fitScalars, isScorer, readPositions, type StepPositions } from './scalar-fit.ts';

/** How a scorer's output becomes its score: a chance in (0, 1), or the output itself. */
export type ScoreScale = 'probability' | 'raw';

/** A tiny GPT with a scalar output that is read where steps end: a process reward model. Owns nothing to dispose of. */
export class StepScorer {
  /** Its only output is `step`. */
  readonly gpt: Gpt;
  readonly scale: ScoreScale;

  /** @throws RangeError when the model's only output is not `step` (`withOutputs(['step'])`) */
  constructor(gpt: Gpt, scale: ScoreScale) {
    if (!isScorer(gpt)) {
      throw new RangeError(`gpt.shape.outputs must be ['step'], got [${(gpt.shape.outputs ?? []).join(', ')}]`);
    }
    this.gpt = gpt;
    this.scale = scale;
  }

  /**
   * Scores of prefixes, all sequences in one go.
   *
   * @returns for each sequence the scores at its positions
   * @throws RangeError for a sequence longer than the model's context, or a position outside its sequence
   * @example
   * const [scores] = scorer.score([{ tokens: [...prompt, ...response], positions: [16, 22, 25] }]);
   */
  score(sequences: readonly StepPositions[]): Float64Array[] {
    const values = readPositions(this.gpt, sequences);
    return this.scale === 'raw' ? values : values.map((logits) => logits.map(sigmoid));
  }
}

/** Steps with the scores they should get. */
export interface StepTargets extends StepPositions {
  /** One a position: in [0, 1] for classification, where shares count as soft labels; any finite number for regression. */
  readonly targets: ArrayLike<number>;
  /** What each position counts, at least 0 and one of them positive; 1 unless told. Evens out rare labels. */
  readonly weights?: ArrayLike<number>;
}

export interface StepScorerOptions extends FitOptions {
  /** Where the scorer begins, and not changed: a policy (a fresh output is put on it), or a scorer to train on. */
  gpt: Gpt;
  examples: readonly StepTargets[];
  /** `classification`: cross-entropy of a logistic output. `regression`: squared error of the output itself. */
  loss: 'classification' | 'regression';
  /** Held-out examples: the parameters of the epoch with the least loss on them are kept. */
  validation?: readonly StepTargets[];
  /** Trains the output's weights alone, on features computed once; false unless told. */
  freezeBackbone?: boolean;
}

export interface TrainedScorer {
  readonly scorer: StepScorer;
  readonly report: FitReport;
}

/**
 * Trains a process reward model: a score at the end of each step. With `classification`, and the share of completions
 * that came out right as targets, it is a value of prefixes (Wang et al. 2023, arXiv 2312.08935; Setlur et al. 2024,
 * arXiv 2410.08146); with `regression` it fits tree scores (Wang et al. 2025, arXiv 2503.13551). Losses are averaged over
 * all positions of a minibatch. The two stages of PURE (Cheng et al. 2025, arXiv 2504.15275), output first and then
 * everything, are two calls: the second begins with the first one's `scorer.gpt`.
 *
 * @throws RangeError for targets, weights or positions that cannot be, naming them, and as `GptTrainer` for its options
 * @example
 * const { scorer } = trainStepScorer({
 *   gpt: policy, loss: 'classification', learningRate: 1e-3, epochs: 4, seed: 0,
 *   examples: [{ tokens: [4, 7, 3, 5, 2], positions: [2, 4], targets: [1, 0] }],
 * });
 * scorer.score([{ tokens: [4, 7, 3], positions: [2] }]); // [[above 0.5]]
 */
export function trainStepScorer(options: StepScorerOptions): TrainedScorer {
  const { examples, loss, validation, freezeBackbone = false } = options;
  const gpt = asScorer(options.gpt);
  const ours = new StepLoss('examples', examples, loss);
  const held = validation && new StepLoss('validation', validation, loss);
  const report = fitScalars(
    {
      gpt,
      examples,
      loss: ours,
      freezeBackbone,
      validation: held ? { examples: held.examples, measure: (values) => ({ loss: held.mean(values) }) } : null,
    },
    options,
  );
  return { scorer: new StepScorer(gpt, loss === 'classification' ? 'probability' : 'raw'), report };
}

/** Cross-entropy or squared error at every position. */
class StepLoss {
  readonly together = 1;
  readonly examples: readonly StepTargets[];
  readonly #kind: StepScorerOptions['loss'];
  readonly #terms: Float64Array;

  constructor(name: string, examples: readonly StepTargets[], kind: StepScorerOptions['loss']) {
    examples.forEach((example, i) => {
      assertTargets(`${name}[${i}]`, example, kind);
    });
    this.examples = examples;
    this.#kind = kind;
    this.#terms = Float64Array.from(examples, ({ targets, weights }) => {
      if (weights === undefined) return targets.length;
      let sum = 0;
      for (let p = 0; p < weights.length; p++) sum += weights[p];
      return sum;
    });
  }

  terms(i: number): number {
    return this.#terms[i];
  }

  at(i: number, [values]: readonly Float64Array[]): { loss: number; slopes: readonly Float64Array[] } {
    const { targets, weights } = this.examples[i];
    let loss = 0;
    const slopes = values.map((value, p) => {
      const weight = weights === undefined ? 1 : weights[p];
      if (this.#kind === 'classification') {
        loss += weight * (softplus(value) - targets[p] * value);
        return weight * (sigmoid(value) - targets[p]);
      }
      loss += weight * (value - targets[p]) ** 2;
      return 2 * weight * (value - targets[p]);
    });
    return { loss, slopes: [slopes] };
  }

  mean(values: readonly Float64Array[]): number {
    let loss = 0;
    let terms = 0;
    values.forEach((ours, i) => {
      loss += this.at(i, [ours]).loss;
      terms += this.#terms[i];
    });
    return loss / terms;
  }
}

function assertTargets(name: string, example: StepTargets, kind: StepScorerOptions['loss']): void {
  const { positions, targets, weights } = example;
  if (targets.length !== positions.length) {
    throw new RangeError(`${name}.targets must hold one number a position, ${positions.length}, got ${targets.length}`);
  }
  for (let p = 0; p < targets.length; p++) {
    const fits = kind === 'regression' ? Number.isFinite(targets[p]) : targets[p] >= 0 && targets[p] <= 1;
    if (!fits) {
      const range = kind === 'regression' ? 'be finite' : 'lie in [0, 1]';
      throw new RangeError(`${name}.targets[${p}] must ${range}, got ${targets[p]}`);
    }
  }
  if (weights === undefined) return;
  if (weights.length !== positions.length) {
    throw new RangeError(`${name}.weights must hold one number a position, ${positions.length}, got ${weights.length}`);
  }
  let sum = 0;
  for (let p = 0; p < weights.length; p++) {
    if (!(weights[p] >= 0 && weights[p] < Infinity)) {
      throw new RangeError(`${name}.weights[${p}] must be at least 0 and finite, got ${weights[p]}`);
    }
    sum += weights[p];
  }
  if (sum === 0) throw new RangeError(`${name}.weights must not all be 0`);
}
