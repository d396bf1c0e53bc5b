import type { GptSequence } from '../../nn/index.ts';
import type { Random } from '../../stats/index.ts';

/** The indices of responses to the same prompt, prompts in the order in which they first occur. */
export function byPrompt(sequences: readonly GptSequence[]): number[][] {
  const groups = new Map<string, number[]>();
  sequences.forEach((sequence, i) => {
    const key = promptKey(sequence);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [i]);
    else group.push(i);
  });
  return [...groups.values()];
}

/** Equal for equal prompts. */
export function promptKey({ tokens, from }: GptSequence): string {
  return Int32Array.from({ length: from }, (_, t) => tokens[t]).join(' ');
}

/** For each right response, one of the wrong ones to the same prompt, all of which take their turns. */
export function pairUp(sequences: readonly GptSequence[], outcomes: ArrayLike<number>, random: Random): number[][] {
  return byPrompt(sequences).flatMap((group) => {
    const right = group.filter((i) => outcomes[i] === 1);
    const wrong = random.shuffle(group.filter((i) => outcomes[i] === 0));
    return wrong.length === 0 ? [] : right.map((i, turn) => [i, wrong[turn % wrong.length]]);
  });
}

/** Equal numbers of right and wrong responses: some of the more frequent kind are left out at random. */
export function evenOut(groups: readonly number[][], outcomes: ArrayLike<number>, random: Random): number[] {
  return groups.flatMap((group) => {
    const right = random.shuffle(group.filter((i) => outcomes[i] === 1));
    const wrong = random.shuffle(group.filter((i) => outcomes[i] === 0));
    const least = Math.min(right.length, wrong.length);
    return [...right.slice(0, least), ...wrong.slice(0, least)];
  });
}

/**
 * Share of the pairs of responses to one prompt that rewards order as outcomes do, each pair counting by the difference
 * of its outcomes, ties half (as the code of PRIME counts, arXiv 2502.01456, but over all pairs and not prompt by prompt).
 * Null without a pair.
 */
export function pairAccuracy(
  groups: readonly number[][],
  rewards: ArrayLike<number>,
  outcomes: ArrayLike<number>,
): number | null {
  let right = 0;
  let all = 0;
  for (const [better, worse] of unequalPairs(groups, outcomes)) {
    const weight = outcomes[better] - outcomes[worse];
    all += weight;
    if (rewards[better] >= rewards[worse]) right += rewards[better] > rewards[worse] ? weight : weight / 2;
  }
  return all === 0 ? null : right / all;
}

/** All pairs of a group with different outcomes, the better one first. */
export function unequalPairs(groups: readonly number[][], outcomes: ArrayLike<number>): number[][] {
  return groups.flatMap((group) =>
    group.flatMap((i) => group.filter((j) => outcomes[i] > outcomes[j]).map((j) => [i, j])),
  );
}
