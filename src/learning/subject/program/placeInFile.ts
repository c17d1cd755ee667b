import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const FRAME = /(?:\(|at (?:async )?)((?:file:\/\/|[A-Za-z]:[\\/]|\/)[^()]+?)(?:\?[^:)]*)?:(\d+):\d+\)?$/;

/** Where in a program an error was thrown, as `train.js:12`; null where its stack does not name the file. */
export function placeInFile(fault: unknown, path: string): string | null {
  const { stack } = Object(fault) as { readonly stack?: unknown };
  if (typeof stack !== "string") return null;
  for (const line of stack.split("\n")) {
    const [, place, row] = FRAME.exec(line.trim()) ?? [];
    if (place === undefined) continue;
    const file = place.startsWith("file:") ? fileURLToPath(place) : place;
    if (file === resolve(path)) return `${basename(path)}:${row}`;
  }
  return null;
}
