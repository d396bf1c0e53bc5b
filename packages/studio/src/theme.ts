import { useState } from 'react';

export type Theme = 'auto' | 'light' | 'dark';
const key = 'laurel:theme';
const order: readonly Theme[] = ['auto', 'light', 'dark'];

function stored(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === 'light' || theme === 'dark' ? theme : 'auto';
}

/** The theme and what moves to the next: as the system says, light, dark. Remembered on this device. */
export function useTheme(): [Theme, () => void] {
  const [theme, setTheme] = useState(stored);
  const next = () => {
    const chosen = order[(order.indexOf(theme) + 1) % order.length];
    if (chosen === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
    try {
      if (chosen === 'auto') localStorage.removeItem(key);
      else localStorage.setItem(key, chosen);
    } catch {
      // Storage may be forbidden; the choice then lasts until the page is left.
    }
    setTheme(chosen);
  };
  return [theme, next];
}
