import { useId } from 'react';
import styles from './params-form.module.css';
import { acceptsOf, type Field, textOf } from './schema-form.ts';

/** An experiment's parameters, one field each, made from their schema. */
export function ParamsForm({
  fields,
  others,
  edits,
  errors,
  profile,
  edit,
}: {
  fields: readonly Field[];
  others: readonly string[];
  edits: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, string>>;
  /** The chosen profile's values, where they differ from the defaults. */
  profile: Readonly<Record<string, unknown>>;
  edit: (name: string, text: string) => void;
}) {
  return (
    <div className={styles.fields}>
      {fields.map((field) => (
        <ParamField
          key={field.name}
          field={field}
          text={edits[field.name] ?? textOf(profile[field.name] ?? field.fallback)}
          error={errors[field.name]}
          edit={(text) => edit(field.name, text)}
        />
      ))}
      {others.length > 0 && (
        <p className={styles.others}>
          Set from the command line with <code>--set</code>: {others.join(', ')}.
        </p>
      )}
    </div>
  );
}

function ParamField({
  field,
  text,
  error,
  edit,
}: {
  field: Field;
  text: string;
  error: string | undefined;
  edit: (text: string) => void;
}) {
  const id = useId();
  const hint = acceptsOf(field);
  const shared = {
    id,
    name: field.name,
    'aria-invalid': error !== undefined,
    'aria-describedby': `${id}-hint${error === undefined ? '' : ` ${id}-error`}`,
  };
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{field.description}</label>
      {field.kind === 'boolean' ? (
        <input
          {...shared}
          type="checkbox"
          checked={text === 'true'}
          onChange={(event) => edit(String(event.target.checked))}
        />
      ) : field.kind === 'choice' ? (
        <select {...shared} value={text} onChange={(event) => edit(event.target.value)}>
          {field.options?.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      ) : (
        <input
          {...shared}
          type="text"
          inputMode={field.kind === 'integer' ? 'numeric' : field.kind === 'number' ? 'decimal' : 'text'}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => edit(event.target.value)}
        />
      )}
      <p id={`${id}-hint`} className={styles.hint}>
        <code>{field.name}</code>
        {hint && ` · ${hint}`}
      </p>
      {error !== undefined && (
        <p id={`${id}-error`} className={styles.error}>
          {error}
        </p>
      )}
    </div>
  );
}
