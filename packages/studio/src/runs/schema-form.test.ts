import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { acceptsOf, type Field, fieldsOf, readField, readForm, textOf } from './schema-form.ts';

const schema = z.object({
  states: z.int().min(2).max(64).default(32).describe('States per MDP'),
  discount: z.number().gt(0).lt(1).default(0.95).describe('Discount'),
  sparse: z.boolean().default(true).describe('Sparse rewards'),
  norm: z.enum(['l1', 'l2']).default('l2').describe('Norm'),
  task: z.string().default('chain').describe('Task'),
  rates: z.array(z.number().min(0)).min(1).default([0.1, 0.3]).describe('Learning rates'),
  arms: z
    .array(z.enum(['grpo', 'dpo']))
    .default(['grpo'])
    .describe('Arms'),
  nested: z.object({ a: z.number() }).default({ a: 1 }).describe('Out of a form’s reach'),
});
const { fields, others } = fieldsOf({ ...z.toJSONSchema(schema) });
const field = (name: string): Field => {
  const found = fields.find((one) => one.name === name);
  if (!found) throw new Error(`no field ${name}`);
  return found;
};

describe('fieldsOf', () => {
  it('makes a field of every property it can hold', () => {
    expect(fields.map(({ name, kind }) => [name, kind])).toEqual([
      ['states', 'integer'],
      ['discount', 'number'],
      ['sparse', 'boolean'],
      ['norm', 'choice'],
      ['task', 'text'],
      ['rates', 'numbers'],
      ['arms', 'texts'],
    ]);
    expect(others).toEqual(['nested']);
    expect(field('states')).toMatchObject({ description: 'States per MDP', fallback: 32 });
  });

  it('says what a field accepts, without the bounds of exact integers', () => {
    expect(acceptsOf(field('states'))).toBe('whole number, at least 2, at most 64');
    expect(acceptsOf(field('discount'))).toBe('number, more than 0, less than 1');
    const { fields: free } = fieldsOf({ ...z.toJSONSchema(z.object({ n: z.int().default(1) })) });
    expect(acceptsOf(free[0])).toBe('whole number');
  });

  it('bears a schema without properties', () => {
    expect(fieldsOf({ type: 'object' })).toEqual({ fields: [], others: [] });
  });
});

describe('readField', () => {
  it.each([
    ['states', '16', 16],
    ['discount', '0.5', 0.5],
    ['sparse', 'false', false],
    ['norm', 'l1', 'l1'],
    ['task', ' maze ', 'maze'],
    ['rates', '0.1, 1e-3,2', [0.1, 0.001, 2]],
    ['arms', 'dpo, grpo', ['dpo', 'grpo']],
  ])('%s: %s', (name, text, value) => {
    expect(readField(field(name), text)).toEqual({ value });
  });

  it.each([
    ['states', '1', 'states must be a whole number, at least 2, at most 64, got "1"'],
    ['states', '2.5', 'states must be a whole number, at least 2, at most 64, got "2.5"'],
    ['states', '', 'states must be a whole number, at least 2, at most 64, got nothing'],
    ['discount', '1', 'discount must be a number, more than 0, less than 1, got "1"'],
    ['discount', 'high', 'discount must be a number, more than 0, less than 1, got "high"'],
    ['norm', 'l3', 'norm must be one of l1, l2, got "l3"'],
    ['rates', '', 'rates must have at least 1 items, got 0'],
    ['rates', '0.1, -1', 'rates[1] must be a number, at least 0, got "-1"'],
    ['arms', 'grpo, ppo', 'arms[1] must be one of grpo, dpo, got "ppo"'],
  ])('%s: %s is refused', (name, text, error) => {
    expect(readField(field(name), text)).toEqual({ error });
  });

  it('reads back what textOf writes', () => {
    for (const one of fields) expect(readField(one, textOf(one.fallback))).toEqual({ value: one.fallback });
  });
});

describe('readForm', () => {
  it('gives only what differs from the profile', () => {
    const edits = { states: '8', discount: '0.95', rates: '0.1,0.3' };
    expect(readForm(fields, edits, { states: 8 })).toEqual({ values: {}, errors: {} });
    expect(readForm(fields, edits, { states: 16 })).toEqual({ values: { states: 8 }, errors: {} });
  });

  it('collects errors by field', () => {
    const { values, errors } = readForm(fields, { states: '0', norm: 'l1' }, {});
    expect(values).toEqual({ norm: 'l1' });
    expect(Object.keys(errors)).toEqual(['states']);
  });
});
