import type { Paper } from '@laurel/core/paper';
import { useState } from 'react';
import { CopyIcon } from '../components/icons.tsx';
import { Prose } from '../prose/Prose.tsx';
import styles from './code.module.css';
import paperStyles from './paper.module.css';

/** How to run the paper and use its parts outside the studio. */
export function CodeSection({ paper }: { paper: Paper }) {
  const usage = usageOf(paper);
  return (
    <section id="code" aria-labelledby="code-title" className={paperStyles.section}>
      <h2 id="code-title">Use it in code</h2>
      {usage !== null && (
        <div className={paperStyles.prose}>
          <Prose text={usage} />
        </div>
      )}
      <p className={styles.lead}>Run it from the command line:</p>
      <Snippet code={`laurel run ${paper.slug} --profile quick`} language="Shell" />
      <p className={styles.lead}>
        Its parts live in {paper.rooms.length === 1 ? 'the room' : 'the rooms'} {paper.rooms.join(', ')} of the library:
      </p>
      <Snippet
        language="TypeScript"
        code={paper.rooms.map((room) => `import * as ${room} from '@laurel/core/${room}';`).join('\n')}
      />
    </section>
  );
}

/** Words on use, where the catalogue has some. */
function usageOf(paper: Paper): string | null {
  const found = Object.entries(paper).find(([key]) => key === 'usage')?.[1];
  return typeof found === 'string' && found !== '' ? found : null;
}

function Snippet({ code, language }: { code: string; language: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    } catch {
      // The browser may forbid it; the text can still be selected.
    }
  };
  return (
    <div className={styles.snippet}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within the keyboard's reach */}
      <section tabIndex={0} aria-label={`${language} snippet`}>
        <pre>
          <code>{code}</code>
        </pre>
      </section>
      <button type="button" onClick={() => void copy()} aria-label={copied ? 'Copied' : 'Copy'}>
        {copied ? 'Copied' : <CopyIcon />}
      </button>
    </div>
  );
}
