// Changes to a terminal (a hidden cursor, lines that no longer wrap) are undone however the process ends.

import { onExit } from "signal-exit";

const held = new Set<() => void>();

/**
 * Remembers how to give the terminal back what was taken from it, should the process end first: by Ctrl-C,
 * SIGTERM, SIGHUP, or of its own accord. A signal still ends the process as it does without this.
 *
 * @returns gives it back now.
 */
export function holdTerminal(giveBack: () => void): () => void {
  const once = () => {
    if (held.delete(release)) giveBack();
  };
  const forget = onExit(once);
  const release = () => {
    forget();
    once();
  };
  held.add(release);
  return release;
}

/** Gives back all that was taken: a line that is printed next stands by itself. */
export function releaseTerminal(): void {
  for (const release of [...held]) release();
}
