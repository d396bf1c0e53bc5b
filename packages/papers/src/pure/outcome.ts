import { type FillerEpisode, fillerActions } from '@laurel/core/env';
import { mean } from '@laurel/core/stats';
import type { Trace } from './train.ts';

/** What a run amounts to. */
export interface Outcome {
  /** One value an iteration, the first before training. */
  accuracy: number[];
  plans: number[];
  process: number[] | null;
  /** First iteration with an accuracy below 80% of the start; null when there is none. */
  onset: number | null;
  /** Mean accuracy of the last ten iterations. */
  final: number;
  /** Whether `final` is below 80% of the start. */
  collapsed: boolean;
  /** Episodes as texts: the first of the batch before training, at the onset, and at the end. */
  episodes: { start: string; onset: string | null; end: string };
}

/** A run's outcome; curves are rounded to four digits after the point, which is finer than any figure shows. */
export function outcomeOf({ accuracy, plans, process, episodes }: Trace): Outcome {
  const bar = 0.8 * accuracy[0];
  const first = accuracy.findIndex((value) => value < bar);
  const onset = first < 0 ? null : first;
  const final = mean(accuracy.slice(-10));
  return {
    accuracy: rounded(accuracy),
    plans: rounded(plans),
    process: process && rounded(process),
    onset,
    final,
    collapsed: final < bar,
    episodes: {
      start: episodeText(episodes[0]),
      onset: onset === null ? null : episodeText(episodes[onset]),
      end: episodeText(episodes[episodes.length - 1]),
    },
  };
}

/** An episode in words, equal steps in a row counted: "plan (0.8) × 3 → compute (0.6) → answer (0.9): correct". */
export function episodeText({ actions, scores, answered, correct }: FillerEpisode): string {
  const steps: { text: string; times: number }[] = [];
  actions.forEach((action, t) => {
    const text = `${fillerActions[action]} (${scores[t]})`;
    const last = steps.at(-1);
    if (last?.text === text) last.times++;
    else steps.push({ text, times: 1 });
  });
  const words = steps.map(({ text, times }) => (times > 1 ? `${text} × ${times}` : text)).join(' → ');
  return `${words}: ${correct ? 'correct' : answered ? 'wrong' : 'cut off without an answer'}`;
}

function rounded(curve: readonly number[]): number[] {
  return curve.map((value) => Math.round(value * 1e4) / 1e4);
}
