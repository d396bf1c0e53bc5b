import { sigmoid, softplus } from './logistic.ts';

/**
 * Losses that fit an outcome reward r (Yuan et al. 2024, arXiv 2412.01981), with l the outcome, w and l' a right and a wrong
 * response to the same prompt:
 *
 *   ce   -l log σ(r) - (1 - l) log σ(-r)
 *   kto  1 - σ(r - z) for l = 1, 1 - σ(z - r) for l = 0; z is measured on mismatched prompts and responses
 *   dpo  -log σ(r_w - r_l')
 *   nca  -log σ(r_w) - ½ log σ(-r_w) - ½ log σ(-r_l')
 */
export type ImplicitLoss = 'ce' | 'kto' | 'dpo' | 'nca';

/** Whether the loss looks at pairs, the better response first. */
export function isPairwise(loss: ImplicitLoss): boolean {
  return loss === 'dpo' || loss === 'nca';
}

/**
 * The loss of one response or of a pair, and its slope by each reward.
 *
 * @param rewards one number, or two for a pair
 * @param outcome of the response; not looked at for pairs
 * @param anchor z of `kto`
 */
export function implicitLoss(
  kind: ImplicitLoss,
  [r, worse]: ArrayLike<number> & Iterable<number>,
  outcome: number,
  anchor: number,
): { loss: number; slopes: readonly number[] } {
  switch (kind) {
    case 'ce':
      return { loss: softplus(r) - outcome * r, slopes: [sigmoid(r) - outcome] };
    case 'kto': {
      const sign = outcome === 1 ? 1 : -1;
      const miss = sigmoid(-sign * (r - anchor));
      return { loss: miss, slopes: [-sign * miss * (1 - miss)] };
    }
    case 'dpo': {
      const slope = sigmoid(worse - r);
      return { loss: softplus(worse - r), slopes: [-slope, slope] };
    }
    case 'nca':
      return {
        loss: softplus(-r) + (softplus(r) + softplus(worse)) / 2,
        slopes: [sigmoid(r) / 2 - sigmoid(-r), sigmoid(worse) / 2],
      };
  }
}
