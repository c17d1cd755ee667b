/** How many threads compute. It decides how fast a kernel is, never what comes out of it. */
import { availableParallelism } from "node:os";
import { isMainThread } from "node:worker_threads";

/** The most threads that are used: more gain little on networks of the size that train on a CPU. */
export const MOST_THREADS = 64;
const MOST_BY_DEFAULT = 8;

let wanted = 1;

/** Sets how many threads kernels may use from now on. */
export function useThreads(count: number): void {
  wanted = count;
}

/** How many threads kernels may use, 1 or more. */
export function wantedThreads(): number {
  return wanted;
}

/**
 * Returns how many threads to use if nobody says: as many as the machine has cores, at most 8. Test runners fork a
 * process or a thread for each core themselves, so inside one of theirs it is 1.
 */
export function threadsByDefault(environment: Readonly<Record<string, string | undefined>>): number {
  const inTestRunner = Boolean(environment.VITEST || environment.JEST_WORKER_ID);
  return inTestRunner || !isMainThread ? 1 : Math.min(availableParallelism(), MOST_BY_DEFAULT);
}
