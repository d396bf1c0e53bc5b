import {
  type Activation,
  adamW,
  constant,
  div,
  greater,
  logSigmoid,
  mlp,
  mul,
  type NdArray,
  ndarray,
  neg,
  network,
  reshape,
  sub,
  sum,
  type Tensor,
  trainer,
  where,
} from '../nn/index.ts';
import { Random, RunningMoments } from '../stats/index.ts';

/** How an update went, before its step. */
export interface PreferenceFit {
  /** Mean of -log P(the winner wins) over the decided pairs; log 2 is chance. */
  loss: number;
  /** Share of the decided pairs in which the winner has the higher reward. */
  accuracy: number;
  /** How many pairs were decided. */
  pairs: number;
}

/** A reward learned from comparisons. Items are lists of steps, each a row of features; their reward is the sum. */
export interface PreferenceRewardModel {
  /**
   * One AdamW step on the mean logistic loss over the decided pairs.
   *
   * @param items features [n, steps, features], of the same shape at every call (each new shape is compiled)
   * @param wins n x n: 1 at (i, j) where item i beats item j, else 0, as a comparator's `comparePairs` gives them
   * @returns null when no pair is decided: there is nothing to learn then
   */
  update(items: NdArray, wins: Float32Array): PreferenceFit | null;
  /** As `update`, without learning: for pairs that were held out. */
  evaluate(items: NdArray, wins: Float32Array): PreferenceFit | null;
  /** Rewards of single steps [rows, features] -> [rows], normalised where the model was told to. */
  reward(rows: NdArray): Float32Array;
  /** Moves the normalisation to the model as it is now, on these steps [rows, features]. */
  calibrate(rows: NdArray): void;
  dispose(): void;
}

/**
 * A Bradley-Terry reward model (Bradley & Terry 1952; Christiano et al. 2017, arXiv 1706.03741): a multilayer perceptron
 * r_φ on the features of a step, P(a ≻ b) = σ(R(a) - R(b)) with R the sum over an item's steps.
 *
 * @param options.features how many features a step has
 * @param options.hidden widths of the hidden layers, 64 and 64 unless told
 * @param options.learningRate of AdamW, 1e-3 unless told
 * @param options.normalize whether `reward` subtracts the running mean and divides by the running deviation that
 *   `calibrate` measured: the scale of a learned reward means nothing and grows while it is trained. False unless told
 * @throws RangeError for sizes that are not positive whole numbers, or inputs that do not fit
 * @example
 * const model = preferenceRewardModel({ features: 2, seed: 0 });
 * const items = ndarray(Float32Array.of(0, 1, 1, 0), [2, 1, 2]); // two items of one step each
 * model.update(items, Float32Array.of(0, 1, 0, 0)); // the first beats the second
 * model.reward(ndarray(items.data, [2, 2])); // two numbers
 * model.dispose();
 */
export function preferenceRewardModel({
  features,
  seed,
  hidden = [64, 64],
  activation = 'relu',
  learningRate = 1e-3,
  normalize = false,
}: {
  features: number;
  seed: number;
  hidden?: readonly number[];
  activation?: Activation;
  learningRate?: number;
  normalize?: boolean;
}): PreferenceRewardModel {
  const body = mlp({ sizes: [features, ...hidden, 1], activation });
  const net = network(body.init(new Random(seed, 'preference model')));
  // The past fades: the model moves on while it is trained.
  const moments = new RunningMoments({ memory: 0.9 });

  const logistic = (params: Parameters<typeof body.apply>[0], { items, wins }: { items: Tensor; wins: Tensor }) => {
    const returns = sum(reshape(body.apply(params, items), [items.shape[0], items.shape[1]]), { axis: 1 });
    const margin = sub(reshape(returns, [-1, 1]), reshape(returns, [1, -1]));
    const pairs = sum(wins);
    return {
      loss: div(neg(sum(mul(wins, logSigmoid(margin)))), pairs),
      accuracy: div(sum(mul(wins, where(greater(margin, 0), constant(1), constant(0)))), pairs),
      pairs,
    };
  };
  const train = trainer(net, { optimiser: adamW({ learningRate }), loss: logistic });
  const test = net.compile(logistic);
  const score = net.compile((params, rows: Tensor) => reshape(body.apply(params, rows), [-1]));

  const inputsOf = (items: NdArray, wins: Float32Array) => {
    const [n, steps, width] = items.shape;
    if (items.shape.length !== 3 || width !== features || steps < 1) {
      throw new RangeError(`items must have shape [n, steps, ${features}], got [${items.shape.join(', ')}]`);
    }
    return { items, wins: ndarray(wins, [n, n]) };
  };
  const isDecided = (wins: Float32Array) => wins.some((win) => win > 0);
  const rewardsOf = (rows: NdArray): Float32Array => {
    if (rows.shape.length !== 2 || rows.shape[1] !== features) {
      throw new RangeError(`rows must have shape [rows, ${features}], got [${rows.shape.join(', ')}]`);
    }
    return score(rows).data;
  };
  return {
    update(items, wins) {
      const inputs = inputsOf(items, wins);
      if (!isDecided(wins)) return null;
      const { loss, accuracy, pairs } = train.step(inputs);
      return { loss, accuracy, pairs };
    },
    evaluate(items, wins) {
      const inputs = inputsOf(items, wins);
      if (!isDecided(wins)) return null;
      const { loss, accuracy, pairs } = test(inputs);
      return { loss: loss.data[0], accuracy: accuracy.data[0], pairs: pairs.data[0] };
    },
    reward(rows) {
      const rewards = rewardsOf(rows);
      if (!normalize) return rewards;
      const deviation = moments.standardDeviation || 1;
      return rewards.map((r) => (r - moments.mean) / deviation);
    },
    calibrate(rows) {
      moments.push(rewardsOf(rows));
    },
    dispose() {
      train.dispose();
      test.dispose();
      score.dispose();
      net.dispose();
    },
  };
}
