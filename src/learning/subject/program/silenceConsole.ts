/**
 * Lets the console print nothing: what a program says of a model that was not trained would mislead.
 *
 * @returns what lets it print again.
 */
export function silenceConsole(): () => void {
  const names = [
    "debug",
    "dir",
    "error",
    "group",
    "info",
    "log",
    "table",
    "timeEnd",
    "timeLog",
    "trace",
    "warn",
  ] as const;
  const all = console as unknown as Record<string, unknown>;
  const before = names.map((name) => [name, all[name]] as const);
  for (const name of names) all[name] = () => undefined;
  return () => {
    for (const [name, print] of before) all[name] = print;
  };
}
