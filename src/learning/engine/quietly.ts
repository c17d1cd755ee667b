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
  if (underWay++ === 0) {
    printing = Object.fromEntries(METHODS.map((method) => [method, terminal[method]]));
    for (const method of METHODS) terminal[method] = () => undefined;
  }
  try {
    return await start();
  } finally {
    if (--underWay === 0) Object.assign(terminal, printing);
  }
}
