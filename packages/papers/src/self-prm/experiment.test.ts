import { decodeResponse, splitLines } from '@laurel/core/env';
import { inlineExecutor, runExperiment } from '@laurel/core/paper';
import type { LanguageRollout } from '@laurel/core/policy';
import { Random } from '@laurel/core/stats';
import { describe, expect, it } from 'vitest';
import { experiment } from './experiment.ts';
import { contextOf, family, judgeExamples, readVerdict, tokenizer, trainProblems } from './language.ts';
import { rerankers } from './rerank.ts';
import { arms } from './train.ts';

describe('the experiment', () => {
  it('judges every claim, and all arms begin from one model', { timeout: 60_000 }, async () => {
    const report = await runExperiment(
      experiment as never,
      { profile: 'smoke' },
      { executor: inlineExecutor(experiment as never) },
    );
    expect(report.failures).toEqual([]);
    expect(Object.keys(report.claims).sort()).toEqual([
      'approval-fails-when-hard',
      'external-prm-adds-nothing',
      'self-prm-beats-majority',
      'solving-induces-judging',
    ]);
    expect(new Set(report.artifacts.map(({ name }) => name))).toEqual(new Set(['self-prm/base', 'self-prm/items']));
    const marksOf = (id: string) => {
      const figure = report.figures.find((one) => one.id === id);
      return figure?.kind === 'plot' ? figure.marks : [];
    };
    const [dots] = marksOf('scatter');
    const rows = 'data' in dots ? dots.data : [];
    const first = rows.filter(({ iteration }) => iteration === 0);
    expect(first.map(({ arm }) => arm)).toEqual([...arms]);
    expect(new Set(first.map(({ solve, f1 }) => `${solve} ${f1}`)).size).toBe(1);
    expect(marksOf('reranking').flatMap((mark) => ('data' in mark ? mark.data : []))).toHaveLength(
      2 * rerankers.length,
    );
  });
});

describe('judging', () => {
  const random = new Random(0, 'judging');
  const problems = trainProblems([2, 3, 4], 60, random);

  it('is demonstrated as the checker would judge', () => {
    judgeExamples(problems, random).forEach(({ prompt, response }, i) => {
      expect(prompt.length + response.length).toBeLessThanOrEqual(contextOf(4));
      const text = tokenizer.decode(prompt);
      const lines = splitLines(text.slice(text.indexOf('|') + 1, -1));
      const verdicts = family.checkLines(problems[i], lines);
      const wrong = verdicts.findIndex(({ verdict }) => verdict === 'wrong');
      expect(wrong < 0).toBe(i % 2 === 0);
      expect(readVerdict({ response, ended: true } as LanguageRollout)).toBe(wrong);
      const marks = decodeResponse(tokenizer, response).replaceAll(/[^yn]/g, '');
      expect(marks).toBe(wrong < 0 ? 'y'.repeat(lines.length) : `${'y'.repeat(wrong)}n`);
      // What the judge states is what the solution states, up to the first wrong line.
      const stated = lines.map((line) => line.at(-1)).slice(0, wrong < 0 ? undefined : wrong);
      expect(
        decodeResponse(tokenizer, response)
          .match(/\d(?=[yn])/g)
          ?.slice(0, stated.length),
      ).toEqual(stated);
    });
  });

  it('is read only where it ends in a verdict', () => {
    const say = (text: string, ended = true) =>
      readVerdict({ response: Int32Array.from([...tokenizer.encode(text), 2]), ended } as LanguageRollout);
    expect([say('7y4n1'), say('7y4y4y-'), say('7y4y'), say('-'), say('7y4n1', false)]).toEqual([
      1,
      -1,
      null,
      null,
      null,
    ]);
  });
});
