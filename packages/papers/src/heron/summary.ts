import {
  type ClaimResult,
  exactly,
  type Finished,
  judgeAbove,
  judgeAll,
  type Summary,
  type Verdict,
} from '@laurel/core/paper';
import { bootstrapUnits, type Estimate, mean } from '@laurel/core/stats';
import { figuresOf } from './figures.ts';
import type { paper } from './paper.ts';
import { baseScores, kindScore, propertyCounts, rescaledScores, scoresByWorld, type WorldScores } from './scores.ts';
import type { Config, Method, Result } from './trial.ts';

type ClaimId = keyof typeof paper.claims;

/** A1: how far below the tuned sum HERON may be. */
const TOLERANCE = 0.05;
/** A1: a shortfall beyond this in both worlds refutes. */
const SHORTFALL = 0.1;

/** A difference of scores, HERON minus a rival, in one world and in several. */
interface Comparison {
  worlds: { world: string; estimate: Estimate }[];
  pooled: Estimate;
}

export function summarise(finished: readonly Finished<Config, Result>[]): Summary<ClaimId> {
  const worlds = scoresByWorld(finished);
  const claims: Partial<Record<ClaimId, ClaimResult>> = {};
  const control = worlds.filter(({ world }) => world !== 'door');

  const atScaleOne = compare(control, (world) => pairedStatistic(world, 'linear'), 0.9);
  if (atScaleOne) claims['matches-tuned-sum'] = judgeMatch(atScaleOne);

  const atWorst = compare(worlds, worstCaseStatistic);
  const overZScored = compare(worlds, (world) => pairedStatistic(world, 'z-scored'));
  if (atWorst && overZScored) claims['scale-robust'] = judgeRobust(atWorst, overZScored);

  const overSparse = compare(
    worlds.filter(({ world }) => world === 'door'),
    (world) => pairedStatistic(world, 'sparse'),
  );
  if (overSparse) {
    claims['proxies-break-ties'] = {
      verdict: judgeAbove(overSparse.pooled),
      ours: overSparse.pooled,
      measure: 'door grid, normalised success: HERON − success alone (mean over seeds)',
      because: `Until a walker has succeeded once, success alone is silent, while the proxies speak from the first episode. ${perKind(worlds)}`,
    };
  }

  const counts = propertyCounts(finished);
  if (counts) {
    const broken = counts.p1.broken + counts.p2.broken + counts.p3.broken;
    claims['labels-ignore-scale'] = {
      verdict: broken === 0 ? 'holds' : 'refuted',
      ours: exactly(broken, counts.p1.checked + counts.p2.checked + counts.p3.checked),
      measure:
        'labels that changed under rescaling (P1) or an increasing transform (P2), and circles with zero margins (P3)',
      because: `Checked on signals of all three worlds: ${counts.p1.checked} rescaled labels, ${counts.p2.checked} transformed ones and ${counts.p3.checked} triples.`,
    };
  }
  return { claims, figures: figuresOf(worlds) };
}

/** Success in grids where the distance proxy points the right way, and where it does not. */
function perKind(worlds: readonly WorldScores[]): string {
  const door = worlds.find(({ world }) => world === 'door');
  const kinds = [
    { isAligned: true, name: 'where city-block distance leads through the door' },
    { isAligned: false, name: 'where it leads to the wall' },
  ];
  return kinds
    .flatMap(({ isAligned, name }) => {
      const [ours, theirs] = (['heron', 'sparse'] as const).map((method) =>
        door ? kindScore(door, method, isAligned) : null,
      );
      return ours === null || theirs === null
        ? []
        : [`HERON ${ours.toFixed(2)}, success alone ${theirs.toFixed(2)} ${name}`];
    })
    .join('; ')
    .concat('.');
}

/** A1. */
function judgeMatch({ worlds, pooled }: Comparison): ClaimResult {
  const verdicts = worlds.map(({ estimate }): Verdict => judgeAbove(estimate, -TOLERANCE));
  const isMissing = worlds.length < 2;
  const isShort = !isMissing && worlds.every(({ estimate }) => estimate.value < -SHORTFALL);
  const judged = judgeAll(verdicts);
  // Half of the evidence can speak against the claim, but not settle it.
  const softened = judged === 'refuted' || (isMissing && judged === 'holds') ? 'inconclusive' : judged;
  return {
    verdict: isShort ? 'refuted' : softened,
    ours: pooled,
    measure:
      'normalised score at scale 1, HERON − tuned sum, mean over worlds (90% interval: its lower end is the one-sided 95% bound)',
    because: `${perWorld(worlds)}. ${isMissing ? 'One of the two worlds did not run, so the rule cannot be met. ' : ''}The sum had its weights tuned on these worlds, HERON only its order written down, with the margins that were fixed beforehand; the margin test shows what others would have given.`,
  };
}

