/** A form from JSON Schema: the parameters of an experiment as fields of text, and back. */

export interface Field {
  name: string;
  description: string;
  kind: 'number' | 'integer' | 'boolean' | 'choice' | 'text' | 'numbers' | 'texts';
  fallback: unknown;
  minimum: Bound | null;
  maximum: Bound | null;
  /** What a choice, or each of several texts, may be. */
  options: readonly string[] | null;
  minItems: number;
  maxItems: number;
  optional: boolean;
}

interface Bound {
  value: number;
  exclusive: boolean;
}

type Schema = Readonly<Record<string, unknown>>;

/** The fields of an object's schema, and the names of properties that no field can hold. */
export function fieldsOf(schema: Schema): { fields: Field[]; others: string[] } {
  const properties = isSchema(schema.properties) ? Object.entries(schema.properties) : [];
  const fields: Field[] = [];
  const others: string[] = [];
  for (const [name, property] of properties) {
    const field = isSchema(property) ? fieldOf(name, property) : null;
    if (field) fields.push(field);
    else others.push(name);
  }
  return { fields, others };
}

function fieldOf(name: string, schema: Schema): Field | null {
  const kind = kindOf(schema);
  if (kind === null) return null;
  const numbers = kind === 'numbers' && isSchema(schema.items) ? schema.items : schema;
  const choices = kind === 'texts' && isSchema(schema.items) ? schema.items : schema;
  return {
    name,
    description: typeof schema.description === 'string' ? schema.description : name,
    kind,
    fallback: schema.default,
    minimum: boundOf(numbers, 'minimum', 'exclusiveMinimum'),
    maximum: boundOf(numbers, 'maximum', 'exclusiveMaximum'),
    options: Array.isArray(choices.enum) ? choices.enum.map(String) : null,
    minItems: typeof schema.minItems === 'number' ? schema.minItems : 0,
    maxItems: typeof schema.maxItems === 'number' ? schema.maxItems : Number.POSITIVE_INFINITY,
    optional: schema.default === undefined,
  };
}

function kindOf(schema: Schema): Field['kind'] | null {
  const { type, items } = schema;
  if (Array.isArray(schema.enum)) return schema.enum.every((option) => typeof option === 'string') ? 'choice' : null;
  if (type === 'number' || type === 'integer' || type === 'boolean') return type;
  if (type === 'string') return 'text';
  if (type !== 'array' || !isSchema(items)) return null;
  if (items.type === 'number' || items.type === 'integer') return 'numbers';
  return items.type === 'string' ? 'texts' : null;
}

function boundOf(schema: Schema, inclusive: string, exclusive: string): Bound | null {
  const strict = schema[exclusive];
  if (typeof strict === 'number') return { value: strict, exclusive: true };
  const value = schema[inclusive];
  // The bounds of exact integers say nothing to a reader.
  return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? { value, exclusive: false } : null;
}

/** How many seeds, as a field like the others. */
export function seedsField(fallback: number): Field {
  return {
    name: 'seeds',
    description: 'Number of seeds',
    kind: 'integer',
    fallback,
    minimum: { value: 1, exclusive: false },
    maximum: { value: 1000, exclusive: false },
    options: null,
    minItems: 0,
    maxItems: 0,
    optional: false,
  };
}

/** What stands in the field for a value. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** Reads a field's text; an error names the field, what it holds and what would be right. */
export function readField(field: Field, text: string): { value: unknown } | { error: string } {
  const trimmed = text.trim();
  if (trimmed === '' && field.optional) return { value: undefined };
  switch (field.kind) {
    case 'boolean':
      return { value: trimmed === 'true' };
    case 'choice':
      return field.options?.includes(trimmed)
        ? { value: trimmed }
        : { error: `${field.name} must be one of ${field.options?.join(', ')}, got ${quoted(trimmed)}` };
    case 'text':
      return { value: trimmed };
    case 'number':
    case 'integer':
      return readNumber(field, trimmed, field.name);
    case 'numbers':
      return readList(field, trimmed, (item, name) => readNumber(field, item, name));
    case 'texts':
      return readList(field, trimmed, (item, name) =>
        field.options && !field.options.includes(item)
          ? { error: `${name} must be one of ${field.options.join(', ')}, got ${quoted(item)}` }
          : { value: item },
      );
  }
}

/** What a field accepts, in words: "whole number, at least 2". */
export function acceptsOf(field: Field): string {
  const what = {
    number: 'number',
    integer: 'whole number',
    numbers: 'numbers, separated by commas',
    texts: 'words, separated by commas',
    boolean: '',
    choice: '',
    text: '',
  };
  return [
    what[field.kind],
    ...boundsInWords(field),
    field.kind === 'texts' && field.options ? `out of ${field.options.join(', ')}` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** The values that differ from a profile's; and what is wrong, by field. */
export function readForm(
  fields: readonly Field[],
  edits: Readonly<Record<string, string>>,
  profile: Readonly<Record<string, unknown>>,
): { values: Record<string, unknown>; errors: Record<string, string> } {
  const values: Record<string, unknown> = {};
  const errors: Record<string, string> = {};
  for (const field of fields) {
    const text = edits[field.name];
    const before = textOf(profile[field.name] ?? field.fallback);
    if (text === undefined || text.trim() === before) continue;
    const read = readField(field, text);
    if ('error' in read) errors[field.name] = read.error;
    else if (textOf(read.value) !== before) values[field.name] = read.value;
  }
  return { values, errors };
}

function readNumber(field: Field, text: string, name: string): { value: number } | { error: string } {
  const value = Number(text);
  const whole = field.kind === 'integer';
  const { minimum: low, maximum: high } = field;
  const fits =
    text !== '' &&
    Number.isFinite(value) &&
    (!whole || Number.isInteger(value)) &&
    (low === null || (low.exclusive ? value > low.value : value >= low.value)) &&
    (high === null || (high.exclusive ? value < high.value : value <= high.value));
  if (fits) return { value };
  const wanted = [whole ? 'a whole number' : 'a number', ...boundsInWords(field)].join(', ');
  return { error: `${name} must be ${wanted}, got ${quoted(text)}` };
}

function readList(
  field: Field,
  text: string,
  read: (item: string, name: string) => { value: unknown } | { error: string },
): { value: unknown[] } | { error: string } {
  const items = text === '' ? [] : text.split(',').map((item) => item.trim());
  if (items.length < field.minItems || items.length > field.maxItems) {
    const wanted =
      field.maxItems === Number.POSITIVE_INFINITY
        ? `at least ${field.minItems}`
        : `${field.minItems} to ${field.maxItems}`;
    return { error: `${field.name} must have ${wanted} items, got ${items.length}` };
  }
  const values: unknown[] = [];
  for (const [i, item] of items.entries()) {
    const one = read(item, `${field.name}[${i}]`);
    if ('error' in one) return one;
    values.push(one.value);
  }
  return { value: values };
}

function boundsInWords({ minimum, maximum }: Field): string[] {
  return [
    ...(minimum ? [`${minimum.exclusive ? 'more than' : 'at least'} ${minimum.value}`] : []),
    ...(maximum ? [`${maximum.exclusive ? 'less than' : 'at most'} ${maximum.value}`] : []),
  ];
}

function quoted(text: string): string {
  return text === '' ? 'nothing' : `"${text}"`;
}

function isSchema(value: unknown): value is Schema {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
