import { implicitRewards } from '@laurel/core/credit';
import { Random } from '@laurel/core/stats';

const VOCABULARY = 3;
const LENGTH = 6;
export const betas = [1e-3, 1e-2, 0.1, 1, 10, 100, 1000];
/** Rounding that inequalities between sums of 729 terms are allowed. */
const ROUNDING = 1e-9;

export interface ExactOutcome {
  /** Prefixes that were looked at, over all tables. */
  prefixes: number;
  /** Greatest |q^t - β log E_ref[exp(r / β)]| over all prefixes. */
  largestError: number;
  /** How often, for a fixed reward, the soft value left [mean, maximum]. */
  outside: number;
  /** How often it rose with β. */
  rising: number;
  /** How often it was further from the maximum at β = 0.001, or from the mean at β = 1000, than theory allows. */
  farFromLimit: number;
  /** The empty prefix of the first table: its soft value at each β, its mean and its maximum. */
  sandwich: { values: number[]; mean: number; maximum: number };
}

/** A causal model as a table: log-probabilities of the next token after each prefix, prefixes counted level by level. */
function tableOf(random: Random, sharpness: number): Float64Array[] {
  return Array.from({ length: (VOCABULARY ** LENGTH - 1) / (VOCABULARY - 1) }, () => {
    const logits = Float64Array.from({ length: VOCABULARY }, () => sharpness * random.normal());
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
    return logits.map((logit) => logit - Math.log(total));
  });
}

const child = (prefix: number, token: number) => VOCABULARY * prefix + 1 + token;

/** Both propositions of the paper, by enumeration of all 729 strings of random tables. */
export function exactPart(tables: number, seed: number, step: (done: number) => void): ExactOutcome {
  const outcome: ExactOutcome = {
    prefixes: 0,
    largestError: 0,
    outside: 0,
    rising: 0,
    farFromLimit: 0,
    sandwich: { values: [], mean: 0, maximum: 0 },
  };
  for (let table = 0; table < tables; table++) {
    const random = new Random(seed, 'implicit values', table);
    const model = tableOf(random.split('model'), 1.5);
    const reference = tableOf(random.split('reference'), 1);
    const beta = 10 ** random.split('beta').between(-2, 1);
    compareWithDefinition(model, reference, beta, outcome);
    sandwich(reference, random.split('rewards'), outcome, table === 0);
    step(table + 1);
  }
  return outcome;
}

/** Proposition 1: the log-ratio of a prefix against the expectation over the reference's continuations. */
function compareWithDefinition(
  model: readonly Float64Array[],
  reference: readonly Float64Array[],
  beta: number,
  outcome: ExactOutcome,
): void {
  const path = { model: new Float64Array(LENGTH), reference: new Float64Array(LENGTH) };
  /** Gives E_ref[exp(r / β) | prefix], and checks every prefix below. */
  const visit = (prefix: number, depth: number): { expectation: number; values: ArrayLike<number> } => {
    if (depth === LENGTH) {
      const { prefixValues, total } = implicitRewards(path.model, path.reference, { beta });
      return { expectation: Math.exp(total / beta), values: prefixValues };
    }
    let expectation = 0;
    let values: ArrayLike<number> = [];
    for (let token = 0; token < VOCABULARY; token++) {
      path.model[depth] = model[prefix][token];
      path.reference[depth] = reference[prefix][token];
      const below = visit(child(prefix, token), depth + 1);
      expectation += Math.exp(reference[prefix][token]) * below.expectation;
      values = below.values;
    }
    // Any string through a prefix says the same of it; before the first token the value is 0.
    const value = depth === 0 ? 0 : values[depth - 1];
    outcome.largestError = Math.max(outcome.largestError, Math.abs(value - beta * Math.log(expectation)));
    outcome.prefixes++;
    return { expectation, values };
  };
  visit(0, 0);
}

/** Proposition 2: for a reward of its own, the soft value between mean and maximum. */
function sandwich(reference: readonly Float64Array[], random: Random, outcome: ExactOutcome, keep: boolean): void {
  interface Continuation {
    logChance: number;
    reward: number;
  }
  const visit = (prefix: number, depth: number): Continuation[] => {
    if (depth === LENGTH) return [{ logChance: 0, reward: random.between(-1, 1) }];
    const all = Array.from({ length: VOCABULARY }, (_, token) =>
      visit(child(prefix, token), depth + 1).map(({ logChance, reward }) => ({
        logChance: logChance + reference[prefix][token],
        reward,
      })),
    ).flat();
    const mean = all.reduce((sum, { logChance, reward }) => sum + Math.exp(logChance) * reward, 0);
    const best = all.reduce((a, b) => (b.reward > a.reward ? b : a));
    const least = Math.min(...all.map(({ reward }) => reward));
    const values = betas.map(
      (beta) =>
        best.reward +
        beta *
          Math.log(
            all.reduce((sum, { logChance, reward }) => sum + Math.exp(logChance + (reward - best.reward) / beta), 0),
          ),
    );
    outcome.outside += values.filter((q) => q < mean - ROUNDING || q > best.reward + ROUNDING).length;
    outcome.rising += values.filter((q, k) => k > 0 && q > values[k - 1] + ROUNDING).length;
    // q ≥ max + β log p(max), and by Hoeffding's lemma q ≤ mean + range² / 8β.
    const [smallest, greatest] = [betas[0], betas[betas.length - 1]];
    const floor = best.reward + smallest * best.logChance;
    const ceiling = mean + (best.reward - least) ** 2 / (8 * greatest);
    outcome.farFromLimit +=
      Number(values[0] < floor - ROUNDING) + Number(values[values.length - 1] > ceiling + ROUNDING);
    if (depth === 0 && keep) outcome.sandwich = { values, mean, maximum: best.reward };
    return all;
  };
  visit(0, 0);
}
