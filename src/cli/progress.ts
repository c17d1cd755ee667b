import cliProgress, { type Options, Presets, SingleBar } from "cli-progress";
import { holdTerminal } from "./terminal.ts";

/** A line that shows work in hand, and vanishes when it is done. */
export interface Progress {
  /** Begins a piece of work of so many steps. */
  begin(title: string, steps: number, targetVariance: number): void;
  /** Shows the loss of a step, from 1. */
  step(step: number, loss: number): void;
  end(): void;
}

/** The same for work of many runs, whose length is known beforehand. */
export interface TotalProgress {
  /** Goes on to a run. Runs that were not foreseen make the work longer. */
  begin(title: string, steps: number): void;
  step(): void;
  end(): void;
}

/** Whether there is a line at all. */
interface Shown {
  /** @defaultValue false */
  readonly quiet?: boolean;
}

/**
 * Live progress of one run after another on standard error where that is a terminal, nothing elsewhere.
 * Var(Y), which the loss of a constant cannot go below, is shown beside the loss.
 */
export function createProgress(shown: Shown = {}): Progress {
  let bar: ShownBar | undefined;
  const end = () => {
    bar?.end();
    bar = undefined;
  };
  if (!isLive(shown)) return { begin: () => undefined, step: () => undefined, end };
  const details = "loss {loss} | Var(Y) {variance}";
  return {
    begin(title, steps, targetVariance) {
      end();
      bar = showBar(details, steps, { title, loss: "…", variance: targetVariance.toPrecision(3) });
    },
    step(step, loss) {
      bar?.line.update(step, { loss: loss.toPrecision(3) });
    },
    end,
  };
}

/** @param steps training steps that are foreseen, of all runs together. */
export function createTotalProgress(steps: number, shown: Shown = {}): TotalProgress {
  if (!isLive(shown)) return { begin: () => undefined, step: () => undefined, end: () => undefined };
  const { line: bar, end } = showBar("", steps, { title: "…" });
  let begun = 0;
  let value = 0;
  return {
    begin(title, runSteps) {
      value = begun;
      begun += runSteps;
      if (begun > bar.getTotal()) bar.setTotal(begun);
      bar.update(value, { title });
    },
    step() {
      // A run may need more steps than were foreseen: then it waits for the next to begin.
      if (value < begun) bar.update(++value);
    },
    end,
  };
}

/** A file, a pipe and a terminal that cannot move its cursor get no line that is written over and over. */
function isLive({ quiet = false }: Shown): boolean {
  return !quiet && process.stderr.isTTY === true && process.env.TERM !== "dumb";
}

interface ShownBar {
  readonly line: SingleBar;
  readonly end: () => void;
}

/** A bar takes the cursor and the wrapping of lines from the terminal, until it ends or the process does. */
function showBar(details: string, steps: number, payload: object): ShownBar {
  const line = createBar(details);
  const end = holdTerminal(() => line.stop());
  line.start(steps, 0, payload);
  return { line, end };
}

function createBar(details: string): SingleBar {
  return new SingleBar(
    {
      format: progressFormat(process.stderr.columns ?? 80, details),
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
      barsize: 20,
      etaBuffer: 50,
      formatTime: formatTimeLeft,
    },
    Presets.shades_classic,
  );
}

/** The time left in words; a rate that is not known yet, or nothing left to do, comes as no number. */
export function formatTimeLeft(seconds: number, options: Options, roundToMultipleOf: number): string {
  return Number.isFinite(seconds) ? cliProgress.Format.TimeFormat(seconds, options, roundToMultipleOf) : "…";
}

/** Columns that the title, the count and the time left take at most, and the bar, and the details. */
const BARE = 52;
const BAR = 22;
const DETAILS = 32;

/**
 * A line as wide as the terminal can show: the time left always, the bar where there is room, then the
 * details. A longer line would be cut off at its end.
 */
export function progressFormat(columns: number, details: string): string {
  const bar = columns >= BARE + BAR ? "{bar} " : "";
  const more = details !== "" && columns >= BARE + BAR + DETAILS ? ` ${details} |` : "";
  return `{title} ${bar}{value}/{total} |${more} {eta_formatted} left`;
}
