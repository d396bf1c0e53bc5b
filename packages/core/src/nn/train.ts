import { type Array as JaxArray, type JsTree, jit, numpy, valueAndGrad } from '@jax-js/jax';
import type { Optimiser } from './adamw.ts';
import { ndarray, sizeOf } from './array.ts';
import { download, upload, uploadTree, viewOf } from './device.ts';
import type { Given, Network } from './network.ts';
import { constant, sqrt, square, stack, sum, type Tensor, type Traced } from './ops.ts';
import { isSlot, leavesOf, type Parameters, type Slot, type Tree } from './tree.ts';

/** Scalars by name. `loss` is minimised, the others are reported. */
export type Losses = { readonly loss: Tensor; readonly [metric: string]: Tensor };

/** The numbers of one step: those of the loss function, and the gradient's norm before any clipping. */
export type StepReport<L> = { [K in keyof L]: number } & { gradientNorm: number };

/** Trains a network: owns the optimiser's state, and moves the network's parameters. */
export interface Trainer<B, L> {
  /** How many steps were done. */
  readonly steps: number;
  /**
   * One step on a batch. Compiled at the first call, and anew for other batch shapes, so keep those few.
   *
   * @throws RangeError when the loss or its gradient is not finite; the parameters are then as they were
   */
  step(batch: Given<B>): StepReport<L>;
  /** Frees the optimiser's state; the network stays. */
  dispose(): void;
}

/**
 * A trainer of a network for a loss.
 *
 * @param options.loss scalars by name from parameters and a batch, written with the operations of this room
 * @example
 * const train = trainer(net, {
 *   optimiser: adamW({ learningRate: 1e-3 }),
 *   loss: (params, batch: { x: Tensor; y: Tensor }) => ({ loss: mean(square(sub(model.apply(params, batch.x), batch.y))) }),
 * });
 * const { loss } = train.step({ x: ndarray(xs, [32, 4]), y: ndarray(ys, [32, 1]) });
 */
export function trainer<P extends Parameters, B, L extends Losses>(
  network: Network<P>,
  { loss, optimiser }: { loss: (params: Traced<P>, batch: B) => L; optimiser: Optimiser },
): Trainer<B, L> {
  const { layout, size } = network;
  let names: string[] = [];
  const lossOf = (vector: JaxArray, batch: JsTree<JaxArray>): [JaxArray, JaxArray] => {
    const losses = loss(viewOf<P>(layout, vector), batch as B);
    names = Object.keys(losses);
    for (const name of names) {
      const { ndim, shape } = losses[name];
      if (ndim !== 0) throw new TypeError(`loss must give scalars, but ${name} has shape [${shape.join(', ')}]`);
    }
    const report = stack(names.map((name) => losses[name]));
    return [losses.loss as JaxArray, report as JaxArray];
  };
  const run = jit((vector: JaxArray, state: JaxArray[], scalars: JaxArray, batch: JsTree<JaxArray>) => {
    const [[, report], gradient] = valueAndGrad(lossOf, { hasAux: true })(vector.ref, batch);
    const next = optimiser.update({
      parameters: vector,
      gradient,
      state,
      scalars,
      isMatrix: () => constant(matrixMask(layout.slots, size)),
    });
    const norm = sqrt(sum(square(gradient)));
    return {
      vector: next.parameters as JaxArray,
      state: next.state as JaxArray[],
      report,
      norm: norm as JaxArray,
    };
  });

  let state = Array.from({ length: optimiser.slots }, () => numpy.zeros([size]));
  let steps = 0;
  return {
    get steps() {
      return steps;
    },
    step(batch) {
      const inputs = uploadTree(batch);
      const scalars = upload(ndarray(optimiser.scalars(steps)));
      let values: Float32Array = new Float32Array();
      let gradientNorm = Number.NaN;
      network.replace((vector) => {
        const held = vector.ref;
        const next = run(
          vector,
          state.map((slot) => slot.ref),
          scalars,
          inputs,
        );
        values = download(next.report).data;
        gradientNorm = download(next.norm).data[0];
        if (values.every(Number.isFinite) && Number.isFinite(gradientNorm)) {
          held.dispose();
          for (const slot of state) slot.dispose();
          state = next.state;
          return next.vector;
        }
        for (const slot of [next.vector, ...next.state]) slot.dispose();
        return held;
      });
      const report = Object.fromEntries(names.map((name, i) => [name, values[i]]));
      for (const [name, value] of Object.entries({ ...report, gradientNorm })) {
        if (!Number.isFinite(value)) throw new RangeError(`${name} must be finite, got ${value} at step ${steps}`);
      }
      steps++;
      return { ...report, gradientNorm } as StepReport<L>; // `names` are the keys of L
    },
    dispose() {
      for (const slot of state) slot.dispose();
      run.dispose();
    },
  };
}

/** 1 at the elements of arrays with two or more axes. */
function matrixMask(slots: Tree<Slot>, size: number) {
  const mask = new Float32Array(size);
  for (const { offset, shape } of leavesOf(slots, isSlot)) {
    if (shape.length >= 2) mask.fill(1, offset, offset + sizeOf(shape));
  }
  return ndarray(mask);
}
