// Work on threads that may be begun before it is known whether it is needed. What is needed never waits for what may not
// be: the latter is ended at its next training step, and begins again when a thread is free.

import type { Watch } from "../training/progress.ts";
import { createProgressLine, endLine, followLine, type ProgressLine, resetLine } from "./progressLine.ts";
import type { Workers } from "./workers.ts";

/** A piece of work with the memory through which it tells its progress. */
export type WithLine<Input> = Input & { readonly line: ProgressLine };

/** Threads to which work is given ahead. */
export interface Ahead<Input extends object, Output> {
  /**
   * Gives work to the threads.
   *
   * @param rank work with a lower rank begins first, as long as nobody needs any.
   */
  begin(input: Input, rank: number): Piece<Output>;
  /** Ends the threads, also in the midst of their work. */
  close(): Promise<void>;
}

/** Work that was given to the threads. */
export interface Piece<Output> {
  /** Says that the output is needed, and waits for it. @throws what the work throws, or the watch's signal's reason. */
  output(watch: Watch & { readonly task: string }): Promise<Output>;
  /** Gives it another rank. */
  rank(rank: number): void;
  /** Ends the work, since nobody needs it. */
  drop(): void;
}

interface Entry<Input, Output> {
  readonly input: Input;
  readonly line: ProgressLine;
  readonly order: number;
  rank: number;
  state: "waiting" | "running" | "ending" | "over";
  isNeeded: boolean;
  readonly done: Promise<Output>;
  readonly settle: (outcome: Promise<Output>) => void;
}

/** How often progress is reported, in milliseconds. */
const EVERY = 50;

/**
 * Prepares threads; the first work starts them.
 *
 * @param open starts the threads. @param count how many there are.
 */
export function openAhead<Input extends object, Output>(
  open: () => Promise<Workers>,
  count: number,
): Ahead<Input, Output> {
  const entries = new Set<Entry<Input, Output>>();
  let opened: Promise<Workers> | undefined;
  let begun = 0;
  let isClosed = false;
  const running = () => [...entries].filter(({ state }) => state === "running" || state === "ending");

  const start = async (entry: Entry<Input, Output>): Promise<void> => {
    entry.state = "running";
    opened ??= open();
    const outcome = opened.then(async (workers) => {
      const [output] = await workers.map<WithLine<Input>, Output>([{ ...entry.input, line: entry.line }]);
      return output as Output;
    });
    const failed = await outcome.then(
      () => false,
      () => true,
    );
    if (wasEnded(entry) && failed) {
      resetLine(entry.line);
      entry.state = "waiting";
    } else finish(entry, outcome);
    schedule();
  };
  const finish = (entry: Entry<Input, Output>, outcome: Promise<Output>): void => {
    entry.state = "over";
    entries.delete(entry);
    entry.settle(outcome);
  };
  const schedule = (): void => {
    if (isClosed) return;
    const waiting = [...entries].filter(({ state }) => state === "waiting").sort(firstNeeded);
    const free = count - running().length;
    for (const entry of waiting.slice(0, free)) void start(entry);
    const stranded = waiting.slice(free).filter(({ isNeeded }) => isNeeded);
    const needless = running()
      .filter(({ state, isNeeded }) => state === "running" && !isNeeded)
      .sort(firstNeeded);
    const ending = running().filter(({ state }) => state === "ending").length;
    for (let more = stranded.length - ending; more > 0; more--) {
      const last = needless.pop();
      if (last) end(last);
    }
  };
  const end = (entry: Entry<Input, Output>): void => {
    entry.state = "ending";
    endLine(entry.line);
  };

  return {
    begin(input, rank) {
      let settle: Entry<Input, Output>["settle"] = () => undefined;
      const done = new Promise<Output>((resolve) => {
        settle = resolve;
      });
      // Work that fails and that nobody needs is heard by nobody.
      done.catch(() => undefined);
      const line = createProgressLine();
      const entry: Entry<Input, Output> = {
        input,
        line,
        order: begun++,
        rank,
        state: "waiting",
        isNeeded: false,
        done,
        settle,
      };
      entries.add(entry);
      schedule();
      const drop = () => {
        if (entry.state === "over") return;
        entry.isNeeded = false;
        if (entry.state === "waiting") entries.delete(entry);
        else {
          // It keeps its thread until its next step, and does not begin again.
          entry.state = "running";
          endLine(line);
        }
      };
      return {
        rank(other) {
          entry.rank = other;
        },
        drop,
        output(watch) {
          entry.isNeeded = true;
          schedule();
          return awaitOutput(entry, drop, watch);
        },
      };
    },
    async close() {
      isClosed = true;
      await (await opened)?.close();
    },
  };
}

function wasEnded({ state }: Pick<Entry<unknown, unknown>, "state">): boolean {
  return state === "ending";
}

async function awaitOutput<Output>(
  { done, line }: Pick<Entry<unknown, Output>, "done" | "line">,
  drop: () => void,
  { task, signal, onProgress }: Watch & { readonly task: string },
): Promise<Output> {
  signal?.throwIfAborted();
  const follow = followLine(line, { task, onProgress });
  return new Promise<Output>((resolve, reject) => {
    const end = () => {
      stop();
      drop();
      reject(signal?.reason);
    };
    const timer = setInterval(follow, EVERY);
    const stop = () => {
      clearInterval(timer);
      signal?.removeEventListener("abort", end);
    };
    signal?.addEventListener("abort", end, { once: true });
    done.then(resolve, reject).finally(stop);
  });
}

function firstNeeded(
  one: Pick<Entry<unknown, unknown>, "isNeeded" | "rank" | "order">,
  other: Pick<Entry<unknown, unknown>, "isNeeded" | "rank" | "order">,
): number {
  return Number(other.isNeeded) - Number(one.isNeeded) || one.rank - other.rank || one.order - other.order;
}
