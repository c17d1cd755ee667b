/**
 * Runs a start-up whose libraries print banners and advice, and drops what they print: standard output may
 * have to be one JSON object, and the advice is about another library.
 */
export async function quietly<T>(start: () => Promise<T>): Promise<T> {
  const { log, info, warn } = console;
  const drop = () => undefined;
  Object.assign(console, { log: drop, info: drop, warn: drop });
  try {
    return await start();
  } finally {
    Object.assign(console, { log, info, warn });
  }
}
