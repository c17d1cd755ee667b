// Trainings that do not depend on each other run at the same time, on threads that each have an engine of their own.
// What comes out, and in which order, does not depend on how many there are.

import type { Worker } from "node:worker_threads";
import { useThreads, wantedThreads } from "../engine/threads.ts";
import { type Answer, unpack } from "./answer.ts";
import { isLackOfMemory, OUT_OF_MEMORY, WorkerEnded } from "./workerEnded.ts";

export interface WorkersWatch {
  /** Called as each result comes. */
  readonly onDone?: (() => void) | undefined;
  /** The places of the inputs in the order in which they begin. @defaultValue their own order */
  readonly order?: readonly number[] | undefined;
  /** Ends the work, also in its midst. */
  readonly signal?: AbortSignal | undefined;
}

/** Threads that run one program. */
export interface Workers {
  /**
   * Runs the program on each input.
   *
   * @returns the results in the order of the inputs.
   * @throws what the first input in that order throws, and the signal's reason where that ends the work.
   */
  map<Input, Output>(inputs: readonly Input[], watch?: WorkersWatch): Promise<Output[]>;
  /** Ends the threads, also in the midst of their work. */
  close(): Promise<void>;
}

/** Does on the calling thread what the program does on another. It ends when the signal says so. */
export type WorkHere = (input: unknown, signal: AbortSignal) => Promise<unknown>;

/** Does one piece of work after another. */
type Lane = (input: unknown, signal: AbortSignal | undefined) => Promise<unknown>;

/** A piece of work that waits for a lane. */
interface Waiting {
  readonly input: unknown;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (output: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Starts threads that run a program.
 *
 * @param program the module without its ending; its default export is made by `answering`.
 * @param count how many threads, 1 or more.
 * @param here the same work on the calling thread, which then is one of these threads: it has loaded and compiled already
 * what another would take a second or two for. @defaultValue the calling thread only waits
 */
export async function openWorkers(program: URL, count: number, here?: WorkHere): Promise<Workers> {
  const closing = new AbortController();
  const others = here ? count - 1 : count;
  const pool = others > 0 ? await openPool(program, others) : null;
  const free: Lane[] = Array.from({ length: others }, () => (pool as Pool).run);
  let busyHere: Promise<unknown> = Promise.resolve();
  if (here)
    free.unshift((input, signal) => {
      const ends = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
      const output = here(input, ends);
      busyHere = output.catch(() => undefined);
      return output;
    });
  // Threads of the kernels would compete with the other workers.
  const kernelThreads = wantedThreads();
  if (here) useThreads(1);

  const waiting: Waiting[] = [];
  const begin = (): void => {
    while (waiting.length > 0 && free.length > 0) {
      const lane = free.shift() as Lane;
      const { input, signal, resolve, reject } = waiting.shift() as Waiting;
      lane(input, signal)
        .then(resolve, reject)
        .finally(() => {
          free.push(lane);
          begin();
        });
    }
  };
  const run = (input: unknown, signal: AbortSignal | undefined): Promise<unknown> =>
    new Promise((resolve, reject) => {
      waiting.push({ input, signal, resolve, reject });
      begin();
    });
  return {
    async map<Input, Output>(
      inputs: readonly Input[],
      { onDone, order = [...inputs.keys()], signal }: WorkersWatch = {},
    ): Promise<Output[]> {
      const answers = new Map<number, Promise<Output>>();
      for (const place of order) {
        const answer = run(inputs[place], signal).then((output) => {
          onDone?.();
          return output as Output;
        });
        // One that fails behind another that failed is heard by nobody.
        answer.catch(() => undefined);
        answers.set(place, answer);
      }
      const outputs: Output[] = [];
      for (const place of inputs.keys()) {
        try {
          outputs.push((await answers.get(place)) as Output);
        } catch (error) {
          signal?.throwIfAborted();
          throw error;
        }
      }
      return outputs;
    },
    async close() {
      waiting.length = 0;
      closing.abort(new WorkerEnded("closed"));
      await Promise.all([pool?.close(), busyHere]);
      if (here) useThreads(kernelThreads);
    },
  };
}

/**
 * Training makes many small objects that die at once: with more room for new ones than the 48 MB that Node gives a thread,
 * fewer are copied. It takes a calibration on two threads a tenth less time.
 */
const ROOM_FOR_NEW = { maxYoungGenerationSizeMb: 192 };

/** Threads of Node. */
interface Pool {
  readonly run: Lane;
  close(): Promise<void>;
}

async function openPool(program: URL, count: number): Promise<Pool> {
  const { Tinypool } = await import("tinypool");
  const isSource = import.meta.url.endsWith(".ts");
  const module = `${program.href}${isSource ? ".ts" : ".js"}`;
  const pool = new Tinypool({
    filename: isSource ? new URL("./sourceWorker.mjs", import.meta.url).href : module,
    runtime: "worker_threads",
    minThreads: count,
    maxThreads: count,
    resourceLimits: ROOM_FOR_NEW,
  });
  // A thread may end while it has no work: before its first, or after its last.
  const broken = new Promise<never>((_, reject) => {
    pool.on("error", reject);
  });
  broken.catch(() => undefined);
  return {
    async run(input, signal) {
      try {
        const task = isSource ? { program: module, input } : input;
        const answer = pool.run(task, signal ? { signal } : {}) as Promise<Answer<unknown>>;
        return unpack(await Promise.race([answer, broken]));
      } catch (error) {
        throw isLackOfMemory(error) ? new WorkerEnded(OUT_OF_MEMORY) : error;
      }
    },
    async close() {
      const threads = pool.threads as unknown as readonly { readonly thread: Worker }[];
      const ended = pool.destroy();
      // Tinypool waits for the end of its threads in a way that throws where one of them fails in that moment.
      for (const { thread } of threads) thread.removeAllListeners("error").on("error", () => undefined);
      await ended;
    },
  };
}
