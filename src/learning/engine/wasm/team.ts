/**
 * The threads that share a kernel with the caller's. Node lets its main thread wait, so a kernel can hand out its work
 * and collect it within one synchronous call. The threads sleep between kernels and end with the process.
 *
 * They agree by a few words in the shared memory. The caller opens a task of so many chunks, takes chunks like every other
 * thread, and waits until all are finished. A task cannot end while a chunk that was taken is unfinished, so a thread that
 * took one may read what describes the task. Each thread begins with a share of its own, the same part of the batch or of
 * the weights in every task, whose values still lie in its core's cache; then it helps the others.
 */
import { Worker } from "node:worker_threads";
import { MOST_THREADS, wantedThreads } from "../threads.ts";
import type { KernelExports, SharedKernel } from "./kernelExports.ts";
import { SHARE_WORDS, THREAD, type ThreadData, Word } from "./thread.ts";

/** Bytes of the words, and of the numbers that describe a task. */
const WORDS_BYTES = 4 * (Word.shares + SHARE_WORDS * MOST_THREADS);
const MOST_NUMBERS = 40;
/** Bytes of memory that a team needs, from an address that is a multiple of 64. */
export const TEAM_BYTES = WORDS_BYTES + 8 * MOST_NUMBERS;

/** Chunks for each thread: a thread that the machine holds up takes fewer of them. */
const CHUNKS_PER_THREAD = 8;
/** How often the caller looks whether the others are done before it sleeps: some 0.7 ms. */
const LOOKS = 100_000;
/** Milliseconds that the caller sleeps before it looks whether a thread has failed. */
const PATIENCE_MS = 100;

/** The threads of one backend's memory. */
export class Team {
  readonly #compute: KernelExports;
  readonly #words: Int32Array;
  readonly #task: Float64Array;
  readonly #data: Omit<ThreadData, "thread">;
  readonly #workers: Worker[] = [];

  /** `at` is the address of {@link TEAM_BYTES} bytes of zeros, a multiple of 64. */
  constructor(
    module: object,
    memory: { readonly buffer: ArrayBufferLike },
    compute: KernelExports,
    at: number,
  ) {
    this.#compute = compute;
    this.#words = new Int32Array(memory.buffer, at, WORDS_BYTES / 4);
    this.#task = new Float64Array(memory.buffer, at + WORDS_BYTES, MOST_NUMBERS);
    this.#data = { module, memory, kernels: Object.keys(compute), words: this.#words, task: this.#task };
  }

  /**
   * How many threads may take part in the next task, the caller's included. Threads that are still starting count as soon
   * as one of them has started, since they may join a task that is open.
   */
  size(): number {
    const size = wantedThreads();
    while (this.#workers.length < size - 1) {
      this.#workers.push(startThread({ ...this.#data, thread: this.#workers.length + 1 }));
    }
    return size > 1 && Atomics.load(this.#words, Word.started) > 0 ? size : 1;
  }

  /**
   * Runs `units` units of a kernel on so many threads. `numbers` are its arguments before the range of units.
   *
   * @throws Error when a thread has failed, as it does where the kernel itself would fail.
   */
  run(kernel: SharedKernel, units: number, threads: number, numbers: readonly number[]): void {
    const chunks = Math.min(units, CHUNKS_PER_THREAD * threads);
    this.#task.set([this.#data.kernels.indexOf(kernel), units, chunks, numbers.length, ...numbers]);
    this.#open(chunks, threads);
    for (let owner = 0; owner < threads; owner++) {
      for (let chunk = this.#take(owner); chunk !== null; chunk = this.#take(owner)) {
        const first = Math.floor((units * chunk) / chunks);
        const last = Math.floor((units * (chunk + 1)) / chunks);
        this.#compute[kernel](...numbers, first, last, 0);
        Atomics.add(this.#words, Word.finished, 1);
      }
    }
    this.#awaitOthers(kernel, chunks);
  }

  /** Ends the threads. */
  close(): void {
    for (const worker of this.#workers) void worker.terminate();
  }

  #open(chunks: number, threads: number): void {
    const words = this.#words;
    Atomics.store(words, Word.size, threads);
    Atomics.store(words, Word.finished, 0);
    for (let owner = 0; owner < threads; owner++) {
      const first = Math.floor((chunks * owner) / threads);
      const last = Math.floor((chunks * (owner + 1)) / threads);
      Atomics.store(words, Word.shares + SHARE_WORDS * owner + 1, last);
      Atomics.store(words, Word.shares + SHARE_WORDS * owner, first - last);
    }
    Atomics.add(words, Word.opened, 1);
    if (Atomics.load(words, Word.sleeping) > 0) Atomics.notify(words, Word.opened);
  }

  /** Takes a chunk of a thread's share; null if none is left. */
  #take(owner: number): number | null {
    const share = Word.shares + SHARE_WORDS * owner;
    const left = Atomics.add(this.#words, share, 1);
    return left < 0 ? Atomics.load(this.#words, share + 1) + left : null;
  }

  #awaitOthers(kernel: SharedKernel, chunks: number): void {
    const words = this.#words;
    for (let looks = 0; looks < LOOKS; looks++) {
      if (Atomics.load(words, Word.finished) === chunks) return;
    }
    Atomics.store(words, Word.callerSleeps, 1);
    for (;;) {
      const finished = Atomics.load(words, Word.finished);
      if (finished === chunks) break;
      if (Atomics.load(words, Word.failed) > 0) {
        throw new Error(`wasm engine: every thread must finish its part of ${kernel}, but one has failed.`);
      }
      Atomics.wait(words, Word.finished, finished, PATIENCE_MS);
    }
    Atomics.store(words, Word.callerSleeps, 0);
  }
}

function startThread(workerData: ThreadData): Worker {
  // A thread needs neither the loaders nor the variables of the process.
  const worker = new Worker(THREAD, { eval: true, workerData, execArgv: [], env: {} });
  // A thread that does not start is not waited for: the others do its work.
  worker.on("error", () => undefined);
  worker.unref();
  return worker;
}
