import type { Gpt } from '../../nn/index.ts';
import type { FitOptions, FitReport } from './fit.ts';
import { asScorer, fitScalars, readPositions } from './scalar-fit.ts';
import { StepScorer } from './step-scorer.ts';

/** The turns of an episode: one sequence of tokens, with what the world replied in between. */
export interface EpisodeTurns {
  readonly tokens: ArrayLike<number>;
  /**
   * Where each turn's contribution is read, as an index into the tokens: the last token of the agent's action as in
   * the paper, or of the reply to it, which shows whether the action did anything.
   */
  readonly turnEnds: ArrayLike<number>;
}

export interface RewardedEpisode extends EpisodeTurns {
  /** What the whole episode earned at its end, finite. */
  readonly reward: number;
}

/** How well contributions sum up to rewards, over episodes. */
export interface ProgressFit {
  /** Mean of (sum - reward)². */
  readonly mse: number;
  /** Mean of |sum - reward|. */
  readonly mae: number;
  /** Share of the episodes with |sum - reward| at most 0.1. */
  readonly within01: number;
  /** Mean share of the last turn in Σ |contribution|: near 1 when the sum is right but nothing is attributed. */
  readonly lastShare: number;
}

/** Splits an episode's reward into one contribution a turn. */
export class ProgressEstimator {
  /** Its only output is `step`. */
  readonly gpt: Gpt;

  /** @throws RangeError when the model's only output is not `step` */
  constructor(gpt: Gpt) {
    this.gpt = new StepScorer(gpt, 'raw').gpt;
  }

  /**
   * The contribution of each turn, in units of reward. Each depends on the past alone.
   *
   * @throws RangeError for an episode without turns, longer than the model's context, or with a turn outside it
   * @example
   * const [contributions] = estimator.contributions([{ tokens, turnEnds: [12, 19, 27] }]); // three numbers
   */
  contributions(episodes: readonly EpisodeTurns[]): Float64Array[] {
    return readPositions(this.gpt, episodes.map(positionsOf));
  }

  /** How well the contributions sum up to the rewards. Throws RangeError for no episodes. */
  fit(episodes: readonly RewardedEpisode[]): ProgressFit {
    if (episodes.length === 0) throw new RangeError('episodes must not be empty');
    const n = episodes.length;
    let [mse, mae, within01, lastShare] = [0, 0, 0, 0];
    this.contributions(episodes).forEach((turns, i) => {
      const miss = sum(turns) - episodes[i].reward;
      mse += miss ** 2 / n;
      mae += Math.abs(miss) / n;
      if (Math.abs(miss) <= 0.1) within01 += 1 / n;
      const size = turns.reduce((total, c) => total + Math.abs(c), 0);
      // Contributions of 0 throughout are as even as can be.
      lastShare += (size === 0 ? 1 / turns.length : Math.abs(turns[turns.length - 1]) / size) / n;
    });
    return { mse, mae, within01, lastShare };
  }
}

export interface ProgressEstimatorOptions extends FitOptions {
  /** Where the estimator begins, and not changed: the agent, or an earlier estimator's `gpt` to go on with. */
  gpt: Gpt;
  /** The agent's own exploration, successes and failures. */
  episodes: readonly RewardedEpisode[];
  validation?: readonly RewardedEpisode[];
  /** Trains the output's weights alone; false unless told. */
  freezeBackbone?: boolean;
}

/**
 * Trains a progress estimator (SPA-RL, Wang et al. 2025, arXiv 2505.20732, stage 3): the outputs at the ends of turns are
 * fitted so that their sum is the episode's reward, (Σ_t c_t - R)², averaged over episodes. Any split with the right sum
 * has the same loss; which one comes out is up to the network and to what episodes share.
 *
 * @returns the estimator, and its fit to the validation episodes (to the training episodes without any)
 * @throws RangeError for a reward that is not finite, and as `trainStepScorer`
 * @example
 * const { estimator, fit } = trainProgressEstimator({ gpt: agent, episodes, learningRate: 1e-3, epochs: 8, seed: 0 });
 * const [contributions] = fit.mae < 0.1 ? estimator.contributions(episodes) : [];
 */
export function trainProgressEstimator(options: ProgressEstimatorOptions): {
  estimator: ProgressEstimator;
  fit: ProgressFit;
  report: FitReport;
} {
  const { episodes, validation, freezeBackbone = false } = options;
  for (const [name, list] of Object.entries({ episodes, validation: validation ?? [] })) {
    for (const [i, { reward }] of list.entries()) {
      if (!Number.isFinite(reward)) throw new RangeError(`${name}[${i}].reward must be finite, got ${reward}`);
    }
  }
  const gpt = asScorer(options.gpt);
  const report = fitScalars(
    {
      gpt,
      examples: episodes.map(positionsOf),
      loss: {
        together: 1,
        terms: () => 1,
        at: (i, [turns]) => {
          const miss = sum(turns) - episodes[i].reward;
          return { loss: miss ** 2, slopes: [turns.map(() => 2 * miss)] };
        },
      },
      freezeBackbone,
      validation: validation
        ? {
            examples: validation.map(positionsOf),
            measure: (values) => ({
              loss:
                values.reduce((total, turns, i) => total + (sum(turns) - validation[i].reward) ** 2, 0) / values.length,
            }),
          }
        : null,
    },
    options,
  );
  const estimator = new ProgressEstimator(gpt);
  return { estimator, fit: estimator.fit(validation ?? episodes), report };
}

function positionsOf({ tokens, turnEnds }: EpisodeTurns) {
  return { tokens, positions: turnEnds };
}

function sum(values: Float64Array): number {
  return values.reduce((total, x) => total + x, 0);
}
