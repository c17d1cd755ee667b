/** What the threads of a team run, and the words by which they agree. */

/** The index of each word in the team's memory. Those that are written most lie on cache lines of their own. */
export const Word = {
  /** How many tasks were opened: sleeping threads wait for it to change. */
  opened: 0,
  /** Threads that sleep. */
  sleeping: 1,
  /** Threads, the caller's included, that take part; those of a higher number do not. */
  size: 2,
  /** Whether the caller sleeps until the last chunk is finished. */
  callerSleeps: 3,
  /** How many threads have failed: their chunks are never finished. */
  failed: 4,
  /** How many threads beside the caller's have started. */
  started: 5,
  /** How many chunks are finished. */
  finished: 16,
  /** Where the first thread's share stands; the others' follow it, {@link SHARE_WORDS} each. */
  shares: 32,
} as const;

/**
 * Words of a thread's share: minus the number of its chunks that nobody has taken, which late threads count up beyond
 * zero, and the chunk after its last one.
 */
export const SHARE_WORDS = 16;

/** What a thread gets when it starts. */
export interface ThreadData {
  readonly module: object;
  readonly memory: object;
  /** Names of the module's kernels. */
  readonly kernels: readonly string[];
  readonly words: Int32Array;
  /** The number of the kernel, its units, the chunks, how many arguments there are, and the arguments. */
  readonly task: Float64Array;
  /** The number of the thread, from 1. */
  readonly thread: number;
}

/**
 * How often a thread looks for a task before it sleeps, some 2 ms: in training the next task comes soon, within a step's
 * pause at the latest, and waking a thread may cost as much as a small step.
 */
const LOOKS = 300_000;

/**
 * The program of a thread. It is text because a thread starts from a JavaScript file, while this package may be run from
 * its TypeScript sources.
 */
export const THREAD = `
const { module, memory, kernels, words, task, thread } = require("node:worker_threads").workerData;
const { exports } = new WebAssembly.Instance(module, { env: { memory } });

function computeShare(owner) {
  for (;;) {
    const share = ${Word.shares} + ${SHARE_WORDS} * owner;
    const left = Atomics.add(words, share, 1);
    if (left >= 0) return;
    const chunk = Atomics.load(words, share + 1) + left;
    const [kernel, units, chunks, count] = task;
    const first = Math.floor((units * chunk) / chunks);
    const last = Math.floor((units * (chunk + 1)) / chunks);
    exports[kernels[kernel]](...task.subarray(4, 4 + count), first, last, thread);
    Atomics.add(words, ${Word.finished}, 1);
    if (Atomics.load(words, ${Word.callerSleeps})) Atomics.notify(words, ${Word.finished}, 1);
  }
}

function computeChunks(size) {
  for (let step = 0; step < size; step++) computeShare((thread + step) % size);
}

function awaitTask(opened) {
  for (let looks = 0; looks < ${LOOKS}; looks++) if (Atomics.load(words, ${Word.opened}) !== opened) return;
  Atomics.add(words, ${Word.sleeping}, 1);
  Atomics.wait(words, ${Word.opened}, opened);
  Atomics.sub(words, ${Word.sleeping}, 1);
}

try {
  Atomics.add(words, ${Word.started}, 1);
  for (;;) {
    const opened = Atomics.load(words, ${Word.opened});
    const size = Atomics.load(words, ${Word.size});
    if (thread < size) computeChunks(size);
    awaitTask(opened);
  }
} catch {
  Atomics.add(words, ${Word.failed}, 1);
  Atomics.notify(words, ${Word.finished}, 1);
}
`;
