import { type ActionSpace, actionSize } from '../env/index.ts';
import {
  type Activation,
  add,
  broadcastTo,
  concatenate,
  exp,
  filled,
  logSoftmax,
  type MlpParameters,
  mean,
  mlp,
  mul,
  type NdArray,
  type Network,
  ndarray,
  neg,
  network,
  pick,
  reshape,
  square,
  sub,
  sum,
  type Tensor,
  type Traced,
} from '../nn/index.ts';
import type { Random } from '../stats/index.ts';

/** A policy's and a value function's parameters; `logDeviation` [dimensions] only where actions are continuous. */
export type ActorCriticParameters = {
  readonly actor: MlpParameters;
  readonly critic: MlpParameters;
  readonly logDeviation?: NdArray;
};

/** What acting gives: a row for each observation. */
export interface Acted {
  /** [rows x actionSize]; whole numbers where actions are discrete. */
  actions: Float32Array;
  /** log π(a|s). */
  logProbs: Float32Array;
  /** V(s). */
  values: Float32Array;
}

/** Inside a compiled function: log π(a|s) for each row [rows], and the policy's mean entropy, a scalar. */
export interface ActionStatistics {
  logProb: Tensor;
  entropy: Tensor;
}

/**
 * A policy with a value function beside it, each a multilayer perceptron of its own. Discrete actions: softmax of the
 * actor's outputs. Continuous ones: independent normals around them, with a deviation that does not depend on the state.
 */
export interface ActorCritic {
  readonly network: Network<ActorCriticParameters>;
  readonly actions: ActionSpace;
  /** Draws actions for rows of observations. */
  sample(observations: Float32Array, rng: Random): Acted;
  /** The likeliest action for each row. */
  greedy(observations: Float32Array): Float32Array;
  /** V(s) for each row. */
  values(observations: Float32Array): Float32Array;
  /** For losses: statistics of the actions taken. `actions` are whole numbers [rows], or floats [rows, dimensions]. */
  statistics(params: Traced<ActorCriticParameters>, observations: Tensor, actions: Tensor): ActionStatistics;
  /** For losses: V(s) [rows]. */
  value(params: Traced<ActorCriticParameters>, observations: Tensor): Tensor;
  /** Rows of actions as `statistics` takes them. */
  asInput(actions: Float32Array): NdArray<Float32Array | Int32Array>;
  dispose(): void;
}

/**
 * Draws a policy and a value function. The policy starts close to uniform: its last layer has gain 0.01 (Andrychowicz et
 * al. 2021, arXiv 2006.05990).
 *
 * @param options.hidden widths of the hidden layers, 64 and 64 unless told
 * @param options.activation relu unless told (tanh costs twice as much)
 * @throws RangeError for sizes that are not positive whole numbers
 * @example
 * const agent = actorCritic({ observationSize: 3, actions: { kind: 'continuous', dimensions: 1 } }, new Random(0, 'agent'));
 * agent.sample(new Float32Array(3), new Random(0, 'acting')).actions; // one number
 * agent.dispose();
 */
