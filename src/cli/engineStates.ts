import { fork } from "node:child_process";
import { once } from "node:events";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { type EngineName, engineNames } from "../learning/engine/engineName.ts";

/** Whether an engine starts on this machine, and why, or how that is mended. */
export interface EngineState {
  readonly name: EngineName;
  readonly starts: boolean;
  readonly why: string;
}

/** Tries every engine, one after the other. */
export async function inspectEngines(): Promise<readonly EngineState[]> {
  const { engines } = await import("../learning/engine/engines.ts");
  const states: EngineState[] = [];
  for (const name of engineNames) {
    const missing = await whyUnavailable(name);
    const present = name === "wasm" ? "the default" : "by --engine";
    states.push({
      name,
      starts: missing === null,
      why: missing === null ? present : `${missing}; ${engines[name].remedy}`,
    });
  }
  return states;
}

/** Tries an engine in a process whose output goes nowhere. */
async function whyUnavailable(name: EngineName): Promise<string | null> {
  const extension = extname(import.meta.url);
  const program = fileURLToPath(new URL(`./tryEngine${extension}`, import.meta.url));
  const execArgv = extension === ".ts" ? ["--import", import.meta.resolve("tsx")] : [];
  const trial = fork(program, [name], { stdio: "ignore", execArgv });
  const answered = once(trial, "message").then(([missing]) => missing as string | null);
  const ended = once(trial, "exit").then(
    ([code, signal]) => `the process that tried it ended: ${signal ?? code}`,
  );
  return Promise.race([answered, ended]);
}
