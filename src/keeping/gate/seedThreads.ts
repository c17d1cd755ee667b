import { openWorkers, type Workers } from "../../learning/workers/workers.ts";
import { createHashed, type Measured, measureAnew } from "./measureAnew.ts";
import type { SeedRequest } from "./seedWorker.ts";

/** Threads that measure seeds at the same time. */
export interface SeedThreads {
  /** Measures one seed as soon as a thread is free. */
  measure(request: SeedRequest, signal: AbortSignal | undefined): Promise<Measured>;
  /** Ends the threads, also in the midst of their work. */
  close(): Promise<void>;
}

/**
 * Returns threads that start with the first seed: a gate whose cache knows every seed needs none. The calling thread is one
 * of them.
 *
 * @param count how many threads; with one, seeds are measured on the calling thread.
 * @param bitExact whether the engine, which runs on the calling thread already, promises the same bits for the same run.
 */
export function openSeedThreads(count: number, bitExact: boolean): SeedThreads | null {
  if (count === 1) return null;
  let opened: Promise<Workers> | undefined;
  const here = async (input: unknown, signal: AbortSignal): Promise<Measured> => {
    const { config, ladder } = input as SeedRequest;
    return measureAnew(config, await createHashed(config, bitExact), { bitExact, ladder, signal });
  };
  return {
    async measure(request, signal) {
      opened ??= openWorkers(new URL("./seedWorker", import.meta.url), count, here);
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
