import { type ClaimResult, judgeAbove, judgeAll, judgeBelow, type Verdict } from '@laurel/core/paper';
import { type Estimate, mean, pairedDifference } from '@laurel/core/stats';
import { chainWeights, mainArms } from './arms.ts';
import { chainRuns, horizonsOf, languageRuns, type Run } from './runs.ts';

type MainArm = 'verifier alone' | 'raw scores' | 'clip' | 'delta' | 'clip-delta';

/** Difference of final accuracies in one setting, over the seeds that both arms have. */
interface Compared {
  setting: string;
  difference: Estimate;
}

/** Two tuned arms in every setting that has runs of both, the language model first, then the longest chain. */
function compare(finished: readonly Run[], ours: MainArm, other: MainArm): Compared[] {
  const languages = [ours, other].map(
    (name) => new Map([...languageRuns(finished, name)].map(([seed, { sampled }]) => [seed, sampled])),
  );
  const chains = horizonsOf(finished)
    .reverse()
    .map((horizon) => {
      const accuracies = [ours, other].map((name) => {
        const runs = chainRuns(finished, horizon, mainArms[name], chainWeights.tuned);
        return new Map([...runs].map(([seed, { final }]) => [seed, final]));
      });
      return { setting: `chain of ${horizon} steps`, accuracies };
    });
  return [{ setting: 'language model', accuracies: languages }, ...chains].flatMap(({ setting, accuracies }) => {
    const [a, b] = accuracies;
    const seeds = [...a.keys()].filter((seed) => b.has(seed));
    if (seeds.length === 0) return [];
    const difference = pairedDifference(
      seeds.map((seed) => a.get(seed) ?? 0),
      seeds.map((seed) => b.get(seed) ?? 0),
    );
    return [{ setting, difference }];
  });
}

function judge(
  parts: readonly Compared[],
  judgePart: (difference: Estimate) => Verdict,
  measure: string,
  more = '',
): ClaimResult | null {
  if (parts.length === 0) return null;
  const verdicts = parts.map(({ difference }) => judgePart(difference));
  const words = parts.map(({ setting, difference }, i) => `${setting} ${signed(difference)} (${verdicts[i]})`);
  return {
    verdict: judgeAll(verdicts),
    ours: parts[0].difference,
    measure: `final accuracy, ${measure}, ${parts[0].setting}`,
    because: `${words.join('; ')}.${more}`,
  };
}

export function rawScoresHurt(finished: readonly Run[]): ClaimResult | null {
  const raw = [...languageRuns(finished, 'raw scores').values()];
  const strong = [...languageRuns(finished, 'raw scores, α 0.3').values()];
  const lines =
    raw.length === 0
      ? ''
      : ` Responses of the language model have ${mean(raw.map(({ finalLines }) => finalLines)).toFixed(1)} lines in the end.`;
  const collapse =
    strong.length === 0
      ? ''
      : ` At three times the tuned weight accuracy ends at ${mean(strong.map(({ sampled }) => sampled)).toFixed(2)}, with ${mean(strong.map(({ finalLines }) => finalLines)).toFixed(1)} lines, ${(100 * mean(strong.map(({ finalRepeated }) => finalRepeated))).toFixed(0)}% of them repeats.`;
  return judge(
    compare(finished, 'raw scores', 'verifier alone'),
    (difference) => judgeBelow(difference),
    'raw scores − verifier alone',
    lines + collapse,
  );
}

export function clipDeltaRescues(finished: readonly Run[]): ClaimResult | null {
  return judge(
    compare(finished, 'clip-delta', 'raw scores'),
    (difference) => judgeAbove(difference),
    'clip-delta − raw scores',
    largeWeight(finished, ['clip-delta', 'raw scores']),
  );
}

export function clipDeltaGains(finished: readonly Run[]): ClaimResult | null {
  return judge(
    compare(finished, 'clip-delta', 'verifier alone'),
    (difference) => judgeAbove(difference),
    'clip-delta − verifier alone',
    ' The chain’s ceiling is 0.512, and the verifier alone all but reaches it.',
  );
}

export function halvesAlone(finished: readonly Run[]): ClaimResult | null {
  const parts = (['clip', 'delta'] as const).flatMap((half) =>
    compare(finished, half, 'raw scores').map(({ setting, difference }) => ({
      setting: `${half}, ${setting}`,
      difference,
    })),
  );
  return judge(
    parts,
    (difference) => judgeAbove(difference),
    'one repair alone − raw scores',
    largeWeight(finished, ['clip', 'delta']),
  );
}

/** What the arms come to in the longest chain when the weight is too large. */
function largeWeight(finished: readonly Run[], names: readonly MainArm[]): string {
  const horizon = horizonsOf(finished).at(-1);
  if (horizon === undefined) return '';
  const words = names.flatMap((name) => {
    const runs = [...chainRuns(finished, horizon, mainArms[name], chainWeights.large).values()];
    return runs.length === 0 ? [] : [`${name} ${mean(runs.map(({ final }) => final)).toFixed(2)}`];
  });
  return words.length === 0
    ? ''
    : ` At a weight of ${chainWeights.large} the chain of ${horizon} steps ends at: ${words.join(', ')}.`;
}

function signed({ value, lo, hi }: Estimate): string {
  const number = (x: number) => `${x >= 0 ? '+' : '−'}${Math.abs(x).toFixed(3)}`;
  return lo === null || hi === null ? number(value) : `${number(value)} [${number(lo)}, ${number(hi)}]`;
}
