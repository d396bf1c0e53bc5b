import { gae } from '../credit/index.ts';
import { type Environment, vectorEnvironment } from '../env/index.ts';
import {
  type Activation,
  abs,
  adamW,
  add,
  clip,
  div,
  exp,
  greater,
  linearSchedule,
  mean,
  minimum,
  mul,
  ndarray,
  neg,
  sqrt,
  square,
  sub,
  type Tensor,
  type Traced,
  trainer,
  where,
} from '../nn/index.ts';
import { mean as meanOf, Random, RunningMoments } from '../stats/index.ts';
import { type ActorCritic, type ActorCriticParameters, actorCritic } from './actor-critic.ts';
import { collectRollout, type Rollout } from './rollout.ts';

export interface PpoOptions {
  /** Makes one environment; `envs` of them run side by side. */
  env: () => Environment;
  /** Decides every draw: parameters, episodes, actions and minibatches. */
  seed: number;
  /** Transitions in all; rounded up to whole iterations. */
  steps: number;
  /** One reward for each transition; the world's own unless told. May learn from what it sees. */
  reward?: (rollout: Rollout) => ArrayLike<number>;
  /** Called after each iteration; throwing from it ends the training. */
  onIteration?: (report: PpoReport, agent: ActorCritic) => void;
  /** Environments side by side, 32 unless told. */
  envs?: number;
  /** Steps in each environment between updates, 32 unless told. */
  horizon?: number;
  /** Passes over the transitions of an iteration, 4 unless told. */
  epochs?: number;
  /** Parts that each pass is cut into, 4 unless told. */
  minibatches?: number;
  /** At the start; falls to 0 in a straight line. 1e-3 unless told. */
  learningRate?: number;
  /** γ, 0.99 unless told. */
  discount?: number;
  /** λ of the advantages, 0.95 unless told. */
  lambda_?: number;
  /** How far the probability ratio may move, 0.2 unless told. */
  clipRange?: number;
  /** Weight of the policy's entropy, 0.01 unless told. */
  entropyWeight?: number;
  /** Weight of the critic's squared error, 0.5 unless told. */
  valueWeight?: number;
  /** Longer gradients are scaled down to this, 0.5 unless told. */
  maxGradientNorm?: number;
  /** Widths of hidden layers, 64 and 64 unless told. */
  hidden?: readonly number[];
  /** relu unless told; tanh costs about twice as much. */
  activation?: Activation;
}

/** What one iteration did; losses are means over its last pass. */
export interface PpoReport {
  /** Transitions so far. */
  steps: number;
  /** Mean reward of a transition: as given by `reward`, and the world's own. */
  reward: number;
  nativeReward: number;
  policyLoss: number;
  valueLoss: number;
  entropy: number;
  /** KL(π_old || π), by the estimator E[ratio - 1 - log ratio] (Schulman 2020, joschu.net/blog/kl-approx.html). */
  kl: number;
  /** Share of transitions whose ratio left the clip range. */
  clipFraction: number;
  /** 1 - Var(return - V) / Var(return): 1 for a perfect critic, 0 or less for a useless one. */
  explainedVariance: number;
}

/**
 * Proximal policy optimisation with a clipped ratio (Schulman et al. 2017, arXiv 1707.06347, eq. 7), with the details that
 * matter (Huang et al. 2022, "The 37 implementation details of PPO"): GAE, orthogonal initialisation, advantages
 * normalised in each minibatch, annealed learning rate, clipped gradients, and rewards divided by the running deviation
 * of their discounted return, which makes the learner indifferent to the scale of the reward as a whole.
 *
 * @returns the trained policy; whoever asked for it disposes it
 * @throws RangeError for numbers that make no sense, or a reward that is not finite or not one a transition
 * @example
 * const agent = ppo({ env: swingUp, seed: 0, steps: 50_000, discount: 0.95 });
 * const returns = episodeReturns(swingUp, 16, new Random(0, 'evaluation'), agent.greedy);
 * agent.dispose();
 */
export function ppo(options: PpoOptions): ActorCritic {
  const { env, seed, steps, reward = (rollout: Rollout) => rollout.rewards, onIteration = () => {} } = options;
  const { envs = 32, horizon = 32, epochs = 4, minibatches = 4, learningRate = 1e-3 } = options;
  const { discount = 0.99, lambda_ = 0.95, hidden = [64, 64], activation = 'relu', maxGradientNorm = 0.5 } = options;
  for (const [name, value] of Object.entries({ steps, envs, horizon, epochs, minibatches })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`${name} must be a positive whole number, got ${value}`);
    }
  }
  const size = envs * horizon;
  if (size % minibatches !== 0) throw new RangeError(`minibatches must divide ${size} transitions, got ${minibatches}`);

  const rng = new Random(seed, 'ppo');
  const [acting, shuffling] = [rng.split('acting'), rng.split('shuffling')];
  const world = vectorEnvironment(env, envs, rng.split('world'));
  const { observationSize } = world;
  const { actions } = world.envs[0];
  const agent = actorCritic({ observationSize, actions, hidden, activation }, rng.split('agent'));
  const iterations = Math.ceil(steps / size);
  const updates = iterations * epochs * minibatches;
  const train = trainer(agent.network, {
    optimiser: adamW({ learningRate: linearSchedule(learningRate, updates), epsilon: 1e-5, maxGradientNorm }),
    loss: ppoLoss(agent, options),
  });
  const scale = new ReturnScale(envs, discount);
  try {
    for (let iteration = 1; iteration <= iterations; iteration++) {
      const rollout = collectRollout(world, agent, horizon, acting);
      const given = checkedRewards(reward(rollout), size);
      const { advantages, returns } = gae(
        { ...rollout, rewards: scale.apply(given, rollout.ended), nextValues: agent.values(rollout.nextObservations) },
        { discount, lambda_ },
      );
      let losses = noLosses;
      for (let epoch = 0; epoch < epochs; epoch++) {
        losses = noLosses;
        const order = shuffling.shuffle(Array.from({ length: size }, (_, i) => i));
        for (let part = 0; part < minibatches; part++) {
          const rows = order.slice((part * size) / minibatches, ((part + 1) * size) / minibatches);
          const report = train.step({
            observations: ndarray(gather(rollout.observations, rows, observationSize), [rows.length, observationSize]),
            actions: agent.asInput(gather(rollout.actions, rows, world.actionSize)),
            logProbs: ndarray(gather(rollout.logProbs, rows)),
            advantages: ndarray(gather(advantages, rows)),
            returns: ndarray(gather(returns, rows)),
          });
          losses = plus(losses, report, 1 / minibatches);
        }
      }
      onIteration(
        {
          steps: iteration * size,
          reward: meanOf(given),
          nativeReward: meanOf(rollout.rewards),
          ...losses,
          explainedVariance: explainedVariance(returns, rollout.values),
        },
        agent,
      );
    }
  } catch (error) {
    agent.dispose();
    throw error;
  } finally {
    train.dispose();
  }
  return agent;
}

