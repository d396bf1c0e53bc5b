import type { Evidence, Verdict } from './api.ts';

/** What each verdict means, in the order in which the studio lists them. */
export const verdicts: Record<Verdict, { label: string; plural: string; color: string; meaning: string }> = {
  holds: {
    label: 'Holds',
    plural: 'hold',
    color: 'var(--holds)',
    meaning: 'The whole interval of our figure lies on the claim’s side of its acceptance rule.',
  },
  refuted: {
    label: 'Refuted',
    plural: 'refuted',
    color: 'var(--refuted)',
    meaning: 'The whole interval lies on the other side. In our setting, at our scale, the claim fails.',
  },
  mixed: {
    label: 'Mixed',
    plural: 'mixed',
    color: 'var(--mixed)',
    meaning: 'The claim has several parts; some hold and others are refuted.',
  },
  inconclusive: {
    label: 'Inconclusive',
    plural: 'inconclusive',
    color: 'var(--inconclusive)',
    meaning: 'The interval covers both sides: more seeds or a sharper experiment would be needed.',
  },
  'needs a model': {
    label: 'Needs a model',
    plural: 'need a model',
    color: 'var(--model)',
    meaning: 'Only a real, large model can tell. No toy stands in for it.',
  },
  planned: {
    label: 'Planned',
    plural: 'planned',
    color: 'var(--planned)',
    meaning: 'An experiment is meant to judge it and has not done so yet.',
  },
  'not judged': {
    label: 'Not judged',
    plural: 'not judged',
    color: 'var(--planned)',
    meaning: 'Kept for the record: a definition, a proposal, or a figure that nobody can re-measure here.',
  },
};

export const verdictOrder: readonly Verdict[] = [
  'holds',
  'refuted',
  'mixed',
  'inconclusive',
  'needs a model',
  'planned',
  'not judged',
];

/** Verdicts that an experiment has reached. */
export const reached: readonly Verdict[] = ['holds', 'refuted', 'mixed', 'inconclusive'];

export const evidences: Record<Evidence, { label: string; meaning: string }> = {
  exact: {
    label: 'exact',
    meaning: 'Closed forms or tabular problems solved to machine precision. The numbers carry no training noise.',
  },
  trained: {
    label: 'trained',
    meaning: 'Networks trained from scratch inside each trial. Small, but nothing is faked.',
  },
  simulated: {
    label: 'simulated',
    meaning: 'A labelled, noisy oracle stands in for a human or a large model. It tests the mechanism, not the people.',
  },
  live: {
    label: 'live',
    meaning: 'A real model behind an endpoint gave the answers.',
  },
};

export function countVerdicts(list: Iterable<Verdict>): Map<Verdict, number> {
  const counts = new Map<Verdict, number>(verdictOrder.map((verdict) => [verdict, 0]));
  for (const verdict of list) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return counts;
}

/** "2 hold, 1 refuted": the verdicts that occur, in words. */
export function verdictsInWords(list: Iterable<Verdict>): string {
  return [...countVerdicts(list)]
    .filter(([, count]) => count > 0)
    .map(
      ([verdict, count]) =>
        `${count} ${count === 1 && verdict === 'holds' ? 'holds' : count === 1 && verdict === 'needs a model' ? 'needs a model' : verdicts[verdict].plural}`,
    )
    .join(', ');
}

export function isVerdict(text: string): text is Verdict {
  return text in verdicts;
}
