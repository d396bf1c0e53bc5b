import { exponential, maxLanes, multiplyAdd, sumLanes } from './simd';

/**
 * Turns rows of logits [rows, stride], of which the first `count` are real, into probabilities in their place (padding 0).
 * For a target >= 0 it gives the target's log-probability, and always the entropy in nats.
 */
export function distribution(
  logits: usize, targets: usize, logProbs: usize, entropies: usize, rows: i32, count: i32, stride: i32,
): void {
  const size = <usize>stride << 2;
  for (let r = 0; r < rows; r++) {
    const at = logits + <usize>r * size;
    for (let c = count; c < stride; c++) f32.store(at + (<usize>c << 2), -1e30);
    let most = f32x4.splat(-1e30);
    for (let c: usize = 0; c < size; c += 16) most = f32x4.max(most, v128.load(at + c));
    const top = maxLanes(most);
    const shift = f32x4.splat(top);
    const target = i32.load(targets + (<usize>r << 2));
    const chosen = target < 0 ? top : f32.load(at + (<usize>target << 2));
    let sum = f32x4.splat(0);
    let weighted = f32x4.splat(0);
    for (let c: usize = 0; c < size; c += 16) {
      const z = f32x4.sub(v128.load(at + c), shift);
      const e = exponential(z);
      v128.store(at + c, e);
      sum = f32x4.add(sum, e);
      // Padding has z of -1e30 and e of about 1e-38: their product would count, so it is held at -100.
      weighted = multiplyAdd(e, f32x4.max(z, f32x4.splat(-100)), weighted);
    }
    const total = sumLanes(sum);
    const log = NativeMathf.log(total);
    f32.store(logProbs + (<usize>r << 2), chosen - top - log);
    f32.store(entropies + (<usize>r << 2), log - sumLanes(weighted) / total);
    const share = f32x4.splat(1 / total);
    for (let c: usize = 0; c < size; c += 16) v128.store(at + c, f32x4.mul(v128.load(at + c), share));
    for (let c = count; c < stride; c++) f32.store(at + (<usize>c << 2), 0);
  }
}

/**
 * Probabilities, in their place, into the gradient by the logits of sum over rows of a log p(target) + b entropy, where
 * d log p(t) / dz = 1[t] - p and d entropy / dz = -p (log p + entropy).
 */
export function distributionBackward(
  probabilities: usize, targets: usize, a: usize, b: usize, entropies: usize, rows: i32, count: i32, stride: i32,
): void {
  const size = <usize>stride << 2;
  for (let r = 0; r < rows; r++) {
    const at = probabilities + <usize>r * size;
    const onTarget = f32.load(a + (<usize>r << 2));
    const onEntropy = f32.load(b + (<usize>r << 2));
    if (onEntropy == 0) {
      const factor = f32x4.splat(-onTarget);
      for (let c: usize = 0; c < size; c += 16) v128.store(at + c, f32x4.mul(v128.load(at + c), factor));
    } else {
      const entropy = f32.load(entropies + (<usize>r << 2));
      for (let c = 0; c < count; c++) {
        const p = f32.load(at + (<usize>c << 2));
        const log = p > 0 ? NativeMathf.log(p) : 0;
        f32.store(at + (<usize>c << 2), -p * (onTarget + onEntropy * (log + entropy)));
      }
    }
    const target = i32.load(targets + (<usize>r << 2));
    if (target >= 0) {
      const place = at + (<usize>target << 2);
      f32.store(place, f32.load(place) + onTarget);
    }
  }
}
