/** One way of behaving on a prompt, as samples showed it. */
export interface TiedBehaviour {
  behaviour: string;
  /** Best reward any of its samples got. */
  score: number;
  /** Its share of the samples. */
  share: number;
}

/** A prompt on which the reward does not tell the best behaviours apart. */
export interface ResponseTie<P> {
  prompt: P;
  /** Behaviours within the margin of the best, best first; at least two. */
  tied: TiedBehaviour[];
  /** Score of the best less that of the second, at most the margin. */
  gap: number;
}

/**
 * Prompts on which a reward leaves behaviour to chance: samples of several behaviours (styles, lengths, formats) share the
 * best score within its noise, so training will settle on one of them for no reason that the reward knows (after Xu, arXiv
 * 2507.20150, sections 2 and 3). A static scan: it needs a sampler and the reward, and no training.
 *
 * A behaviour's score is the best of its samples, since training moves to what scores best; with a noisy reward set the
 * margin to that noise. Samples without a reward (null) are left out.
 *
 * @param sample n responses to a prompt
 * @param reward score of a response; null where there is none
 * @param options.n samples a prompt, 16 unless told
 * @param options.margin scores this close count as tied, 0 unless told
 * @param options.behaviour names what a response does
 * @throws RangeError for n below 2, a negative margin, or a reward that is not finite
 * @example
 * const ties = await responseTies(prompts, (prompt, n) => model.sample(prompt, n), myReward, {
 *   margin: 0.01,
 *   behaviour: (response) => (response.length > 500 ? 'long' : 'short'),
 * });
 */
export async function responseTies<P>(
  prompts: readonly P[],
  sample: (prompt: P, n: number) => Promise<readonly string[]> | readonly string[],
  reward: (prompt: P, response: string) => Promise<number | null> | number | null,
  { n = 16, margin = 0, behaviour }: { n?: number; margin?: number; behaviour: (response: string) => string },
): Promise<ResponseTie<P>[]> {
  if (!Number.isInteger(n) || n < 2) throw new RangeError(`n must be a whole number of at least 2, got ${n}`);
  if (!(margin >= 0)) throw new RangeError(`margin must be at least 0, got ${margin}`);
  const ties: ResponseTie<P>[] = [];
  for (const prompt of prompts) {
    const scored = new Map<string, { score: number; count: number }>();
    let counted = 0;
    for (const response of await sample(prompt, n)) {
      const score = await reward(prompt, response);
      if (score === null) continue;
      if (!Number.isFinite(score)) throw new RangeError(`reward must be finite or null, got ${score}`);
      const name = behaviour(response);
      const known = scored.get(name) ?? { score: -Infinity, count: 0 };
      scored.set(name, { score: Math.max(known.score, score), count: known.count + 1 });
      counted++;
    }
    const ranked = [...scored]
      .map(([name, { score, count }]): TiedBehaviour => ({ behaviour: name, score, share: count / counted }))
      .sort((a, b) => b.score - a.score || b.share - a.share);
    const tied = ranked.filter(({ score }) => score >= ranked[0].score - margin);
    if (tied.length > 1) ties.push({ prompt, tied, gap: tied[0].score - tied[1].score });
  }
  return ties;
}