/** A2 and A3. */
function judgeRobust(atWorst: Comparison, overZScored: Comparison): ClaimResult {
  const dominated = overZScored.worlds.filter(({ estimate }) => estimate.hi !== null && estimate.hi < 0);
  const judged = judgeAll(atWorst.worlds.map(({ estimate }) => judgeAbove(estimate)));
  const isOnlyNormalisation = dominated.length === overZScored.worlds.length;
  const verdict = isOnlyNormalisation ? 'refuted' : judged === 'holds' && dominated.length > 0 ? 'mixed' : judged;
  return {
    verdict,
    ours: atWorst.pooled,
    measure: 'normalised score at the worst scale, HERON − linear sum, mean over worlds',
    because: `Worst case over scales, HERON − linear sum: ${perWorld(atWorst.worlds)}. At scale 1, HERON − z-scored sum: ${perWorld(overZScored.worlds)}. A z-scored sum does not depend on scale either${
      dominated.length > 0 ? `, and is the better one in: ${dominated.map(({ world }) => world).join(', ')}` : ''
    }.`,
  };
}

function perWorld(worlds: Comparison['worlds']): string {
  return worlds
    .map(({ world, estimate: { value, lo, hi } }) => {
      const interval = lo === null || hi === null ? '' : ` [${lo.toFixed(3)}, ${hi.toFixed(3)}]`;
      return `${world} ${value.toFixed(3)}${interval}`;
    })
    .join(', ');
}

/** A statistic of seeds, and how many seeds there are for it; null where a part of it has not run. */
interface Statistic {
  seeds: number;
  of(units: ArrayLike<number>): number;
}

function compare(
  worlds: readonly WorldScores[],
  statisticOf: (world: WorldScores) => Statistic | null,
  level = 0.95,
): Comparison | null {
  const parts = worlds.flatMap((world) => {
    const statistic = statisticOf(world);
    return statistic ? [{ world: world.world, statistic }] : [];
  });
  if (parts.length === 0) return null;
  const seeds = Math.min(...parts.map(({ statistic }) => statistic.seeds));
  return {
    worlds: parts.map(({ world, statistic }) => ({
      world,
      estimate: bootstrapUnits(statistic.seeds, statistic.of, { level }),
    })),
    pooled: bootstrapUnits(seeds, (units) => mean(parts.map(({ statistic }) => statistic.of(units))), { level }),
  };
}

/** Mean over seeds of HERON minus a rival at scale 1. */
function pairedStatistic(scores: WorldScores, rival: Method): Statistic | null {
  const [ours, theirs] = [baseScores(scores, 'heron'), baseScores(scores, rival)];
  const differences = [...ours].flatMap(([seed, score]) => {
    const other = theirs.get(seed);
    return other === undefined ? [] : [score - other];
  });
  if (differences.length === 0) return null;
  return { seeds: differences.length, of: (units) => mean(Array.from(units, (unit) => differences[unit])) };
}

/**
 * HERON at its worst scale minus the linear sum at its worst. The sum's worst is the scale with the lowest mean over
 * seeds; HERON's is taken seed by seed from the scales that it ran at, which can only be lower.
 */
function worstCaseStatistic(scores: WorldScores): Statistic | null {
  const rescaled = rescaledScores(scores, 'linear').map(({ bySeed }) => bySeed);
  const scales = [baseScores(scores, 'linear'), ...rescaled];
  const reruns = rescaledScores(scores, 'heron');
  const rows = [...baseScores(scores, 'heron')].flatMap(([seed, base]) => {
    const rivals = scales.flatMap((bySeed) => bySeed.get(seed) ?? []);
    if (rivals.length < scales.length) return [];
    return [{ worst: Math.min(base, ...reruns.flatMap(({ bySeed }) => bySeed.get(seed) ?? [])), rivals }];
  });
  if (rows.length === 0) return null;
  return {
    seeds: rows.length,
    of: (units) => {
      const drawn = Array.from(units, (unit) => rows[unit]);
      const rival = Math.min(...scales.map((_, scale) => mean(drawn.map(({ rivals }) => rivals[scale]))));
      return mean(drawn.map(({ worst }) => worst)) - rival;
    },
  };
}
