// A program whose training was written down, and not made, goes on with a model that has learnt nothing: what it would write
// then must not take the place of what it has written before.

import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { devNull } from "node:os";
import { Writable } from "node:stream";

const CHANGES = [
  "appendFile",
  "copyFile",
  "cp",
  "mkdir",
  "rename",
  "rm",
  "rmdir",
  "truncate",
  "unlink",
  "writeFile",
] as const;

type Functions = Record<string, unknown>;

/**
 * Lets the functions of `node:fs` write nothing, and answer as if they had.
 *
 * @returns what lets them write again.
 */
export function silenceWrites(): () => void {
  const restore: (() => void)[] = [];
  const replace = (of: object, name: string, by: unknown) => {
    const functions = of as Functions;
    const before = functions[name];
    functions[name] = by;
    restore.push(() => {
      functions[name] = before;
    });
  };
  for (const name of CHANGES) {
    replace(fs, name, (...args: unknown[]) => {
      const back = args.at(-1);
      if (typeof back === "function") setImmediate(() => back(null));
    });
    replace(fs, `${name}Sync`, () => undefined);
    replace(fs.promises, name, async () => undefined);
  }
  const { openSync } = fs;
  replace(fs, "openSync", (path: fs.PathLike, flags: fs.OpenMode = "r", mode?: fs.Mode) =>
    /[wa+]/.test(String(flags)) ? openSync(devNull, "w") : openSync(path, flags, mode),
  );
  replace(
    fs,
    "createWriteStream",
    () => new Writable({ write: (_chunk, _encoding, done) => done(), final: (done) => done() }),
  );
  syncBuiltinESMExports();
  return () => {
    for (const one of restore) one();
    syncBuiltinESMExports();
  };
}
