import { useMemo, useRef, useState } from 'react';
import { ApiProblem, type ExperimentInfo, type Profile } from '../api.ts';
import { PlayIcon, ServerIcon } from '../components/icons.tsx';
import { useReach } from '../data/reach.ts';
import { ParamsForm } from './ParamsForm.tsx';
import styles from './run-form.module.css';
import { fieldsOf, readForm, seedsField } from './schema-form.ts';
import { refusal, startHere, startOnServer } from './store.ts';

const profiles: { name: Profile; takes: string }[] = [
  { name: 'smoke', takes: 'seconds; only shows that it runs' },
  { name: 'quick', takes: 'up to a minute' },
  { name: 'full', takes: 'up to a quarter of an hour; what is reported' },
];

/** What to run and where. */
export function RunForm({
  slug,
  experiment,
  started,
}: {
  slug: string;
  experiment: ExperimentInfo;
  started: (key: string) => void;
}) {
  const form = useRef<HTMLFormElement>(null);
  const reach = useReach();
  const [profile, setProfile] = useState<Profile>('quick');
  const [edits, setEdits] = useState<Record<string, string>>({});
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [starting, setStarting] = useState(false);
  const preset = experiment.profiles[profile];
  const { fields, others } = useMemo(() => {
    const form = fieldsOf(experiment.params);
    return { ...form, fields: [seedsField(preset.seeds), ...form.fields] };
  }, [experiment.params, preset.seeds]);
  const changed = Object.keys(readForm(fields, edits, preset.params).values).length;

  const start = async (where: 'browser' | 'server') => {
    const { values, errors: wrong } = readForm(fields, edits, preset.params);
    setErrors(wrong);
    setProblem(null);
    if (Object.keys(wrong).length > 0) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    const { seeds, ...params } = values;
    const request = {
      slug,
      profile,
      ...(typeof seeds === 'number' ? { seeds } : {}),
      ...(Object.keys(params).length > 0 ? { params } : {}),
    };
    if (where === 'browser') {
      started(startHere(request));
      return;
    }
    setStarting(true);
    try {
      started(await startOnServer(request));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const byField = error instanceof ApiProblem ? error.errors : [];
      setErrors(
        Object.fromEntries(byField.map(({ path, message }) => [path.replace(/^params\./, ''), `${path}: ${message}`])),
      );
      setProblem(refusal(error));
    } finally {
      setStarting(false);
    }
  };

  return (
    <form
      ref={form}
      className={styles.form}
      aria-label="Run the experiment"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void start('browser');
      }}
    >
      <fieldset className={styles.profiles}>
        <legend className="visually-hidden">Profile</legend>
        {profiles.map(({ name, takes }) => (
          <label key={name} className={styles.profile}>
            <input
              type="radio"
              name="profile"
              value={name}
              checked={profile === name}
              onChange={() => setProfile(name)}
            />
            <span>
              <strong>{name}</strong>
              <span>
                {experiment.profiles[name].seeds} {experiment.profiles[name].seeds === 1 ? 'seed' : 'seeds'}, {takes}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      <details className={styles.more} open={Object.keys(errors).length > 0 || undefined}>
        <summary>Parameters{changed > 0 ? `, ${changed} changed` : ''}</summary>
        <ParamsForm
          fields={fields}
          others={others}
          edits={edits}
          errors={errors}
          profile={preset.params}
          edit={(name, text) => setEdits({ ...edits, [name]: text })}
        />
        {Object.keys(edits).length > 0 && (
          <button
            type="button"
            className={styles.reset}
            onClick={() => {
              setEdits({});
              setErrors({});
            }}
          >
            Back to the profile’s values
          </button>
        )}
      </details>
      <div className={styles.actions}>
        <button type="submit" className={styles.primary}>
          <PlayIcon /> Run here
        </button>
        <button
          type="button"
          className={styles.secondary}
          disabled={reach === 'bundled' || starting}
          onClick={() => void start('server')}
        >
          <ServerIcon /> {starting ? 'Starting…' : 'Run on server'}
        </button>
        <p className={styles.hint}>
          {reach === 'bundled'
            ? 'In this browser, in the background. No server is in reach.'
            : 'Here: in this browser, while this tab is open. On the server: goes on without you.'}
        </p>
      </div>
      {problem !== null && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </form>
  );
}
