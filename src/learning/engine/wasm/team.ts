/**
 * The threads that share a kernel with the caller's. Node lets its main thread wait, so a kernel can hand out its work
 * and collect it within one synchronous call. The threads sleep between kernels and end with the process.
 */
import { Worker } from "node:worker_threads";
import type { KernelExports, SharedKernel } from "./kernelExports.ts";
import { wantedThreads } from "./threads.ts";

/** Bytes of the words that assembly/team.ts keeps, and of a task behind them. */
const WORDS_BYTES = 192;
const MOST_NUMBERS = 40;
/** Bytes of memory that a team needs, from an address that is a multiple of 64. */
export const TEAM_BYTES = WORDS_BYTES + 8 * MOST_NUMBERS;

/** Chunks for each thread: a thread that the machine holds up takes fewer of them. */
const CHUNKS_PER_THREAD = 8;

/**
 * What each thread runs. It is text because a thread starts from a JavaScript file, and this package may be run from its
 * TypeScript sources.
 */
const THREAD = `
const { module, memory, team, thread, kernels } = require("node:worker_threads").workerData;
const { exports } = new WebAssembly.Instance(module, { env: { memory } });
const task = new Float64Array(memory.buffer, team + ${WORDS_BYTES}, ${MOST_NUMBERS});
const start = (part) => Math.floor((task[1] * part) / task[2]);
try {
  exports.joinTeam(team);
  for (;;) {
    const chunk = exports.awaitChunk(team, thread);
    const numbers = task.subarray(4, 4 + task[3]);
    exports[kernels[task[0]]](...numbers, start(chunk), start(chunk + 1), thread);
    exports.finishChunk(team);
  }
} catch {
  exports.failTeam(team);
}
`;

/** The threads of one backend's memory. */
export class Team {
  readonly #compute: KernelExports;
  readonly #at: number;
  /** Names of the module's kernels by their numbers. */
  readonly #kernels: readonly string[];
  readonly #task: Float64Array;
  readonly #workers: Worker[] = [];
  readonly #start: (thread: number) => Worker;

  /** `at` is the address of {@link TEAM_BYTES} bytes of zeros, a multiple of 64. */
  constructor(
    module: object,
    memory: { readonly buffer: ArrayBufferLike },
    compute: KernelExports,
    at: number,
  ) {
    this.#compute = compute;
    this.#at = at;
    this.#kernels = Object.keys(compute);
    this.#task = new Float64Array(memory.buffer, at + WORDS_BYTES, MOST_NUMBERS);
    const data = { module, memory, team: at, kernels: this.#kernels };
    this.#start = (thread) => startThread({ ...data, thread });
  }

  /**
   * How many threads may take part in the next task, the caller's included. Threads that are still starting count as soon
   * as one of them has started, since they may join a task that is open.
   */
  size(): number {
    const size = wantedThreads();
    while (this.#workers.length < size - 1) this.#workers.push(this.#start(this.#workers.length + 1));
    return size > 1 && this.#compute.membersOf(this.#at) > 0 ? size : 1;
  }

  /**
   * Runs `units` units of a kernel on so many threads. `numbers` are its arguments before the range of units.
   *
   * @throws Error when a thread has failed, as it does where the kernel itself would fail.
   */
  run(kernel: SharedKernel, units: number, threads: number, numbers: readonly number[]): void {
    const at = this.#at;
    const compute = this.#compute;
    const chunks = Math.min(units, CHUNKS_PER_THREAD * threads);
    compute.resizeTeam(at, threads);
    this.#task.set([this.#kernels.indexOf(kernel), units, chunks, numbers.length, ...numbers]);
    compute.openTask(at, chunks);
    for (let chunk = compute.takeChunk(at); chunk >= 0; chunk = compute.takeChunk(at)) {
      const first = Math.floor((units * chunk) / chunks);
      const last = Math.floor((units * (chunk + 1)) / chunks);
      compute[kernel](...numbers, first, last, 0);
      compute.finishChunk(at);
    }
    if (!compute.awaitTask(at)) {
      throw new Error(`wasm engine: every thread must finish its part of ${kernel}, but one has failed.`);
    }
  }

  /** Ends the threads. */
  close(): void {
    for (const worker of this.#workers) void worker.terminate();
  }
}

function startThread(workerData: object): Worker {
  // A thread needs neither the loaders nor the variables of the process.
  const worker = new Worker(THREAD, { eval: true, workerData, execArgv: [], env: {} });
  // A thread that does not start is not waited for: the others do its work.
  worker.on("error", () => undefined);
  worker.unref();
  return worker;
}
