// How a training in a thread tells the calling one how far it is, and hears that nobody needs it any more: through memory
// that both see, so that neither has to wait for the other.

import type { Watch } from "../training/progress.ts";

const ENDED = 0;
const TASKS = 1;
const STEP = 2;
const STEPS = 3;
const WORDS = 4;
const LOSS = 2;
const VARIANCE = 3;
const BYTES = 32;

/** Memory of one piece of work. */
export type ProgressLine = SharedArrayBuffer;

/** Creates the memory of a piece of work that has not begun. */
export function createProgressLine(): ProgressLine {
  return new SharedArrayBuffer(BYTES);
}

/** Ends the work before its next training step. */
export function endLine(line: ProgressLine): void {
  Atomics.store(new Int32Array(line, 0, WORDS), ENDED, 1);
}

/** Makes the memory ready for the same work to begin once more. */
export function resetLine(line: ProgressLine): void {
  new Uint8Array(line).fill(0);
}

/** The reason why work ended that nobody needs. */
export class NotNeeded extends Error {
  override readonly name = "NotNeeded";
  constructor() {
    super("nobody needs this work any more");
  }
}

/** Tells through the memory how far the work is; for the thread that does it. */
export function tellThrough(line: ProgressLine): Watch {
  const words = new Int32Array(line, 0, WORDS);
  const numbers = new Float64Array(line);
  const ending = new AbortController();
  return {
    signal: ending.signal,
    onProgress({ step, steps, loss, targetVariance }) {
      if (Atomics.load(words, ENDED) === 1) ending.abort(new NotNeeded());
      if (loss === null) Atomics.add(words, TASKS, 1);
      numbers[LOSS] = loss ?? Number.NaN;
      numbers[VARIANCE] = targetVariance;
      Atomics.store(words, STEPS, steps);
      Atomics.store(words, STEP, step);
    },
  };
}

/**
 * Returns a function that reports the work to a watch where it has gone on since the last call; for the thread that waits.
 * Steps between two calls are not reported one by one.
 */
export function followLine(
  line: ProgressLine,
  { task, onProgress }: { readonly task: string } & Pick<Watch, "onProgress">,
): () => void {
  const words = new Int32Array(line, 0, WORDS);
  const numbers = new Float64Array(line);
  let [tasks, last] = [0, 0];
  return () => {
    const [begun, step] = [Atomics.load(words, TASKS), Atomics.load(words, STEP)];
    const report = { task, steps: Atomics.load(words, STEPS), targetVariance: numbers[VARIANCE] as number };
    if (begun !== tasks) {
      [tasks, last] = [begun, 0];
      onProgress?.({ ...report, step: 0, loss: null });
    }
    if (step === last || step === 0) return;
    last = step;
    onProgress?.({ ...report, step, loss: numbers[LOSS] as number });
  };
}
