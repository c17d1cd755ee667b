import { InputError } from "../../foundation/input/inputError.ts";
import "./onImport.ts";
import { type EngineName, refuseUnknownEngine } from "./engineName.ts";
import { engines } from "./engines.ts";
import { keepProcessListeners } from "./keepProcessListeners.ts";
import { quietly } from "./quietly.ts";
import { readThreads, useThreads } from "./threads.ts";
import { findUnusedGpu } from "./unusedGpu.ts";

/** The engine that computes with tensors. */
export interface Engine {
  readonly name: EngineName;
  /** The device that computes: `CPU`, `GPU`, or a GPU's name. */
  readonly device: string;
  /** Which engine runs and why, in one line. */
  readonly reason: string;
  /** Whether the same run gives the same bits on every machine. */
  readonly bitExact: boolean;
}

/** Which engine to start, and how. */
export interface EngineRequest {
  /** The name of a requested engine; it takes precedence over everything else. */
  readonly name?: string | undefined;
  /**
   * How many threads the engine wasm computes on, 1 to 64; it takes precedence over the environment. The results are the
   * same, bit for bit, for every number. Memory that threads can share is set up when wasm first starts, so a process that
   * has started it with one thread stays with one. A start that names no number keeps the one that an earlier start named.
   *
   * @defaultValue as many as the machine has cores, at most 8; 1 inside a worker of vitest or jest
   */
  readonly threads?: number | undefined;
  /**
   * Environment variables: `LEARNPROOF_ENGINE` names an engine where `name` does not, and `LEARNPROOF_THREADS` gives a
   * number where `threads` does not.
   */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

const VARIABLE = "LEARNPROOF_ENGINE";

/**
 * Starts the requested engine, or otherwise `wasm`: which packages happen to be installed must not decide what a run
 * computes, or two machines would keep different baselines. Starting twice, or from several places at once, is harmless.
 *
 * @throws {InputError} for an unknown name, for a number of threads outside 1 to 64, for a named engine that does not
 * start, and for `wasm` if it computes wrongly: it is tested on small cases at each start.
 */
export function startEngine(request: EngineRequest = {}): Promise<Engine> {
  // Starts run one after another, because two at once would install the same backend twice.
  const next = starting.then(() => startRequested(request));
  starting = next.catch(() => undefined);
  return next;
}

let starting: Promise<unknown> = Promise.resolve();

async function startRequested(request: EngineRequest): Promise<Engine> {
  useThreads(readThreads(request.threads, request.environment));
  const fromEnvironment = request.environment?.[VARIABLE] || undefined;
  const word = request.name ?? fromEnvironment;
  const field = request.name === undefined ? VARIABLE : "--engine";
  if (word !== undefined) return startNamed(word, field);
  return start("wasm", `the default${adviceForGpu(findUnusedGpu())}`);
}

/** Says in the line that names the engine how a GPU is put to use. On small networks wasm is the faster one. */
function adviceForGpu(gpu: string | null): string {
  return gpu === null ? "" : `; ${gpu} is not used (try --engine tensorflow or webgpu on large networks)`;
}

async function startNamed(word: string, field: string): Promise<Engine> {
  refuseUnknownEngine(word, field);
  const missing = await engines[word].whyUnavailable();
  if (missing !== null) {
    throw new InputError({
      code: "engine-unavailable",
      field,
      message: `names an engine that does not start here: ${missing}; ${engines[word].remedy}, or use wasm`,
      got: word,
    });
  }
  return start(word, `asked for by ${field}`);
}

async function start(name: EngineName, why: string): Promise<Engine> {
  const engine = engines[name];
  const { installGradients, restoreGradients } = await import("./gradients/install.ts");
  // An engine is tested as it starts.
  restoreGradients();
  await keepProcessListeners(() => quietly(() => engine.start()));
  installGradients();
  const device = engine.device();
  const where = device === "CPU" ? "" : `, on ${device}`;
  return { name, device, reason: `${name}: ${why}${where}`, bitExact: engine.bitExact };
}
