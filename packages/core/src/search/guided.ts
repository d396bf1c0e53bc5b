import { positiveWhole } from '../lm/index.ts';
import type { Awaitable } from './sampler.ts';

/** A state with a move that was proposed in it. */
export interface GuidedMove<X, A> {
  readonly state: X;
  readonly action: A;
}

export interface GuidedSearchOptions<X, A> {
  /** A search starts from each; all go on in lockstep. */
  roots: readonly X[];
  /** c, moves asked for in each state; 5 unless told, as in the paper. */
  candidates?: number;
  /** B, states kept after each step; 1, greedy search, unless told. */
  beam?: number;
  /** Most steps. */
  maxSteps: number;
  /** The agent: at most `n` moves for each state, one list a state; none where one cannot go on. */
  propose: (states: readonly X[], n: number) => Awaitable<readonly (readonly A[])[]>;
  /** The world: the state that each move leads to. */
  execute: (moves: readonly GuidedMove<X, A>[]) => Awaitable<readonly X[]>;
  /** What is scored: the states that moves lead to, or the moves before anybody makes them. */
  scorer:
    | { readonly scores: 'states'; score(states: readonly X[]): Awaitable<ArrayLike<number>> }
    | { readonly scores: 'moves'; score(moves: readonly GuidedMove<X, A>[]): Awaitable<ArrayLike<number>> };
  isFinished: (state: X) => boolean;
  signal?: AbortSignal;
  /** After each step over all searches. */
  onStep?: (done: number) => void;
}

/** What a guided search came to. */
export interface GuidedResult<X> {
  /** States of the beam, best first: those that are finished, and those that ran out of steps or moves. */
  readonly beam: readonly { readonly state: X; readonly score: number | null; readonly steps: number }[];
  /** Candidates that were scored. */
  readonly scored: number;
}

/**
 * Step-level beam search in which an agent proposes, a world executes and a scorer chooses (Ma et al. 2024, arXiv
 * 2412.15904; B = 1 is their greedy search): at each step `candidates` moves of each state of the beam, of which the
 * `beam` best are kept, the first of equals. Finished states stay with the score they came with, and compete for
 * their place. A scorer of moves decides before anything is executed, so the world is asked only for what is kept.
 *
 * @throws RangeError for options out of range, lists that do not fit, or scores that are not finite; the signal's
 *   reason when aborted
 * @example
 * const [{ beam: [best] }] = await guidedSearch({
 *   roots: [''], candidates: 2, maxSteps: 3, isFinished: (bits) => bits.length === 3,
 *   propose: (states) => states.map(() => ['0', '1']),
 *   execute: (moves) => moves.map(({ state, action }) => state + action),
 *   scorer: { scores: 'states', score: (states) => states.map((bits) => Number.parseInt(bits, 2)) },
 * });
 * best.state; // '111'
 */
export async function guidedSearch<X, A>({
  roots,
  candidates = 5,
  beam = 1,
  maxSteps,
  propose,
  execute,
  scorer,
  isFinished,
  signal,
  onStep,
}: GuidedSearchOptions<X, A>): Promise<GuidedResult<X>[]> {
  positiveWhole('candidates', candidates);
  positiveWhole('beam', beam);
  positiveWhole('maxSteps', maxSteps);
  const scored = new Array<number>(roots.length).fill(0);
  let beams = roots.map((state): Kept<X>[] => [{ state, score: null, steps: 0, open: !isFinished(state) }]);
  for (let done = 0; done < maxSteps; done++) {
    signal?.throwIfAborted();
    const open = beams.flatMap((kept, search) => kept.filter((each) => each.open).map((from) => ({ from, search })));
    if (open.length === 0) break;
    const proposed = await propose(
      open.map(({ from }) => from.state),
      candidates,
    );
    assertCount('propose', proposed, open.length);
    const moves = open.flatMap(({ from, search }, i) => {
      if (proposed[i].length > candidates) {
        throw new RangeError(`propose must give at most ${candidates} moves a state, got ${proposed[i].length}`);
      }
      // Nowhere to go: it stays as it is.
      if (proposed[i].length === 0) from.open = false;
      return proposed[i].map((action) => ({ search, from, action, state: from.state }));
    });
    const executed = scorer.scores === 'states' && moves.length > 0 ? await execute(moves) : null;
    if (executed) assertCount('execute', executed, moves.length);
    const scores =
      moves.length === 0 ? [] : await (scorer.scores === 'states' ? scorer.score(executed!) : scorer.score(moves));
    assertCount('score', scores, moves.length);
    const chosen = beams.map((kept, search) => {
      const places: Place<X>[] = kept.filter((each) => !each.open).map((old) => ({ score: old.score, old }));
      moves.forEach((move, m) => {
        if (move.search !== search) return;
        if (!Number.isFinite(scores[m])) throw new RangeError(`score must give finite numbers, got ${scores[m]}`);
        places.push({ score: scores[m], move: m });
      });
      return places.toSorted((a, b) => rank(b) - rank(a)).slice(0, beam);
    });
    for (const { search } of moves) scored[search]++;
    const wanted = chosen.flat().flatMap(({ move }) => (move === undefined ? [] : [move]));
    const states = executed ?? (wanted.length > 0 ? await execute(wanted.map((m) => moves[m])) : []);
    if (!executed) assertCount('execute', states, wanted.length);
    const reached = new Map(executed ? wanted.map((m) => [m, executed[m]]) : wanted.map((m, i) => [m, states[i]]));
    beams = chosen.map((places) =>
      places.map(({ score, move, old }): Kept<X> => {
        if (old) return old;
        const state = reached.get(move!)!;
        return { state, score, steps: moves[move!].from.steps + 1, open: !isFinished(state) };
      }),
    );
    onStep?.(done + 1);
  }
  return beams.map((kept, search) => ({
    beam: kept.map(({ state, score, steps }) => ({ state, score, steps })),
    scored: scored[search],
  }));
}

interface Kept<X> {
  readonly state: X;
  /** Null of a root. */
  readonly score: number | null;
  readonly steps: number;
  open: boolean;
}

/** One that wants a place in the beam: a state that stays, or a move by its index. */
interface Place<X> {
  readonly score: number | null;
  readonly old?: Kept<X>;
  readonly move?: number;
}

function rank<X>({ score }: Place<X>): number {
  return score ?? -Infinity;
}

function assertCount(name: string, answers: ArrayLike<unknown>, count: number): void {
  if (answers.length !== count) throw new RangeError(`${name} must give ${count} answers, got ${answers.length}`);
}
