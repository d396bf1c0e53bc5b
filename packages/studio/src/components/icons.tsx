import type { ReactNode } from 'react';

/** A line icon on a 16-unit grid, in the text's colour and size. Decorative: its control carries the words. */
function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width="1em"
      height="1em"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: 'none' }}
    >
      {children}
    </svg>
  );
}

export const SearchIcon = () => (
  <Icon>
    <path d="M11 11l3.5 3.5M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10z" />
  </Icon>
);

export const SunIcon = () => (
  <Icon>
    <path d="M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM8 1.2v1.4M8 13.4v1.4M1.2 8h1.4M13.4 8h1.4M3.2 3.2l1 1M11.8 11.8l1 1M12.8 3.2l-1 1M4.2 11.8l-1 1" />
  </Icon>
);

export const MoonIcon = () => (
  <Icon>
    <path d="M13.5 9.8A6 6 0 0 1 6.2 2.5a6 6 0 1 0 7.3 7.3z" />
  </Icon>
);

export const AutoIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="5.8" />
    <path d="M8 2.2a5.8 5.8 0 0 1 0 11.6z" fill="currentColor" stroke="none" />
  </Icon>
);

export const KeyboardIcon = () => (
  <Icon>
    <path d="M2 4h12a.6.6 0 0 1 .6.6v6.8a.6.6 0 0 1-.6.6H2a.6.6 0 0 1-.6-.6V4.6A.6.6 0 0 1 2 4zM4 6.6h.01M6.7 6.6h.01M9.3 6.6h.01M12 6.6h.01M5 9.5h6" />
  </Icon>
);

export const PlayIcon = () => (
  <Icon>
    <path d="M4.5 2.8l8 5.2-8 5.2z" fill="currentColor" />
  </Icon>
);

export const StopIcon = () => (
  <Icon>
    <rect x="3.5" y="3.5" width="9" height="9" rx="1" fill="currentColor" />
  </Icon>
);

export const ServerIcon = () => (
  <Icon>
    <path d="M2.5 2.5h11v4.5h-11zM2.5 9h11v4.5h-11zM5 4.8h.01M5 11.3h.01" />
  </Icon>
);

export const CautionIcon = () => (
  <Icon>
    <path d="M8 2L14.8 13.8H1.2zM8 6.3v3.4M8 11.7h.01" />
  </Icon>
);

export const CopyIcon = () => (
  <Icon>
    <path d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3" />
  </Icon>
);

export const CrossIcon = () => (
  <Icon>
    <path d="M4 4l8 8M12 4l-8 8" />
  </Icon>
);
