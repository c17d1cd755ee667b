// Trainings that do not depend on each other run at the same time, on threads that each have an engine of their own.
// What comes out, and in which order, does not depend on how many there are.

import { type Answer, unpack } from "./answer.ts";

import { OUT_OF_MEMORY, WorkerEnded } from "./workerEnded.ts";

export interface WorkersWatch {
  /** Called in the order of the inputs, as soon as the result of each and of all before it is there. */
  readonly onDone?: (() => void) | undefined;
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

/**
 * Starts threads that run a program.
 *
 * @param program the module without its ending; its default export is made by `answering`.
 * @param count how many threads, 1 or more.
 */
export async function openWorkers(program: URL, count: number): Promise<Workers> {
  const { Tinypool } = await import("tinypool");
  const isSource = import.meta.url.endsWith(".ts");
  const module = `${program.href}${isSource ? ".ts" : ".js"}`;
  const pool = new Tinypool({
    filename: isSource ? new URL("./sourceWorker.mjs", import.meta.url).href : module,
    runtime: "worker_threads",
    minThreads: count,
    maxThreads: count,
  });
  const run = (input: unknown, signal: AbortSignal | undefined) =>
    pool.run(isSource ? { program: module, input } : input, signal ? { signal } : {});
  return {
    async map<Input, Output>(
      inputs: readonly Input[],
      { onDone, signal }: WorkersWatch = {},
    ): Promise<Output[]> {
      const answers = inputs.map((input) => run(input, signal) as Promise<Answer<Output>>);
      // One that fails behind another that failed is heard by nobody.
      for (const answer of answers) answer.catch(() => undefined);
      const outputs: Output[] = [];
      for (const answer of answers) {
        outputs.push(
          unpack(
            await answer.catch((error) => {
              signal?.throwIfAborted();
              throw isMemory(error) ? new WorkerEnded(OUT_OF_MEMORY) : error;
            }),
          ),
        );
        onDone?.();
      }
      return outputs;
    },
    close: () => pool.destroy(),
  };
}

function isMemory(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === "ERR_WORKER_OUT_OF_MEMORY";
}
