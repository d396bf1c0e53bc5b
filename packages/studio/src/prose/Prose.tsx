import { Fragment, memo } from 'react';
import { blocksOf, type Piece, piecesOf } from './inline.ts';
import { Tex } from './Tex.tsx';

/** The papers' Markdown as paragraphs and lists. */
export const Prose = memo(function Prose({ text }: { text: string }) {
  return blocksOf(text).map(({ kind, items }, i) =>
    kind === 'list' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a text's blocks never change places
      <ul key={i}>
        {items.map((item) => (
          <li key={item}>
            <Inline text={item} />
          </li>
        ))}
      </ul>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a text's blocks never change places
      <p key={i}>
        <Inline text={items[0]} />
      </p>
    ),
  );
});

/** One paragraph's worth, without the paragraph. */
export function Inline({ text }: { text: string }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: a text's pieces never change places
  return piecesOf(text).map((piece, i) => <Fragment key={i}>{shown(piece)}</Fragment>);
}

function shown(piece: Piece) {
  switch (piece.kind) {
    case 'text':
      return piece.text;
    case 'math':
      return <Tex tex={piece.tex} />;
    case 'code':
      return <code>{piece.text}</code>;
    case 'strong':
      return <strong>{piece.text}</strong>;
    case 'emphasis':
      return <em>{piece.text}</em>;
    case 'link':
      return (
        <a href={piece.url} rel="noreferrer">
          {piece.text}
        </a>
      );
  }
}
