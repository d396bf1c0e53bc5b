import { type ClaimResult, judgeAbove, judgeAll } from '@laurel/core/paper';
import { bootstrap, pairedDifference } from '@laurel/core/stats';
import { type LanguageArm, languageMin, languageSum, languageTenth, languageVerifier } from './language.ts';
import { type LanguageRun, languageRunsOf, meanOf, onsetOf, paired } from './runs.ts';
import { collapsed, compareRuns, interval, judgeStable, sum, words } from './verdicts.ts';

export function languageMinBeatsSum(finished: readonly LanguageRun[]): ClaimResult | null {
  const comparison = compareRuns(languageRunsOf(finished, languageMin), languageRunsOf(finished, languageSum));
  if (comparison === null) return null;
  const { ours, other, of } = comparison.falls;
  return {
    verdict: judgeStable(comparison),
    ours: comparison.difference,
    measure: 'held-out accuracy at the end, min − sum',
    because: `${accuracies(finished, [languageMin, languageSum])} Collapses ${ours} against ${other} of ${of}. ${habits(finished, [languageSum, languageMin])}`,
  };
}

export function languageHackIsPostponed(finished: readonly LanguageRun[], iterations: number): ClaimResult | null {
  const onset = onsetOf(iterations);
  const min = languageRunsOf(finished, languageMin);
  const { a, b } = paired(min, languageRunsOf(finished, languageSum), onset);
  if (a.length === 0) return null;
  const later = pairedDifference(a, b);
  const hacked = bootstrap([...min.values()].map(collapsed));
  return {
    verdict: judgeAll([judgeAbove(later), judgeAbove(hacked, 0.5)]),
    ours: later,
    measure: 'iterations from the onset of the sum-form to that of the min-form',
    because: `The sum-form falls at iteration ${(sum(b) / b.length).toFixed(0)} on average, the min-form at ${(sum(a) / a.length).toFixed(0)} (${iterations + 1} stands for never); by iteration ${iterations} the min-form is hacked in ${(100 * hacked.value).toFixed(0)}% of the runs${interval(hacked, 100)}.`,
  };
}

export function languageTenthOfAnswers(finished: readonly LanguageRun[]): ClaimResult | null {
  const comparison = compareRuns(languageRunsOf(finished, languageTenth), languageRunsOf(finished, languageMin));
  if (comparison === null) return null;
  const { ours, other, of } = comparison.falls;
  return {
    verdict: judgeAbove(comparison.difference),
    ours: comparison.difference,
    measure: 'held-out accuracy at the end, min-form with a tenth of answers − min-form without',
    because: `${words(comparison.difference)}, collapses ${ours} against ${other} of ${of}. ${accuracies(finished, [languageTenth, languageMin, languageVerifier])}`,
  };
}

/** "From 6.7 lines, responses go to 31.0 under sum (30.9 lines of filler in a held-out one), …." */
function habits(finished: readonly LanguageRun[], arms: readonly LanguageArm[]): string {
  const parts = arms.flatMap((arm) => {
    const runs = languageRunsOf(finished, arm);
    if (runs.size === 0) return [];
    const lines = meanOf(runs, (outcome) => outcome.lines[outcome.lines.length - 1]);
    const filler = meanOf(runs, (outcome) => outcome.filler);
    return [`${lines.toFixed(1)} under ${arm.name} (${filler.toFixed(1)} lines of filler in a held-out one)`];
  });
  const start = sum(finished.map(({ result }) => result.lines[0])) / finished.length;
  return `From ${start.toFixed(1)} lines, responses go to ${parts.join(', ')}.`;
}

/** "Right at the end: min 0.31, sum 0.02, from 0.40." */
function accuracies(finished: readonly LanguageRun[], arms: readonly LanguageArm[]): string {
  const parts = arms.flatMap((arm) => {
    const runs = languageRunsOf(finished, arm);
    return runs.size === 0 ? [] : [`${arm.name} ${meanOf(runs, ({ final }) => final).toFixed(2)}`];
  });
  const start = sum(finished.map(({ result }) => result.start)) / finished.length;
  return `Right at the end: ${parts.join(', ')}, from ${start.toFixed(2)}.`;
}
