import { positiveWhole } from '../lm/index.ts';
import type { ResponsePrefix, StepProposals } from './step-proposals.ts';

/** A response on its way through a token beam. */
export interface TokenTrace extends ResponsePrefix {
  /** Where each step ends: the number of tokens up to and with its last. */
  readonly ends: readonly number[];
  /** The score after each step. */
  readonly scores: readonly number[];
  /** `end`: complete. `cut`: it came to the limit of tokens. `step`: it could go on. */
  readonly finish: 'step' | 'end' | 'cut';
}

/** Scores traces by their tokens, the last step new (no score of it is in `scores` yet): one finite number each, higher for better. */
export type TraceScorer = (traces: readonly TokenTrace[]) => ArrayLike<number>;

export interface TokenBeamOptions {
  /** Traces kept after each step; 1 makes it step-wise best-of-n. */
  width: number;
  /** Next steps sampled from each trace. */
  expand: number;
  /** First steps, when the beam is still one empty trace; `expand` unless told. */
  first?: number;
  /** Most steps of a trace. */
  maxSteps: number;
  score: TraceScorer;
  /** Picks among the traces at the end; the last score of each unless told. */
  finalScore?: TraceScorer;
  signal?: AbortSignal;
}

/**
 * Beam search step by step on a tiny GPT, all prompts in lockstep: what `stepBeam` does with texts of any language model,
 * for tokens (Setlur et al. 2024, arXiv 2410.08146, section 4; with width 1 the step-wise best-of-n of Wang et al. 2025,
 * arXiv 2503.13551). Complete traces stay and compete with their last score; equal steps of one trace count and are scored
 * once, and among equal scores the first stands. Traces that came to a limit take no place in the beam.
 *
 * @returns for each prompt its traces: complete ones first, then by falling score; at least one
 * @throws RangeError for numbers that are not positive and whole, or scores that are too few or not finite; the signal's
 *   reason when aborted
 * @example
 * const traces = tokenBeam(proposals, { width: 1, expand: 8, maxSteps: 12, score: (traces) => valuesOf(scorer, traces) });
 * const answers = traces.map(([best]) => tokenizer.decode(best.tokens));
 */
export function tokenBeam(proposals: StepProposals, options: TokenBeamOptions): TokenTrace[][] {
  const { width, expand, first = expand, maxSteps, score, finalScore, signal } = options;
  for (const [name, value] of Object.entries({ width, expand, first, maxSteps })) positiveWhole(name, value);
  const beams = proposals.prompts.map((_, index): Beam => {
    return { kept: [{ index, tokens: [], ends: [], scores: [], finish: 'step' }], cut: [] };
  });
  for (let round = 0; round < maxSteps; round++) {
    signal?.throwIfAborted();
    const live = beams.flatMap(({ kept }) => kept.filter(({ finish }) => finish === 'step'));
    if (live.length === 0) break;
    const steps = proposals.draw(live, round === 0 ? first : expand);
    const born = live.flatMap((parent, i) => {
      const distinct = new Map(steps[i].map((step) => [step.tokens.join(), step]));
      return [...distinct.values()].map(({ tokens, finish }): TokenTrace => {
        const longer = [...parent.tokens, ...tokens];
        return { ...parent, tokens: longer, ends: [...parent.ends, longer.length], finish };
      });
    });
    const scores = scoresOf('score', score, born);
    const children = Map.groupBy(
      born.map((trace, i) => ({ ...trace, scores: [...trace.scores, scores[i]] })),
      ({ index }) => index,
    );
    for (const [index, ours] of children) advance(beams[index], ours, width);
  }
  const finalists = beams.map(({ kept, cut }) => [...kept, ...cut]);
  const all = finalists.flat();
  const last = finalScore ? scoresOf('finalScore', finalScore, all) : all.map(lastScore);
  const ranks = new Map(all.map((trace, i) => [trace, last[i]]));
  const rank = (trace: TokenTrace) => ranks.get(trace) ?? -Infinity;
  return finalists.map((traces) =>
    traces.sort((a, b) => Number(b.finish === 'end') - Number(a.finish === 'end') || rank(b) - rank(a)),
  );
}

interface Beam {
  /** Best first, complete ones among them. */
  kept: TokenTrace[];
  cut: TokenTrace[];
}

function advance(beam: Beam, born: readonly TokenTrace[], width: number): void {
  beam.cut.push(...born.filter(({ finish }) => finish === 'cut'));
  const pool = [
    ...beam.kept.filter(({ finish }) => finish === 'end'),
    ...born.filter(({ finish }) => finish !== 'cut'),
  ];
  beam.kept = pool.sort((a, b) => lastScore(b) - lastScore(a)).slice(0, width);
}

function lastScore({ scores }: TokenTrace): number {
  return scores[scores.length - 1];
}

function scoresOf(name: string, score: TraceScorer, traces: readonly TokenTrace[]): ArrayLike<number> {
  const scores = score(traces);
  if (scores.length !== traces.length) {
    throw new RangeError(`${name} must give ${traces.length} scores, got ${scores.length}`);
  }
  for (let i = 0; i < scores.length; i++) {
    if (!Number.isFinite(scores[i])) throw new RangeError(`${name} must give finite scores, got ${scores[i]}`);
  }
  return scores;
}
