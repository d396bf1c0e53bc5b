import type { Prompt } from '@laurel/core/lm';
import { UsageError } from '@laurel/server';
import { z } from 'zod';
import { objection, openInput, readJsonl } from './jsonl.ts';

/** What is asked, and what is known about it. */
export interface Question {
  prompt: Prompt;
  reference: string | null;
  id: string | number | null;
  /** As it stood in the file. */
  record: unknown;
}

const message = z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() });
const schema = z.object({
  prompt: z.union([z.string().min(1), z.array(message).min(1)], { error: 'must be a text or a list of messages' }),
  reference: z.union([z.string(), z.number().transform(String)], { error: 'must be a text' }).nullish(),
  id: z.union([z.string(), z.number()]).nullish(),
});

/**
 * The prompts of the command line and of a JSONL file. All are read and checked before the first is sent: what is wrong
 * with the last one should be known before the others cost anything.
 */
export async function readQuestions(
  { prompt, in: file }: { prompt: readonly string[]; in?: string },
  signal: AbortSignal,
): Promise<Question[]> {
  const questions: Question[] = prompt.map((text) => ({
    prompt: text,
    reference: null,
    id: null,
    record: { prompt: text },
  }));
  if (file !== undefined) {
    const where = file === '-' ? 'standard input' : file;
    for await (const lines of readJsonl(await openInput(file, signal))) {
      for (const line of lines) {
        if (!line.ok) throw new UsageError(`${where}:${line.line}: ${line.reason}`);
        const { data, error } = schema.safeParse(line.value);
        if (error) throw new UsageError(`${where}:${line.line}: ${objection(error)}`);
        questions.push({
          prompt: data.prompt,
          reference: data.reference ?? null,
          id: data.id ?? null,
          record: line.value,
        });
      }
    }
  }
  if (questions.length === 0) throw new UsageError('there is no prompt: give --prompt TEXT or --in FILE');
  return questions;
}
