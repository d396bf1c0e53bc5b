import { Gpt, GptTrainer, sampleGpt } from '../packages/core/src/nn/index.ts';
import { Random } from '../packages/core/src/stats/index.ts';

export const sizes = { vocabulary: 32, width: 64, layers: 2, heads: 4, context: 64 };
export const work = { batch: 64, length: 32, samples: 256, new: 32 };

/** What is measured: a training step on 64 x 32 tokens, and 256 samples of 32 tokens. */
export function gptWorkload() {
  const rng = new Random(0, 'bench');
  const model = new Gpt(sizes, rng);
  const trainer = new GptTrainer(model, { learningRate: 1e-3 });
  // One token more than the peer's batch has: the last is only a target.
  const batch = Array.from({ length: work.batch }, () => ({
    tokens: Int32Array.from({ length: work.length + 1 }, () => rng.int(sizes.vocabulary)),
    from: 1,
  }));
  const share = -1 / (work.batch * work.length);
  const prompts = Array.from({ length: work.samples }, () => [1]);
  return {
    train: () => {
      trainer.step(batch, (readings) => readings.map(({ logProbs }) => ({ logProbs: logProbs.map(() => share) })));
    },
    sample: () => {
      sampleGpt(model, prompts, { maxTokens: work.new, random: (i) => new Random(i, 'sample') });
    },
  };
}
