/** A policy from nothing: imitation, then reinforcement learning on a reward. */
import { chainMod, encodeResponse, sampleFrom } from '@laurel/core/env';
import { Gpt } from '@laurel/core/nn';
import { answerReward, evaluatePolicy, promptsOf, rloo, sft } from '@laurel/core/policy';
import { Random } from '@laurel/core/stats';

const family = chainMod({ modulus: 5 }); // 3+4*2=? … line by line, with an exact checker for answers and for single lines
const { tokenizer } = family;
const draw = (n: number, seed: number) =>
  Array.from({ length: n }, (_, i) => sampleFrom(family, 'train', new Random(seed, i), 2));

const policy = new Gpt(
  { vocabulary: tokenizer.size, context: 40, width: 32, layers: 1, heads: 4 },
  new Random(0, 'weights'),
);
const examples = draw(4000, 0).map((problem) => ({
  prompt: tokenizer.encode(problem.prompt),
  response: encodeResponse(tokenizer, family.solve(problem)),
}));
for (const _ of sft(policy, examples, { random: new Random(0, 'sft'), steps: 200, optimiser: { learningRate: 3e-3 } }));
const right = () => evaluatePolicy(policy, family, draw(300, 1), { random: new Random(0, 'evaluation') }).accuracy;

console.log('after imitation', right());
const loop = rloo(policy, {
  random: new Random(0, 'rloo'),
  iterations: 120,
  prompts: (i) => promptsOf(family, draw(32, 100 + i)),
  sampling: { n: 8, maxTokens: 20, stop: [tokenizer.eos] },
  reward: answerReward(family), // or anything else that scores rollouts: this is where your reward goes
  optimiser: { learningRate: 1e-3 },
});
for (const { iteration, reward, entropy } of loop)
  if (iteration % 30 === 29) console.log({ iteration, reward, entropy });
console.log('after reinforcement', right());
