import type { Paper } from '@laurel/core/paper';
import { paper as alignmentCeiling } from './alignment-ceiling/paper.ts';
import { paper as amft } from './amft/paper.ts';
import { paper as armap } from './armap/paper.ts';
import { paper as autoMcReward } from './auto-mc-reward/paper.ts';
import { paper as bStar } from './b-star/paper.ts';
import { paper as barfi } from './barfi/paper.ts';
import { paper as calm } from './calm/paper.ts';
import { paper as clipDelta } from './clip-delta/paper.ts';
import { paper as contrastInstructions } from './contrast-instructions/paper.ts';
import { paper as cooper } from './cooper/paper.ts';
import { paper as dporm } from './dporm/paper.ts';
import { paper as drakes } from './drakes/paper.ts';
import { paper as effectiveSpecification } from './effective-specification/paper.ts';
import { paper as episodicBonuses } from './episodic-bonuses/paper.ts';
import { paper as exploitationOnly } from './exploitation-only/paper.ts';
import { paper as expressivity } from './expressivity/paper.ts';
import { paper as fineGrainedRlhf } from './fine-grained-rlhf/paper.ts';
import { paper as fkSteering } from './fk-steering/paper.ts';
import { paper as flGfn } from './fl-gfn/paper.ts';
import { paper as flr } from './flr/paper.ts';
import { paper as heron } from './heron/paper.ts';
import { paper as hrm } from './hrm/paper.ts';
import { paper as icpl } from './icpl/paper.ts';
import { paper as implicitPrm } from './implicit-prm/paper.ts';
import { paper as irlSurvey } from './irl-survey/paper.ts';
import { paper as languageToRewards } from './language-to-rewards/paper.ts';
import { paper as libra } from './libra/paper.ts';
import { paper as lma3 } from './lma3/paper.ts';
import { paper as lucySkg } from './lucy-skg/paper.ts';
import { paper as mooseChem2 } from './moose-chem2/paper.ts';
import { paper as morec } from './morec/paper.ts';
import { paper as noisyRewards } from './noisy-rewards/paper.ts';
import { paper as omegaprm } from './omegaprm/paper.ts';
import { paper as oneToken } from './one-token/paper.ts';
import { paper as oni } from './oni/paper.ts';
import { paper as oreal } from './oreal/paper.ts';
import { paper as overoptDaa } from './overopt-daa/paper.ts';
import { paper as par } from './par/paper.ts';
import { paper as pav } from './pav/paper.ts';
import { paper as perceptualRewards } from './perceptual-rewards/paper.ts';
import { paper as policyCliff } from './policy-cliff/paper.ts';
import { paper as prime } from './prime/paper.ts';
import { paper as processRewards } from './process-rewards/paper.ts';
import { paper as pure } from './pure/paper.ts';
import { paper as pvn } from './pvn/paper.ts';
import { paper as qdThesis } from './qd-thesis/paper.ts';
import { paper as reasoningSql } from './reasoning-sql/paper.ts';
import { paper as researchIdea } from './research-idea/paper.ts';
import { paper as restMcts } from './rest-mcts/paper.ts';
import { paper as rewardAnything } from './reward-anything/paper.ts';
import { paper as rewardDesignThesis } from './reward-design-thesis/paper.ts';
import { paper as rewardMath } from './reward-math/paper.ts';
import { paper as rewardRobust } from './reward-robust/paper.ts';
import { paper as rlsp } from './rlsp/paper.ts';
import { paper as rlzero } from './rlzero/paper.ts';
import { paper as rmR1 } from './rm-r1/paper.ts';
import { paper as secretsRm } from './secrets-rm/paper.ts';
import { paper as selfPrm } from './self-prm/paper.ts';
import { paper as shopR1 } from './shop-r1/paper.ts';
import { paper as sophiavl } from './sophiavl/paper.ts';
import { paper as spa } from './spa/paper.ts';
import { paper as spct } from './spct/paper.ts';
import { paper as srm } from './srm/paper.ts';
import { paper as starc } from './starc/paper.ts';
import { paper as stax } from './stax/paper.ts';
import { paper as subterfuge } from './subterfuge/paper.ts';
import { paper as systematicSearch } from './systematic-search/paper.ts';
import { paper as thinkRm } from './think-rm/paper.ts';
import { paper as toolrl } from './toolrl/paper.ts';
import { paper as treeRm } from './tree-rm/paper.ts';
import { paper as unifiedRewardThink } from './unified-reward-think/paper.ts';
import { paper as vilbench } from './vilbench/paper.ts';
import { paper as vlrmbench } from './vlrmbench/paper.ts';
import { paper as vpl } from './vpl/paper.ts';
import { paper as xland } from './xland/paper.ts';

/** All papers of the page, newest first; papers of one day by slug. */
export const catalogue: readonly Paper[] = [
  alignmentCeiling,
  amft,
  armap,
  autoMcReward,
  bStar,
  barfi,
  calm,
  clipDelta,
  contrastInstructions,
  cooper,
  dporm,
  drakes,
  effectiveSpecification,
  episodicBonuses,
  exploitationOnly,
  expressivity,
  fineGrainedRlhf,
  fkSteering,
  flGfn,
  flr,
  heron,
  hrm,
  icpl,
  implicitPrm,
  irlSurvey,
  languageToRewards,
  libra,
  lma3,
  lucySkg,
  mooseChem2,
  morec,
  noisyRewards,
  omegaprm,
  oneToken,
  oni,
  oreal,
  overoptDaa,
  par,
  pav,
  perceptualRewards,
  policyCliff,
  prime,
  pure,
  pvn,
  qdThesis,
  reasoningSql,
  researchIdea,
  restMcts,
  rewardAnything,
  rewardDesignThesis,
  rewardMath,
  rewardRobust,
  rlsp,
  rlzero,
  rmR1,
  secretsRm,
  selfPrm,
  shopR1,
  sophiavl,
  spa,
  spct,
  srm,
  starc,
  stax,
  subterfuge,
  systematicSearch,
  thinkRm,
  toolrl,
  treeRm,
  unifiedRewardThink,
  vilbench,
  vlrmbench,
  vpl,
  xland,
].sort((a, b) => (a.date === b.date ? (a.slug < b.slug ? -1 : 1) : a.date < b.date ? 1 : -1));

/** Studies of our own, in the same form as papers: they run and have pages, and are no part of the catalogue. */
export const studies: readonly Paper[] = [processRewards];

const bySlug = new Map([...catalogue, ...studies].map((paper) => [paper.slug, paper]));

/** The paper or study of that slug, or undefined. */
export function findPaper(slug: string): Paper | undefined {
  return bySlug.get(slug);
}
