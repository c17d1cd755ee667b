/** How many threads the engine wasm computes on. It decides how fast a kernel is, never what comes out of it. */
import { availableParallelism } from "node:os";
import { isMainThread } from "node:worker_threads";
import { InputError } from "../../foundation/input/inputError.ts";

/** More threads than that are refused. */
export const MOST_THREADS = 64;
/** Networks of the size that trains on a CPU gain little from more. */
const MOST_BY_DEFAULT = 8;
const VARIABLE = "LEARNPROOF_THREADS";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Operations (a multiplication and an addition, or a value read or written) from which threads share a kernel: they take
 * longer than it takes to wake a thread, some 50 µs.
 */
const WORTH_SHARING = 2 ** 20;

let wanted = 1;
/** What an option asked for: libraries that a command calls start the engine again, and know nothing of its options. */
let optional: number | undefined;
let fewest = WORTH_SHARING;

/** Sets how many threads kernels may use from now on, and from how many operations on they do. */
export function useThreads(count: number, worthSharing = WORTH_SHARING): void {
  wanted = count;
  fewest = worthSharing;
}

/** Whether threads share a kernel of so many operations. */
export function isWorthSharing(operations: number): boolean {
  return wanted > 1 && operations >= fewest;
}

/** How many threads kernels may use, 1 or more. */
export function wantedThreads(): number {
  return wanted;
}

/**
 * Returns how many threads are asked for: by an option, now or earlier, by `LEARNPROOF_THREADS`, or by nobody.
 *
 * @throws {InputError} for anything but a whole number from 1 to 64.
 */
export function readThreads(option: unknown, environment: Environment = process.env): number {
  if (option !== undefined) optional = parse("--threads", option);
  if (optional !== undefined) return optional;
  const text = environment[VARIABLE];
  return text ? parse(VARIABLE, text) : threadsByDefault(environment);
}

/** Returns how many threads an option or `LEARNPROOF_THREADS` asks for; undefined where nobody does. */
export function askedThreads(environment: Environment = process.env): number | undefined {
  const text = environment[VARIABLE];
  return optional ?? (text ? parse(VARIABLE, text) : undefined);
}

function parse(field: string, got: unknown): number {
  const count = typeof got === "string" && got.trim() !== "" ? Number(got) : got;
  if (typeof count === "number" && Number.isInteger(count) && count >= 1 && count <= MOST_THREADS)
    return count;
  throw new InputError({
    code: "invalid-threads",
    field,
    message: `must be a whole number from 1 to ${MOST_THREADS}; leave it out for one thread a core, at most ${MOST_BY_DEFAULT}`,
    got,
  });
}

/**
 * Returns as many threads as the machine has cores, at most 8. Test runners start a process or a thread for each core
 * themselves, so inside one of theirs it is 1.
 */
export function threadsByDefault({ VITEST, JEST_WORKER_ID }: Environment): number {
  const inTestRunner = Boolean(VITEST || JEST_WORKER_ID || process.env.VITEST || process.env.JEST_WORKER_ID);
  return inTestRunner || !isMainThread ? 1 : Math.min(availableParallelism(), MOST_BY_DEFAULT);
}
