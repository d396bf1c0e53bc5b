import { type CurveRun, curves, type Figure, line, plot, rule, table, texts } from '@laurel/core/paper';
import { bootstrap, mean } from '@laurel/core/stats';
import { chainWeights, languageArms, mainArms, otherArms } from './arms.ts';
import { chainRuns, horizonsOf, languageRuns, type Run } from './runs.ts';

const CEILING = 0.8 ** 3;

export function figures(finished: readonly Run[]): Figure[] {
  return [
    ...languageFigures(finished),
    ...chainFigures(finished),
    ...probeFigures(finished),
    ...readingFigures(finished),
  ];
}

function languageFigures(finished: readonly Run[]): Figure[] {
  const arms = [...languageArms, ...otherArms].filter(({ name }) => languageRuns(finished, name).size > 0);
  if (arms.length === 0) return [];
  const shown = [...languageArms.map(({ name }) => name), 'raw scores, α 0.3'];
  const facets = {
    accuracy: 'verifier accuracy',
    lines: 'lines a response',
    repeated: 'share of repeated lines',
  } as const;
  const runs = (facet: keyof typeof facets): CurveRun[] =>
    shown.flatMap((name) =>
      [...languageRuns(finished, name).values()].map((result) => ({
        series: name,
        points: averaged(result[facet], 5),
      })),
    );
  return [
    curves(
      {
        id: 'language-accuracy',
        title: 'The language model: accuracy in training',
        caption:
          'Share of right answers among an iteration’s responses, means of five iterations with a 95% band. Weights are tuned for each arm; “raw scores, α 0.3” has the weight that the others bear.',
        x: { label: 'iteration' },
        y: { label: 'accuracy', percent: true },
      },
      runs('accuracy'),
    ),
    curves(
      {
        id: 'language-lines',
        title: 'The language model: lines in a response',
        caption:
          'A solution needs five lines. Raw scores pay for every line: responses grow until they are cut off. Clip alone and verified answers shorten them.',
        x: { label: 'iteration' },
        y: { label: 'lines' },
      },
      runs('lines'),
    ),
    table({
      id: 'language-arms',
      title: 'The language model: all arms',
      caption:
        'On held-out problems after training, with 95% intervals over seeds where there are two. Repeated: lines that stand in the same response already. Paid: weighted line scores of a response in the last batch, to be compared with the verifier’s 1. Not zero: share of lines that earned or cost anything.',
      columns: [
        { key: 'arm', label: 'reward' },
        { key: 'alpha', label: 'α', digits: 1 },
        { key: 'runs', label: 'runs', digits: 0 },
        { key: 'sampled', label: 'sampled', digits: 3 },
        { key: 'lo', label: 'from', digits: 3 },
        { key: 'hi', label: 'to', digits: 3 },
        { key: 'greedy', label: 'greedy', digits: 3 },
        { key: 'any', label: 'any of 16', digits: 3 },
        { key: 'lines', label: 'lines', digits: 1 },
        { key: 'repeated', label: 'repeated', digits: 2 },
        { key: 'ended', label: 'ended', digits: 2 },
        { key: 'paid', label: 'paid', digits: 2 },
        { key: 'nonzero', label: 'not zero', digits: 2 },
      ],
      rows: arms.map(({ name, alpha }) => {
        const results = [...languageRuns(finished, name).values()];
        const { value, lo, hi } = bootstrap(results.map(({ sampled }) => sampled));
        return {
          arm: name,
          alpha,
          runs: results.length,
          sampled: value,
          lo,
          hi,
          greedy: mean(results.map(({ greedy }) => greedy)),
          any: mean(results.map(({ anyOf16 }) => anyOf16)),
          lines: mean(results.map(({ finalLines }) => finalLines)),
          repeated: mean(results.map(({ finalRepeated }) => finalRepeated)),
          ended: mean(results.map(({ ended }) => ended)),
          paid: mean(results.map(({ paid }) => paid)),
          nonzero: mean(results.map(({ nonzero }) => nonzero)),
        };
      }),
    }),
  ];
}

