import type { Random } from '../../stats/index.ts';
import { Gpt } from './gpt.ts';
import { initialParameters, parametersOf } from './shape.ts';

/**
 * A copy with further layers that computes the same: fresh layers are put behind the old ones and add nothing to the
 * stream until they are trained (Net2DeeperNet; Chen, Goodfellow & Shlens 2015, arXiv 1511.05641). For a model that must
 * look at what another one thought at earlier tokens, such as a reward model that begins from a policy of one layer.
 *
 * @param layers of the copy, at least as many as there are
 * @throws RangeError for fewer layers than there are, or a number that is not whole
 * @example
 * const scorer = deepened(policy, 2, new Random(0, 'deeper')).withOutputs(['step']);
 */
export function deepened(gpt: Gpt, layers: number, random: Random): Gpt {
  if (!(Number.isSafeInteger(layers) && layers >= gpt.shape.layers)) {
    throw new RangeError(`layers must be a whole number from ${gpt.shape.layers}, got ${layers}`);
  }
  const shape = { ...gpt.shape, layers };
  const parameters = initialParameters(shape, random);
  const old = new Map(parametersOf(gpt.shape).map((array) => [array.name, array.offset]));
  for (const { name, offset, rows, columns } of parametersOf(shape)) {
    const end = offset + Math.max(rows, 1) * columns;
    const from = old.get(name);
    if (from !== undefined) parameters.set(gpt.parameters.subarray(from, from + end - offset), offset);
    else if (name.endsWith('.projection.weight') || name.endsWith('.out.weight')) parameters.fill(0, offset, end);
  }
  return new Gpt(shape, parameters);
}
