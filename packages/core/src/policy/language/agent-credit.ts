import { gae, spreadOverTokens } from '../../credit/index.ts';
import type { Gpt } from '../../nn/index.ts';
import type { AgentRollout } from './agent.ts';
import { sequenceOf } from './rollout.ts';
import { valueOutput } from './update.ts';

/**
 * The critic's value before each response token of some episodes.
 *
 * @param gpt with an output `value`
 * @throws RangeError for a policy without that output
 * @example
 * const values = agentValues(policy, episodes); // values[i][t] has read all tokens before t
 */
export function agentValues(gpt: Gpt, episodes: readonly AgentRollout[]): Float32Array[] {
  const output = valueOutput(gpt);
  return gpt.read(episodes.map(sequenceOf)).map(({ outputs }, i) => {
    const from = episodes[i].prompt.length - 1;
    return outputs[output].slice(from, from + episodes[i].response.length);
  });
}

/**
 * Generalised advantage estimation over turns, in which a turn is one action: its value is the critic's before its first
 * token, and all its tokens get its advantage and its return. So discount and λ count turns, however long they are, as
 * agents' step-level PPO has it. An episode that was cut counts as over.
 *
 * @param turnRewards for each episode one number a turn
 * @param values for each episode one number a response token, as `agentValues` gives them
 * @param options.discount γ from turn to turn, in [0, 1]
 * @param options.lambda_ λ in [0, 1]
 * @returns for each episode a number a response token, 0 where it is not the policy's own
 * @throws RangeError for lists that do not fit the episodes, or numbers outside their ranges
 * @example
 * const rewards = episodes.map(({ turns }) => turns.map(({ reward }) => reward));
 * const { advantages, returns } = turnAdvantages(episodes, rewards, values, { discount: 1, lambda_: 0.95 });
 * policyUpdate(trainer, { rollouts: episodes, advantages, critic: { values, returns } }, options, random);
 */
export function turnAdvantages(
  episodes: readonly AgentRollout[],
  turnRewards: readonly ArrayLike<number>[],
  values: readonly ArrayLike<number>[],
  { discount, lambda_ }: { discount: number; lambda_: number },
): { advantages: Float64Array[]; returns: Float64Array[] } {
  for (const [name, lists] of Object.entries({ turnRewards, values })) {
    if (lists.length !== episodes.length) {
      throw new RangeError(`${name} must hold one list an episode, ${episodes.length}, got ${lists.length}`);
    }
  }
  const both = episodes.map(({ turns, response }, i) => {
    const n = turns.length;
    if (turnRewards[i].length !== n) {
      throw new RangeError(`turnRewards[${i}] must hold one number a turn, ${n}, got ${turnRewards[i].length}`);
    }
    if (values[i].length !== response.length) {
      throw new RangeError(
        `values[${i}] must hold one number a response token, ${response.length}, got ${values[i].length}`,
      );
    }
    const before = turns.map(({ start }) => values[i][start]);
    const last = turns.map((_, t) => Number(t === n - 1));
    const { advantages, returns } = gae(
      {
        envs: 1,
        rewards: turnRewards[i],
        values: before,
        nextValues: [...before.slice(1), 0],
        terminated: last,
        ended: last,
      },
      { discount, lambda_ },
    );
    return { advantages: overTurns(episodes[i], advantages), returns: overTurns(episodes[i], returns) };
  });
  return { advantages: both.map(({ advantages }) => advantages), returns: both.map(({ returns }) => returns) };
}

/**
 * Gives each own token of an episode the number of its turn, and the world's tokens 0.
 *
 * @param perTurn one number a turn
 * @throws RangeError for a number of turns that does not fit
 * @example
 * const advantages = overTurns(episode, episode.turns.map(() => advantageOfTheEpisode));
 */
export function overTurns({ turns, response, own }: AgentRollout, perTurn: ArrayLike<number>): Float64Array {
  return spreadOverTokens(perTurn, turns, response.length).map((x, t) => (own[t] === 1 ? x : 0));
}