function chainFigures(finished: readonly Run[]): Figure[] {
  const horizons = horizonsOf(finished);
  if (horizons.length === 0) return [];
  const runs = horizons.flatMap((horizon) =>
    Object.values(chainWeights).flatMap((alpha) =>
      Object.entries(mainArms).flatMap(([name, refinement]) =>
        [...chainRuns(finished, horizon, refinement, alpha).values()].map(
          ({ accuracy }): CurveRun => ({
            series: name,
            facet: `${horizon} steps, α ${alpha}`,
            points: accuracy.map((y, x) => ({ x, y })).filter(({ x }) => x % 6 === 0),
          }),
        ),
      ),
    ),
  );
  return [
    curves(
      {
        id: 'chain-accuracy',
        title: 'The filler chain: accuracy in training',
        caption:
          'Exact accuracy of the tabular policy, mean with a 95% band, for each horizon and weight. The longer a response may be and the more its steps weigh, the worse for raw scores; delta alone is not safe at the large weight, for a step that merely looks good still beats a risky useful one.',
        x: { label: 'iteration' },
        y: { label: 'accuracy', percent: true },
      },
      runs,
      { rules: [{ y: CEILING, label: 'ceiling' }] },
    ),
  ];
}

function probeFigures(finished: readonly Run[]): Figure[] {
  const probes = finished.flatMap(({ result }) => (result.kind === 'probe' ? [result] : []));
  if (probes.length === 0) return [];
  const rows = probes[0].curves.flatMap(({ refinement }, r) =>
    probes[0].curves[r].gain.map((_, copies) => ({
      copies,
      gain: mean(probes.map(({ curves: ours }) => ours[r].gain[copies].value)),
      refinement,
    })),
  );
  return [
    plot({
      id: 'probe',
      title: 'What does a needless line earn?',
      caption: `Copies of a restated result are put before the answer of ${probes[0].solutions} right solutions; nothing is trained. Shown is how much the process reward of a solution changes. Above zero it pays to ramble; below zero every further line costs. The whole interval lies above zero for ${farmed(probes[0].curves)}.`,
      x: { label: 'copies' },
      y: { label: 'change of total reward' },
      color: { label: 'refinement', domain: probes[0].curves.map(({ refinement }) => refinement) },
      marks: [line(rows, { x: 'copies', y: 'gain', color: 'refinement' }), rule({ y: 0 })],
    }),
  ];
}

function farmed(all: readonly { refinement: string; farmedFrom: number | null }[]): string {
  const words = all.flatMap(({ refinement, farmedFrom }) =>
    farmedFrom === null ? [] : [`${refinement} (from copy ${farmedFrom} on)`],
  );
  return words.length === 0 ? 'none' : words.join(', ');
}

function readingFigures(finished: readonly Run[]): Figure[] {
  const items: { label: string; text: string }[] = [];
  for (const name of ['verifier alone', 'raw scores', 'raw scores, α 0.3', 'clip', 'clip-delta']) {
    const [first] = languageRuns(finished, name).values();
    if (first) items.push({ label: `language model, ${name}`, text: first.texts.join('\n') });
  }
  const horizon = horizonsOf(finished).at(-1);
  if (horizon !== undefined) {
    for (const name of ['raw scores', 'clip-delta'] as const) {
      const [first] = chainRuns(finished, horizon, mainArms[name], chainWeights.large).values();
      if (first)
        items.push({ label: `chain of ${horizon} steps, ${name}, α ${chainWeights.large}`, text: first.episode });
    }
  }
  for (const { result } of finished) {
    if (result.kind !== 'probe') continue;
    items.push({ label: 'probe', text: result.text });
    break;
  }
  return [
    texts({
      id: 'responses',
      title: 'Responses after training',
      caption: 'The first ones of a run, unselected, with the process model’s score of each line in brackets.',
      items,
    }),
  ];
}

/** Means of so many neighbours, at their middle. */
function averaged(values: readonly number[], width: number): { x: number; y: number }[] {
  const points: { x: number; y: number }[] = [];
  for (let from = 0; from < values.length; from += width) {
    const part = values.slice(from, from + width);
    points.push({ x: from + (part.length - 1) / 2, y: mean(part) });
  }
  return points;
}
