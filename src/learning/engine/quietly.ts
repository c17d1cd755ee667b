const METHODS = ["debug", "log", "info", "warn"] as const;

// What everything prints to: here it is not printed to.
const { console: terminal } = globalThis;

let underWay = 0;
let printing: Partial<Console> = {};

/**
 * Runs a start-up whose libraries print banners and advice, and drops what they print: standard output may
 * have to be one JSON object, and the advice is about another library. Start-ups may overlap: the console is
 * as it was when the last of them ends.
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
