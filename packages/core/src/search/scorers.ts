import { canonicalAnswer, markedAnswer } from './final-answer.ts';
import type { Scorer } from './scorer.ts';
import { type Extract, extractAnswer } from './voting.ts';

/**
 * 1 where the response's answer is the reference's, 0 where it is another or none, null for prompts without a reference.
 * A reference may be the answer alone, or a solution that marks it (`\boxed{…}`, `####`, "the answer is").
 *
 * @param references one a prompt, null where there is none
 * @param extract finds a response's answer; `extractAnswer` unless told, to which the reference is made comparable
 * @example
 * const [{ best }] = await bestOfN(lm, ['What is 2 + 2?'], exactMatch(['4']), { n: 16 });
 */
export function exactMatch(references: readonly (string | null)[], extract: Extract = extractAnswer): Scorer {
  const answers = references.map((text) => (text === null ? null : canonicalAnswer(markedAnswer(text) ?? text)));
  return (items) =>
    items.map(({ response, index }) => {
      const answer = answers[index] ?? null;
      return answer === null ? null : Number(extract(response, index) === answer);
    });
}

/**
 * The share of the prompt's responses that come to the same answer as this one, in (0, 1]; null where it gives none. As a
 * scorer of best-of-n it makes majority voting, with a whole response to show for it.
 *
 * @example
 * const [{ best }] = await bestOfN(lm, prompts, agreement(), { n: 16 });
 */
export function agreement(extract: Extract = extractAnswer): Scorer {
  return (items) => {
    const answers = items.map(({ response, index }) => {
      const answer = extract(response, index);
      return answer === null ? null : `${index} ${answer}`;
    });
    const same = new Map<string, number>();
    const voters = new Map<number, number>();
    for (const [i, { index }] of items.entries()) {
      const answer = answers[i];
      if (answer === null) continue;
      same.set(answer, (same.get(answer) ?? 0) + 1);
      voters.set(index, (voters.get(index) ?? 0) + 1);
    }
    return items.map(({ index }, i) => {
      const answer = answers[i];
      return answer === null ? null : (same.get(answer) ?? 0) / (voters.get(index) ?? 1);
    });
  };
}

/**
 * Mean log-probability of a token, in nats, under the model that wrote the response: the search must be run with
 * `logProbs: 0` or more. Null where tokens have no log-probabilities, and for an empty response.
 *
 * @example
 * const [{ best }] = await bestOfN(lm, prompts, meanLogProb, { n: 16, logProbs: 0 });
 */
export const meanLogProb: Scorer = (items) =>
  items.map(({ samples }) => {
    let sum = 0;
    let count = 0;
    for (const { tokens } of samples) {
      if (tokens === null) return null;
      for (const { logProb } of tokens) sum += logProb;
      count += tokens.length;
    }
    return count > 0 && Number.isFinite(sum) ? sum / count : null;
  });
