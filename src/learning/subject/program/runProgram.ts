// Runs a program in JavaScript or TypeScript in this process, up to where it has said what it trains.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { startClock } from "../../../foundation/clock.ts";
import { seedStream } from "../../../foundation/random/seedStream.ts";
import { LOADING } from "../../config/projectFile.ts";

/** How a program ended. */
export type Ended =
  | { readonly how: "idle" }
  | { readonly how: "left" }
  | { readonly how: "late" }
  | { readonly how: "failed"; readonly fault: unknown };

/** How a program is run. */
export interface Running {
  /** The program's own arguments, behind its name. */
  readonly programArguments: readonly string[];
  /** Seconds that it may take. */
  readonly seconds: number;
}

/** A program that runs. */
export interface RunningProgram {
  /** Comes when nothing more is to be expected of the program. */
  readonly ended: Promise<Ended>;
  /** Ends the wait, for a reason of one's own. */
  end(how: Ended): void;
  /** Gives it so many seconds more from now on, and not more than it had. */
  hurry(seconds: number): void;
}

const ASKS_FOR_MAIN = /\brequire\.main\s*===?\s*module\b/;
const EVENTS = ["uncaughtException", "unhandledRejection"] as const;

/** Begins to run a program. What it prints is its own affair. */
export function runProgram(path: string, { programArguments, seconds }: Running): RunningProgram {
  const file = resolve(path);
  const { argv, exit } = process;
  const listeners = EVENTS.map((event) => [event, process.listeners(event as "exit")] as const);
  let end: (how: Ended) => void = () => undefined;
  const ended = new Promise<Ended>((done) => {
    end = done;
  });
  const since = startClock();
  let most = seconds;
  const fail = (fault: unknown) => end({ how: "failed", fault });
  const idle = () => end({ how: "idle" });
  const watch = setInterval(() => since() > most && end({ how: "late" }), PAUSE_MS).unref();
  for (const event of EVENTS) process.removeAllListeners(event).on(event, fail);
  process.on("beforeExit", idle);
  process.argv = [argv[0] as string, file, ...programArguments];
  const { random } = Math;
  // What it draws by chance is the same in every check.
  Math.random = seedStream(1, "program").uniform;
  process.exit = () => {
    end({ how: "left" });
    throw new LeftProcess();
  };
  load(file).catch(fail);
  const putBack = () => {
    clearInterval(watch);
    process.off("beforeExit", idle);
    for (const [event, own] of listeners) {
      process.removeAllListeners(event);
      for (const one of own) process.on(event, one);
    }
    Math.random = random;
    process.argv = argv;
    process.exit = exit;
  };
  return {
    ended: ended.then(async (how) => {
      // Where the program asked for its end, what it threw then is told before the next turn.
      await new Promise((done) => setImmediate(done));
      putBack();
      return how;
    }),
    end: (how) => end(how),
    hurry(left) {
      most = Math.min(most, since() + left);
    },
  };
}

const PAUSE_MS = 50;

/** Ends what a program does where it asked for the end of the process. */
class LeftProcess extends Error {}

/** TypeScript is translated; Node itself runs JavaScript, as it would without learnproof. */
async function load(file: string): Promise<unknown> {
  if (!/\.([mc]?js)$/.test(file)) {
    const { createJiti } = await import("jiti");
    return createJiti(file, LOADING).import(file);
  }
  if (!ASKS_FOR_MAIN.test(readFileSync(file, "utf8"))) return import(pathToFileURL(file).href);
  const { Module } = createRequire(import.meta.url)("node:module") as {
    readonly Module: { _load(file: string, parent: null, isMain: boolean): unknown };
  };
  return Module._load(file, null, true);
}
