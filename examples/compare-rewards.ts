import { regretBound, rewardDistance } from '@laurel/core/assess';
import { gridworld, tabulate, tabulateReward } from '@laurel/core/env';

// Somebody edited a reward. Will a policy trained on the new one do what the old one wanted?
const model = tabulate(gridworld({ map: ['S..', '.#.', '..G'], gamma: 0.95 }));
const goal = tabulateReward((_cell, _move, to) => (to.x === 2 && to.y === 2 ? 1 : 0), model);
const hint = tabulateReward((at, _move, to) => 0.95 * (to.x + to.y) - (at.x + at.y), model);

const shaped = goal.map((r, i) => r + hint[i]);
console.log(rewardDistance(model, goal, shaped).toFixed(6)); // 0.000000: this hint cannot change which policy is best
console.log(rewardDistance(model, goal, hint).toFixed(3)); // the hint alone means nothing: it is shaping and no more
const negated = goal.map((r) => -r);
console.log(rewardDistance(model, goal, negated)); // 2: the reverse
console.log(regretBound(model, goal, shaped).toExponential(1)); // what training on it can lose at most
