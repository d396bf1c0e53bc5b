import { cliffReport } from '@laurel/core/assess';
import { band, dot, type Figure, line, plot, type Row, rule, table } from '@laurel/core/paper';
import { bootstrap, mean } from '@laurel/core/stats';
import { armLabel, arms, epsilons } from './arms.ts';
import type { BanditArm } from './bandit.ts';
import { type ExactOutcome, priced, radii } from './exact.ts';
import { accuracyChanges, type BanditRuns, type Collected, sharesByEpsilon, slopes, variations } from './summary.ts';

export function figures({ exact, mixture, bandit, control }: Collected): Figure[] {
  return [
    ...(exact.length > 0 ? [jumps(exact)] : []),
    ...(bandit.length > 0 ? [shares(bandit), armTable(bandit, control)] : []),
    ...(exact.length > 0 ? [radiusPlot(exact), tradeOff(exact)] : []),
    ...(mixture.length > 0 ? [mixtureTable(mixture)] : []),
  ];
}

function jumps(exact: readonly ExactOutcome[]): Figure {
  const ties = exact.flatMap((outcome) => outcome.ties);
  const sizes = [...new Set(ties.map(({ epsilon }) => epsilon))];
  const counts = [...new Set(ties.map(({ tied }) => tied))];
  const rows = sizes.flatMap((epsilon) => [
    ...counts.map((m) => {
      const some = ties.filter((tie) => tie.epsilon === epsilon && tie.tied === m);
      return { epsilon, value: mean(some.map(({ jump }) => jump)), what: `policy, ${m} tied` };
    }),
    ...(['distance', 'regret'] as const).map((name) => ({
      epsilon,
      value: mean(ties.filter((tie) => tie.epsilon === epsilon).map((tie) => tie[name])),
      what: name === 'distance' ? 'STARC distance' : 'worst-case regret',
    })),
  ]);
  return plot({
    id: 'jump',
    title: 'Breaking a tie by ever less',
    caption:
      'Total variation of the policy at a planted tie, against how far the reward moved. The policy jumps by (m − 1)/m however small the bonus; the distance between the rewards, and the most that trusting the new one can cost, go to zero with it. The cliff is one of behaviour, not of value.',
    x: { label: 'bonus ε', type: 'log' },
    y: { label: 'total variation; distance; share of the range of returns', type: 'log' },
    color: { domain: [...counts.map((m) => `policy, ${m} tied`), 'STARC distance', 'worst-case regret'] },
    marks: [
      line(rows, { x: 'epsilon', y: 'value', color: 'what' }),
      dot(rows, { x: 'epsilon', y: 'value', color: 'what' }),
    ],
  });
}

const scaling = (arm: BanditArm) => (arm.scale === 'none' ? 'centred' : 'divided by std');
const regularisation = (arm: BanditArm) => armLabel({ ...arm, scale: 'none' });

function shares(bandit: readonly BanditRuns[]): Figure {
  const rows = bandit.flatMap((runs) =>
    sharesByEpsilon(runs).map((values, k) => {
      const { value, lo, hi } = bootstrap(values);
      return {
        epsilon: epsilons[k],
        share: value,
        lo: lo ?? value,
        hi: hi ?? value,
        arm: regularisation(runs.arm),
        scaling: scaling(runs.arm),
      };
    }),
  );
  const strengths = [...new Set(bandit.filter(({ arm }) => arm.strength > 0).map(({ arm }) => arm.strength))];
  const curve = strengths.flatMap((strength) =>
    Array.from({ length: 41 }, (_, i) => {
      const epsilon = -0.1 + i * 0.005;
      return {
        epsilon,
        share: 1 / (1 + Math.exp(-epsilon / strength)),
        arm: `entropy ${strength}`,
        scaling: 'centred',
      };
    }),
  );
  return plot({
    id: 'style-share',
    title: 'Style A among right answers, by the bonus on it',
    caption:
      'Mean over seeds with 95% band; dashed, the law σ(ε/α). Centred advantages: a cliff without a regulariser, the predicted slope with one. Divided by the group’s standard deviation every bonus becomes one of size one, and no regulariser of this size holds.',
    x: { label: 'bonus ε on style A' },
    y: { label: 'P(style A | right)', domain: [0, 1], percent: true },
    color: { domain: arms.filter(({ scale }) => scale === 'none').map(armLabel) },
    marks: [
      line(curve, { x: 'epsilon', y: 'share', color: 'arm', dash: true, facet: 'scaling' }),
      band(rows, { x: 'epsilon', lo: 'lo', hi: 'hi', color: 'arm', facet: 'scaling' }),
      line(rows, { x: 'epsilon', y: 'share', color: 'arm', facet: 'scaling' }),
      dot(rows, { x: 'epsilon', y: 'share', color: 'arm', facet: 'scaling' }),
    ],
  });
}

