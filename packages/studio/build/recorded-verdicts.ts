import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const id = 'virtual:recorded-verdicts';
const folder = fileURLToPath(new URL('../../papers/results/', import.meta.url));

/**
 * What the feed and the results page need of `packages/papers/results/*.json` when no server answers: verdicts without
 * the figures, which a paper's page loads one file at a time.
 */
export function recordedVerdicts(): Plugin {
  return {
    name: 'recorded-verdicts',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load(module) {
      if (module !== `\0${id}`) return null;
      return `export const recorded = ${JSON.stringify(readRecorded())};`;
    },
  };
}

function readRecorded(): object[] {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    return []; // Nothing has been recorded yet.
  }
  return names.sort().map((name) => {
    const { slug, profile, seeds, date, report } = JSON.parse(readFileSync(`${folder}${name}`, 'utf8'));
    return { slug, profile, seeds, date, claims: report.claims };
  });
}
