import { type ChainData, lineSpans, type Problem, responseLines, type TaskFamily } from '@laurel/core/env';
import type { LanguageRollout } from '@laurel/core/policy';
import { auroc } from '@laurel/core/stats';

export type ChainRollout = LanguageRollout<Problem<ChainData>>;

/** A line of a response, what a process reward model pays for it, and whether the checker finds it right. */
export interface PaidLine {
  line: string;
  /** Sum of its tokens' rewards. */
  reward: number;
  right: boolean;
}

/** The lines of a response with their rewards. */
export function paidLines(
  family: TaskFamily<ChainData>,
  { problem, response }: ChainRollout,
  tokenRewards: ArrayLike<number>,
): PaidLine[] {
  const lines = responseLines(family.tokenizer, response);
  const spans = lineSpans(family.tokenizer, response);
  return family.checkLines(problem, lines).map(({ verdict }, k) => {
    let reward = 0;
    for (let t = spans[k].start; t < spans[k].end; t++) reward += tokenRewards[t];
    return { line: lines[k], reward, right: verdict !== 'wrong' };
  });
}

/** How well line rewards tell right lines from wrong ones; null without both kinds. */
export function lineAuroc(
  family: TaskFamily<ChainData>,
  rollouts: readonly ChainRollout[],
  tokenRewards: readonly ArrayLike<number>[],
): number | null {
  const lines = rollouts.flatMap((rollout, i) => paidLines(family, rollout, tokenRewards[i]));
  const right = lines.map((line) => line.right);
  if (!right.includes(true) || !right.includes(false)) return null;
  return auroc(
    lines.map(({ reward }) => reward),
    right,
  );
}
