import { openWorkers, type Workers } from "../../learning/workers/workers.ts";
import type { Measured } from "./measureAnew.ts";
import type { SeedRequest } from "./seedWorker.ts";

/** Threads that measure seeds at the same time. */
export interface SeedThreads {
  /** Measures one seed as soon as a thread is free. */
  measure(request: SeedRequest, signal: AbortSignal | undefined): Promise<Measured>;
  /** Ends the threads, also in the midst of their work. */
  close(): Promise<void>;
}

/**
 * Returns threads that start with the first seed: a gate whose cache knows every seed needs none.
 *
 * @param count how many threads; with one, seeds are measured on the calling thread.
 */
export function openSeedThreads(count: number): SeedThreads | null {
  if (count === 1) return null;
  let opened: Promise<Workers> | undefined;
  return {
    async measure(request, signal) {
      opened ??= openWorkers(new URL("./seedWorker", import.meta.url), count);
      const [measured] = await (await opened).map<SeedRequest, Measured>([request], {
        ...(signal && { signal }),
      });
      return measured as Measured;
    },
    async close() {
      await (await opened)?.close();
    },
  };
}
