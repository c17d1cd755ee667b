const METHODS = ["debug", "log", "info", "warn"] as const;

// The console that is silenced while start-ups run; nothing is printed to it here.
const { console: terminal } = globalThis;

let underWay = 0;
let printing: Partial<Console> = {};

/**
 * Runs a start-up and drops what its libraries print, such as banners and advice about other libraries. Standard output
 * may have to be one JSON object. Start-ups may overlap: the console is restored when the last of them ends.
 */
export async function quietly<T>(start: () => Promise<T>): Promise<T> {
  silence();
  try {
    return await start();
  } finally {
    restore();
  }
}

/** Does work that waits for nothing, and drops what its library prints, such as warnings that it may be slow. */
export function quietlyAtOnce<T>(work: () => T): T {
  silence();
  try {
    return work();
  } finally {
    restore();
  }
}

function silence(): void {
  if (underWay++ > 0) return;
  printing = Object.fromEntries(METHODS.map((method) => [method, terminal[method]]));
  for (const method of METHODS) terminal[method] = () => undefined;
}

function restore(): void {
  if (--underWay === 0) Object.assign(terminal, printing);
}