export function actorCritic(
  {
    observationSize,
    actions,
    hidden = [64, 64],
    activation = 'relu',
  }: { observationSize: number; actions: ActionSpace; hidden?: readonly number[]; activation?: Activation },
  rng: Random,
): ActorCritic {
  const width = actionSize(actions);
  const heads = actions.kind === 'discrete' ? actions.n : width;
  const actor = mlp({ sizes: [observationSize, ...hidden, heads], activation, lastGain: 0.01 });
  const critic = mlp({ sizes: [observationSize, ...hidden, 1], activation });
  const parameters = { actor: actor.init(rng.split('actor')), critic: critic.init(rng.split('critic')) };
  const net: Network<ActorCriticParameters> = network(
    actions.kind === 'discrete' ? parameters : { ...parameters, logDeviation: filled([width], Math.log(0.6)) },
  );

  const value: ActorCritic['value'] = (params, observations) =>
    reshape(critic.apply(params.critic, observations), [-1]);
  const isContinuous = actions.kind === 'continuous';
  // One array for all that acting needs (the actor's outputs, the value, the deviations): reading three costs three calls.
  const columns = heads + 1 + (isContinuous ? width : 0);
  const forward = net.compile((params, observations: Tensor) => {
    const parts = [actor.apply(params.actor, observations), critic.apply(params.critic, observations)];
    const { logDeviation } = params;
    if (logDeviation) parts.push(broadcastTo(exp(logDeviation), [observations.shape[0], width]));
    return concatenate(parts, 1);
  });
  const criticOnly = net.compile(value);

  const rowsOf = (observations: Float32Array): NdArray =>
    ndarray(observations, [observations.length / observationSize, observationSize]);
  return {
    network: net,
    actions,
    sample(observations, chance) {
      const { shape, data } = forward(rowsOf(observations));
      const rows = shape[0];
      const acted: Acted = {
        actions: new Float32Array(rows * width),
        logProbs: new Float32Array(rows),
        values: new Float32Array(rows),
      };
      for (let i = 0; i < rows; i++) {
        const row = data.subarray(i * columns, (i + 1) * columns);
        const head = row.subarray(0, heads);
        const action = acted.actions.subarray(i * width, (i + 1) * width);
        acted.values[i] = row[heads];
        acted.logProbs[i] = isContinuous
          ? drawNormal(head, row.subarray(heads + 1), chance, action)
          : drawCategorical(head, chance, action);
      }
      return acted;
    },
    greedy(observations) {
      const { shape, data } = forward(rowsOf(observations));
      const out = new Float32Array(shape[0] * width);
      for (let i = 0; i < shape[0]; i++) {
        const head = data.subarray(i * columns, i * columns + heads);
        if (isContinuous) out.set(head, i * width);
        else out[i] = head.indexOf(Math.max(...head));
      }
      return out;
    },
    values: (observations) => criticOnly(rowsOf(observations)).data,
    statistics(params, observations, taken) {
      const head = actor.apply(params.actor, observations);
      const { logDeviation } = params;
      if (logDeviation === undefined) {
        const logits = logSoftmax(head);
        return { logProb: pick(logits, taken), entropy: neg(mean(sum(mul(exp(logits), logits), { axis: -1 }))) };
      }
      const z = mul(sub(taken, head), exp(neg(logDeviation)));
      const normaliser = add(sum(logDeviation), (width / 2) * Math.log(2 * Math.PI));
      return {
        logProb: neg(add(sum(mul(square(z), 0.5), { axis: -1 }), normaliser)),
        entropy: add(normaliser, width / 2),
      };
    },
    value,
    asInput: (taken) =>
      actions.kind === 'discrete' ? ndarray(Int32Array.from(taken)) : ndarray(taken, [taken.length / width, width]),
    dispose() {
      forward.dispose();
      criticOnly.dispose();
      net.dispose();
    },
  };
}

/** Draws from the softmax of logits; gives the log-probability of what was drawn. */
function drawCategorical(logits: Float32Array, rng: Random, action: Float32Array): number {
  const top = Math.max(...logits);
  let total = 0;
  for (const logit of logits) total += Math.exp(logit - top);
  let left = rng.uniform() * total;
  let drawn = 0;
  for (; drawn < logits.length - 1; drawn++) {
    left -= Math.exp(logits[drawn] - top);
    if (left < 0) break;
  }
  action[0] = drawn;
  return logits[drawn] - top - Math.log(total);
}

/** Draws independent normals; gives the log-density of what was drawn. */
function drawNormal(centre: Float32Array, sigma: Float32Array, rng: Random, action: Float32Array): number {
  let logProb = 0;
  for (let k = 0; k < centre.length; k++) {
    const z = rng.normal();
    action[k] = centre[k] + sigma[k] * z;
    logProb -= z ** 2 / 2 + Math.log(sigma[k]) + Math.log(2 * Math.PI) / 2;
  }
  return logProb;
}
