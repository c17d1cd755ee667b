// Standard output has ways round `process.stdout`: its number, and processes that inherit it.

import childProcess from "node:child_process";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const OUTPUT = 1;
const ERROR = 2;

const WRITERS = [
  "write",
  "writeSync",
  "writev",
  "writevSync",
  "writeFile",
  "writeFileSync",
  "appendFile",
  "appendFileSync",
] as const;
const STARTERS = ["spawn", "spawnSync", "execSync", "execFileSync", "fork"] as const;

/** Starts a process of our own, whose standard output is that of the command. Kept from before it is diverted. */
export const { spawn: spawnOwn } = childProcess;

/** From now on what is written to file descriptor 1, here or by processes that are started, goes to standard error. */
export function divertDescriptor(): void {
  for (const name of WRITERS)
    divert(fs, name, ([file, ...rest]) => [file === OUTPUT ? ERROR : file, ...rest]);
  for (const name of STARTERS) divert(childProcess, name, (args) => withStdio(name, args));
  syncBuiltinESMExports();
}

type Arguments = readonly unknown[];

function divert<Name extends string>(
  module: Record<Name, (...args: never[]) => unknown>,
  name: Name,
  change: (args: Arguments) => Arguments,
): void {
  module[name] = new Proxy(module[name], {
    apply: (target, self, args) => Reflect.apply(target, self, change(args)),
  });
}

interface Starting {
  readonly stdio?: unknown;
  readonly silent?: boolean;
}

/** The options come after the command and its arguments, where there are any. */
function withStdio(name: (typeof STARTERS)[number], args: Arguments): Arguments {
  const index = args.findIndex((value, at) => at > 0 && typeof value === "object" && !Array.isArray(value));
  const options = (args[index] ?? {}) as Starting;
  const inherits = name === "fork" && options.stdio === undefined && options.silent !== true;
  const stdio = inherits ? [0, ERROR, ERROR, "ipc"] : diverted(options.stdio);
  if (stdio === options.stdio) return args;
  const before = index < 0 ? args : args.slice(0, index);
  return [...before, { ...options, stdio }, ...(index < 0 ? [] : args.slice(index + 1))];
}

function diverted(stdio: unknown): unknown {
  if (stdio === "inherit") return [0, ERROR, ERROR];
  if (!Array.isArray(stdio)) return stdio;
  return stdio.map((way: unknown, at) =>
    way === OUTPUT || way === process.stdout || (way === "inherit" && at === OUTPUT) ? ERROR : way,
  );
}