/** What an update learns from: rows of a rollout with their advantages and returns. */
type Minibatch = Record<'observations' | 'actions' | 'logProbs' | 'advantages' | 'returns', Tensor>;

/** The clipped surrogate (eq. 7), the critic's squared error and an entropy bonus, as in eq. 9. */
function ppoLoss(agent: ActorCritic, { clipRange = 0.2, entropyWeight = 0.01, valueWeight = 0.5 }: PpoOptions) {
  return (params: Traced<ActorCriticParameters>, batch: Minibatch) => {
    const { logProb, entropy } = agent.statistics(params, batch.observations, batch.actions);
    const logRatio = sub(logProb, batch.logProbs);
    const ratio = exp(logRatio);
    const centred = sub(batch.advantages, mean(batch.advantages));
    const advantages = div(centred, add(sqrt(mean(square(centred))), 1e-8));
    const clipped = clip(ratio, 1 - clipRange, 1 + clipRange);
    const policyLoss = neg(mean(minimum(mul(ratio, advantages), mul(clipped, advantages))));
    const valueLoss = mean(square(sub(agent.value(params, batch.observations), batch.returns)));
    return {
      loss: sub(add(policyLoss, mul(valueLoss, valueWeight)), mul(entropy, entropyWeight)),
      policyLoss,
      valueLoss,
      entropy,
      kl: mean(sub(sub(ratio, 1), logRatio)),
      clipFraction: mean(where(greater(abs(sub(ratio, 1)), clipRange), 1, 0)),
    };
  };
}

/** Divides rewards by the running deviation of their discounted return, environment by environment. */
class ReturnScale {
  readonly #returns: Float64Array;
  readonly #discount: number;
  readonly #moments = new RunningMoments();

  constructor(envs: number, discount: number) {
    this.#returns = new Float64Array(envs);
    this.#discount = discount;
  }

  apply(rewards: ArrayLike<number>, ended: Uint8Array): Float64Array {
    const envs = this.#returns.length;
    const seen = new Float64Array(rewards.length);
    for (let at = 0; at < rewards.length; at++) {
      const i = at % envs;
      this.#returns[i] = this.#discount * this.#returns[i] + rewards[at];
      seen[at] = this.#returns[i];
      if (ended[at]) this.#returns[i] = 0;
    }
    this.#moments.push(seen);
    const deviation = this.#moments.standardDeviation;
    return Float64Array.from(rewards, (r) => (deviation > 0 ? r / deviation : r));
  }
}

const noLosses = { policyLoss: 0, valueLoss: 0, entropy: 0, kl: 0, clipFraction: 0 };

function plus(total: typeof noLosses, part: typeof noLosses, weight: number): typeof noLosses {
  return {
    policyLoss: total.policyLoss + weight * part.policyLoss,
    valueLoss: total.valueLoss + weight * part.valueLoss,
    entropy: total.entropy + weight * part.entropy,
    kl: total.kl + weight * part.kl,
    clipFraction: total.clipFraction + weight * part.clipFraction,
  };
}

/** Rows of a matrix with `width` columns, copied in the order asked for. */
function gather(matrix: Float32Array, rows: readonly number[], width = 1): Float32Array {
  const out = new Float32Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    for (let k = 0; k < width; k++) out[i * width + k] = matrix[rows[i] * width + k];
  }
  return out;
}

function checkedRewards(rewards: ArrayLike<number>, size: number): ArrayLike<number> {
  if (rewards.length !== size) throw new RangeError(`reward must give ${size} numbers, got ${rewards.length}`);
  for (let i = 0; i < size; i++) {
    if (!Number.isFinite(rewards[i])) throw new RangeError(`reward must be finite, got ${rewards[i]} for row ${i}`);
  }
  return rewards;
}

function explainedVariance(returns: Float32Array, values: Float32Array): number {
  const [all, left] = [new RunningMoments(), new RunningMoments()];
  all.push(returns);
  left.push(returns.map((g, i) => g - values[i]));
  return all.variance > 0 ? 1 - left.variance / all.variance : 0;
}
