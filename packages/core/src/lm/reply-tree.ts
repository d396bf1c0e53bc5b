import type { Random } from '../stats/index.ts';

/** A text that a simulated model may write, with its weight beside the others' (positive; they need not sum to 1). */
export interface Reply {
  text: string;
  weight: number;
}

/** Stands for the end of a reply among the alternatives. */
export const END = '<|end|>';

interface Node {
  /** Probability of the replies that come through here. */
  mass: number;
  /** Probability of the replies that end here. */
  ending: number;
  readonly next: Map<string, Node>;
}

/** One draw: the tokens, each with its place in the tree, and whether the reply came to its end. */
export interface Walk {
  tokens: string[];
  /** Of each token, under the tree itself. */
  logProbs: number[];
  /** What else could have come in the place of each token, likeliest first, with the token itself. */
  alternatives: { token: string; logProb: number }[][];
  ended: boolean;
}

/** Words, each with the white space before it; the concatenation is the text. */
export function wordTokens(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}

/**
 * A distribution over finitely many texts as a language model sees it: token after token, each with its exact probability
 * given those before. So sampling, temperature, top-p and log-probabilities mean what they mean for a real model, and
 * all of them can be checked by hand.
 *
 * @example
 * const tree = new ReplyTree([{ text: 'yes', weight: 3 }, { text: 'no', weight: 1 }]);
 * tree.logProbs(['yes']); // [Math.log(0.75)]
 */
export class ReplyTree {
  readonly #root: Node;

  /** Throws RangeError without replies, and for a weight that is not positive and finite. */
  constructor(replies: readonly Reply[]) {
    if (replies.length === 0) throw new RangeError('replies must hold at least one reply, got none');
    let total = 0;
    for (const { text, weight } of replies) {
      if (!(weight > 0 && weight < Infinity)) {
        throw new RangeError(`weight must be positive and finite, got ${weight} for ${JSON.stringify(text)}`);
      }
      total += weight;
    }
    this.#root = { mass: 1, ending: 0, next: new Map() };
    for (const { text, weight } of replies) {
      let node = this.#root;
      for (const token of wordTokens(text)) {
        let child = node.next.get(token);
        if (child === undefined) {
          child = { mass: 0, ending: 0, next: new Map() };
          node.next.set(token, child);
        }
        child.mass += weight / total;
        node = child;
      }
      node.ending += weight / total;
    }
  }

  /** The log-probability of each token after those before it; null when no reply begins so. */
  logProbs(tokens: readonly string[]): number[] | null {
    const out: number[] = [];
    let node = this.#root;
    for (const token of tokens) {
      const child = node.next.get(token);
      if (child === undefined) return null;
      out.push(Math.log(child.mass / node.mass));
      node = child;
    }
    return out;
  }

  /**
   * Draws a reply token by token.
   *
   * @param options.enough called after each token with all so far; true ends the walk
   */
  walk(
    rng: Random,
    options: { temperature: number; topP: number; maxTokens: number; enough: (tokens: readonly string[]) => boolean },
  ): Walk {
    const walk: Walk = { tokens: [], logProbs: [], alternatives: [], ended: false };
    let node = this.#root;
    while (walk.tokens.length < options.maxTokens) {
      const { mass } = node;
      const choices = [...node.next].map(([token, child]) => ({ token, probability: child.mass / mass }));
      if (node.ending > 0) choices.push({ token: END, probability: node.ending / mass });
      choices.sort((a, b) => b.probability - a.probability);
      const { token, probability } = choices[draw(choices, options, rng)];
      const child = node.next.get(token);
      if (child === undefined) {
        walk.ended = true;
        break;
      }
      walk.tokens.push(token);
      walk.logProbs.push(Math.log(probability));
      walk.alternatives.push(choices.map((choice) => ({ token: choice.token, logProb: Math.log(choice.probability) })));
      node = child;
      if (options.enough(walk.tokens)) break;
    }
    return walk;
  }
}

/** The index of one of the choices, which stand in falling order of probability. */
function draw(
  choices: readonly { probability: number }[],
  { temperature, topP }: { temperature: number; topP: number },
  rng: Random,
): number {
  if (temperature === 0) return 0;
  // Relative to the likeliest, so that a low temperature underflows to 0 and never to 0/0.
  const weights = choices.map(({ probability }) => (probability / choices[0].probability) ** (1 / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let covered = 0;
  const nucleus = weights.findIndex((weight) => {
    covered += weight / total;
    return covered >= topP;
  });
  return rng.categorical(nucleus < 0 ? weights : weights.slice(0, nucleus + 1));
}