function armTable(bandit: readonly BanditRuns[], control: BanditRuns | null): Figure {
  const row = (name: string, runs: BanditRuns): Row => {
    const variation = bootstrap(variations(runs));
    return {
      name,
      variation: variation.value,
      lo: variation.lo,
      hi: variation.hi,
      accuracy: 100 * mean(accuracyChanges(runs)),
    };
  };
  return table({
    id: 'arms',
    title: 'What a bonus of ±0.02 does to the bandit',
    caption:
      'Total variation between the policies trained with +0.02 and −0.02, its 95% interval over seeds, and the change of accuracy. Steepness is the largest total variation per unit of bonus between neighbouring bonuses; 1/(2α) bounds it. The slope is that of the logit against ε/α, 7/8 by theory, and a little more as long as wrong answers are dying out, for meanwhile the commoner of two right answers grows faster.',
    columns: [
      { key: 'name', label: 'arm' },
      { key: 'variation', label: 'total variation', digits: 3 },
      { key: 'lo', label: 'from', digits: 3 },
      { key: 'hi', label: 'to', digits: 3 },
      { key: 'accuracy', label: 'accuracy, points', digits: 2 },
      { key: 'steepness', label: 'steepness', digits: 2 },
      { key: 'bound', label: '1/(2α)', digits: 1 },
      { key: 'slope', label: 'slope of the logit', digits: 2 },
    ],
    rows: [
      ...bandit.map((runs) => {
        const { strength, scale } = runs.arm;
        return {
          ...row(armLabel(runs.arm), runs),
          steepness: cliffReport(
            runs.policies.flatMap((byEpsilon, i) =>
              byEpsilon.map((shares, k) => ({ epsilon: epsilons[k], seed: runs.seeds[i], shares })),
            ),
          ).steepness,
          bound: strength > 0 ? 1 / (2 * strength) : null,
          slope: strength > 0 && scale === 'none' ? mean(slopes(runs)) : null,
        };
      }),
      ...(control ? [{ ...row('control without a tie', control), steepness: null, bound: null, slope: null }] : []),
    ],
  });
}

function radiusPlot(exact: readonly ExactOutcome[]): Figure {
  const rows = radii.map((radius, k) => ({ radius, changed: mean(exact.map(({ changed }) => changed[k])) }));
  return plot({
    id: 'radius',
    title: 'Away from ties: perturbations in units of the stability radius',
    caption:
      'Share of perturbations that change the greedy policy somewhere. Inside the radius, (1 − γ)/2 times the smallest gap, nothing may change; how far beyond it things begin to change says how cautious the guarantee is.',
    x: { label: 'size over stability radius', type: 'log' },
    y: { label: 'greedy policies changed', domain: [0, 1], percent: true },
    marks: [line(rows, { x: 'radius', y: 'changed' }), dot(rows, { x: 'radius', y: 'changed' })],
  });
}

function tradeOff(exact: readonly ExactOutcome[]): Figure {
  const boundPerAlpha = exact[0].price[0].bound / priced[0]; // log|A| / (1 - γ), the same for all
  const rows = priced.flatMap((alpha, k) => [
    { alpha, lost: mean(exact.map(({ price }) => price[k].lost)), what: 'measured, mean over MDPs' },
    { alpha, lost: alpha * boundPerAlpha, what: 'bound α log|A|/(1 − γ)' },
  ]);
  return plot({
    id: 'trade-off',
    title: 'What stability costs',
    caption:
      'Return lost to an entropy bonus of weight α. The Lipschitz constant of the policy falls as 1/α, so moving right buys stability; the measured loss is far below its bound until α reaches the size of the gaps.',
    x: { label: 'α', type: 'log' },
    y: { label: 'return lost', type: 'log' },
    color: { domain: ['measured, mean over MDPs', 'bound α log|A|/(1 − γ)'] },
    marks: [
      line(rows, { x: 'alpha', y: 'lost', color: 'what' }),
      dot(rows, { x: 'alpha', y: 'lost', color: 'what' }),
      rule({ y: 1 }),
    ],
  });
}

function mixtureTable(mixture: Collected['mixture']): Figure {
  return table({
    id: 'mixture',
    title: 'Two rewards, changed by 1%',
    caption:
      'Total variation of the policy that is uniform among ties, by class of prompt, when politeness is worth 1% more or less and when 1% of the weight moves. The effective reward never moves by more than weight × 1%; behaviour follows the ties, not the size of the change.',
    columns: [
      { key: 'name', label: 'class of prompts' },
      { key: 'byReward', label: 'reward ± 1%', digits: 2 },
      { key: 'byWeight', label: 'weight ± 1%', digits: 2 },
      { key: 'moved', label: 'effective reward moved', digits: 4 },
      { key: 'bound', label: 'bound', digits: 4 },
    ],
    rows: mixture.map((outcome) => ({ ...outcome })),
  });
}
