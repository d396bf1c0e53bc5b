import type { Gpt } from '../../nn/index.ts';
import type { FitOptions, FitReport, Measures } from './fit.ts';
import { sigmoid, softplus } from './logistic.ts';
import { outcomeScores } from './outcome-model.ts';
import { asScorer, fitScalars } from './scalar-fit.ts';
import { StepScorer } from './step-scorer.ts';

/** Two states as token sequences, scored at their last tokens. */
export interface RankedPair {
  readonly better: ArrayLike<number>;
  readonly worse: ArrayLike<number>;
}

export interface RankMeasures extends Measures {
  /** Share of the pairs whose better state scores higher, in [0, 1]; ties count half. */
  readonly accuracy: number;
}

export interface RankScorerOptions extends FitOptions<RankMeasures> {
  /** Where the scorer begins, and not changed: a policy, a scorer, or a fresh model to train from scratch. */
  gpt: Gpt;
  pairs: readonly RankedPair[];
  validation?: readonly RankedPair[];
  /** What the kept epoch is best at on the validation pairs: `accuracy` unless told. */
  best?: 'accuracy' | 'loss';
  /** Trains the output's weights alone; false unless told. */
  freezeBackbone?: boolean;
}

/**
 * Trains a step-level reward model on preferences between states: -log σ(V(better) - V(worse)), averaged over pairs (Ma
 * et al. 2024, arXiv 2412.15904; the loss of Bradley & Terry 1952). Its scores are raw, and mean something only
 * against each other. What the model may see of a state is decided by the tokens it is given.
 *
 * @throws RangeError for an empty sequence, and as `trainStepScorer`
 * @example
 * const { scorer, report } = trainRankScorer({ gpt: new Gpt(shape, rng), pairs, validation, learningRate: 1e-3, epochs: 8, seed: 0 });
 * report.epochs[report.best].validation?.accuracy;
 */
export function trainRankScorer(options: RankScorerOptions): {
  scorer: StepScorer;
  report: FitReport<RankMeasures>;
} {
  const { pairs, validation, best = 'accuracy', freezeBackbone = false } = options;
  const gpt = asScorer(options.gpt);
  const report = fitScalars<RankMeasures>(
    {
      gpt,
      examples: pairs.flatMap(lastPositions),
      loss: {
        together: 2,
        terms: () => 1,
        at: (_, [[better], [worse]]) => {
          const { loss, slope } = rankLoss(better - worse);
          return { loss, slopes: [Float64Array.of(slope), Float64Array.of(-slope)] };
        },
      },
      freezeBackbone,
      validation: validation
        ? { examples: validation.flatMap(lastPositions), measure: (values) => measure(values.map(([value]) => value)) }
        : null,
      criterion: ({ loss, accuracy }) => (best === 'loss' ? loss : -accuracy),
    },
    options,
  );
  return { scorer: new StepScorer(gpt, 'raw'), report };
}

/** Accuracy and loss of a scorer on pairs. Throws RangeError for no pairs. @example rankMeasures(scorer, heldOut).accuracy */
export function rankMeasures(scorer: StepScorer, pairs: readonly RankedPair[]): RankMeasures {
  return measure(
    outcomeScores(
      scorer,
      pairs.flatMap(({ better, worse }) => [better, worse]),
    ),
  );
}

/** -log σ(margin) and its slope. */
function rankLoss(margin: number): { loss: number; slope: number } {
  return { loss: softplus(-margin), slope: -sigmoid(-margin) };
}

/** Of values that stand in pairs, the better one first. */
function measure(values: ArrayLike<number>): RankMeasures {
  const pairs = values.length / 2;
  if (pairs === 0) throw new RangeError('pairs must not be empty');
  let loss = 0;
  let right = 0;
  for (let i = 0; i < values.length; i += 2) {
    const margin = values[i] - values[i + 1];
    loss += rankLoss(margin).loss;
    right += margin > 0 ? 1 : margin === 0 ? 0.5 : 0;
  }
  return { loss: loss / pairs, accuracy: right / pairs };
}

function lastPositions({ better, worse }: RankedPair) {
  return [better, worse].map((tokens) => ({ tokens, positions: [tokens.length - 1] }));
}
