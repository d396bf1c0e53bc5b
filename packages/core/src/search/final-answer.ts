/**
 * The answer that a response ends with: the last `\boxed{…}`, else what follows the last `####`, else what follows the
 * last "answer is" or "answer:" on its line, else the last number; null where there is none of them.
 *
 * @example
 * finalAnswer('So 3 + 4 = 7. The answer is 7.'); // '7'
 * finalAnswer('Hence \\boxed{\\frac{1}{2}}.'); // '\\frac{1}{2}'
 * finalAnswer('I do not know'); // null
 */
export function finalAnswer(response: string): string | null {
  return markedAnswer(response) ?? response.match(numbers)?.at(-1) ?? null;
}

/**
 * As `finalAnswer`, without the last resort of the last number.
 *
 * @example
 * markedAnswer('3 apples and 4 pears'); // null
 */
export function markedAnswer(response: string): string | null {
  const found =
    lastBoxed(response) ??
    [...response.matchAll(/####[ \t]*([^\n]+)/g)].at(-1)?.[1] ??
    [...response.matchAll(/\banswer(?:\s+is|\s*[:=])[\s:*]*([^\n]+)/gi)].at(-1)?.[1];
  const answer = found?.trim().replace(/[\s*]*\.?[\s*]*$/, '');
  return answer ? answer : null;
}

const numbers = /[-+]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?/g;

/** What stands in the last `\boxed{…}` whose braces close. */
function lastBoxed(text: string): string | undefined {
  for (
    let from = text.lastIndexOf('\\boxed{');
    from >= 0;
    from = from > 0 ? text.lastIndexOf('\\boxed{', from - 1) : -1
  ) {
    const start = from + '\\boxed{'.length;
    for (let at = start, depth = 1; at < text.length; at++) {
      if (text[at] === '{') depth++;
      else if (text[at] === '}' && --depth === 0) return text.slice(start, at);
    }
  }
  return undefined;
}

/**
 * An answer written in one way: without dollar signs and spacing of LaTeX, capitals, a full stop at the end or commas in
 * thousands; numbers without needless zeros. Equal texts are equal answers; the reverse need not hold: nothing is
 * computed, so 1/2 and 0.5 differ.
 *
 * @example
 * canonicalAnswer('$1,234.50$.'); // '1234.5'
 * canonicalAnswer('\\dfrac{1}{2}') === canonicalAnswer('\\frac{1}{2}'); // true
 */
export function canonicalAnswer(answer: string): string {
  const plain = answer
    .replaceAll(/\\(?:left|right|displaystyle)(?![a-z])|\\[!,;: ()[\]]|\$/gi, ' ')
    .replaceAll(/\\[dt]frac(?![a-z])/g, '\\frac')
    .replaceAll(/\\(?:text|mathrm|textbf|mathbf)\{([^{}]*)\}/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/(?<=.)\.$/, '')
    .trim()
    .toLowerCase();
  const tight = plain.replaceAll(' ', '').replaceAll(/(?<=\d),(?=\d{3}(?!\d))/g, '');
  const number = /^([-+]?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(tight);
  if (number === null || !/\d/.test(tight)) return plain;
  const [, sign, whole, decimals = ''] = number;
  const digits = `${whole || '0'}${decimals && `.${decimals}`}`;
  return sign === '-' && digits !== '0' ? `-${digits}` : digits;
}
