import { type Failure, failure } from './language-model.ts';

/**
 * Where in the tokens of prompt + continuation the continuation begins: the position of its first token.
 *
 * Tokens are matched from the end, by their text. Offsets that servers report are of no use: they count in other units
 * than JavaScript, and special tokens and chat templates shift them. A first token that begins with white space of the
 * prompt (" yes" where the prompt ends in a space) counts as the continuation's; one that takes in more of the prompt
 * leaves the continuation without a probability of its own. Servers that write tokens raw ("Ġyes", "▁yes"; vLLM 0.8) or
 * lose the space at their front (Llama 2's tokeniser) are understood. Tokens that do not spell the continuation are a
 * failure, such as those of a server that ignores `echo` and would otherwise score every continuation alike.
 *
 * @example
 * continuationStart(['2', '+', '2', '=', '4'], '=4'); // 3
 * continuationStart(['Answer', ':', ' yes'], 'yes'); // 2
 */
export function continuationStart(tokens: readonly string[], continuation: string): number | Failure {
  let rest = continuation;
  let at = tokens.length;
  while (rest !== '' && at > 0) {
    const token = tokens[at - 1];
    const match = matchEnd(rest, token) ?? matchEnd(rest, spelled(token));
    if (match === null) {
      // The token before lost its space, or the chat template did.
      if (/\s$/.test(rest)) rest = rest.trimEnd();
      else break;
    } else if (/\S/.test(match.before)) {
      return failure(
        'boundary',
        `the token ${JSON.stringify(token)} spans the end of the prompt and the start of the continuation; ` +
          'move the whole word into one of the two',
      );
    } else {
      rest = match.rest;
      at--;
    }
  }
  if (rest === '' && at < tokens.length) return at;
  return failure(
    'malformed',
    `the last of the ${tokens.length} tokens that the server scored do not spell the continuation ` +
      `(${JSON.stringify(rest.slice(-20))} is left over); does it score given text at all?`,
  );
}

/** Takes a token off the end of a text: what is left of the text, and what of the token came before the text. */
function matchEnd(text: string, token: string): { rest: string; before: string } | null {
  if (text.endsWith(token)) return { rest: text.slice(0, text.length - token.length), before: '' };
  if (token.endsWith(text)) return { rest: '', before: token.slice(0, token.length - text.length) };
  return null;
}

/** The text of a token in the raw spelling of byte-level BPE or SentencePiece. */
function spelled(token: string): string {
  return token.replaceAll(/[Ġ▁]/g, ' ').replaceAll('Ċ', '\n').replaceAll('ĉ', '\t');
}
