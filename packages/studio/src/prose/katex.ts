import katex from 'katex';
import 'katex/dist/katex.min.css';

/** HTML for the eye and MathML for screen readers. A formula with an error shows its source in the error's colour. */
export function render(tex: string, element: HTMLElement, displayMode: boolean): void {
  katex.render(tex, element, {
    displayMode,
    throwOnError: false,
    output: 'htmlAndMathml',
    errorColor: 'var(--danger)',
  });
}
