import { Presets, SingleBar } from "cli-progress";

/** A line that shows work in hand, and vanishes when it is done. */
export interface Progress {
  /** Begins a piece of work of so many steps. */
  begin(title: string, steps: number): void;
  /** Shows the loss of a step, from 1. */
  step(step: number, loss: number): void;
  end(): void;
}

const SILENT: Progress = { begin: () => undefined, step: () => undefined, end: () => undefined };

const FORMAT = "{title} {bar} {value}/{total} loss {loss} | Var(Y) {variance} | {eta_formatted} left";

/**
 * Live progress on standard error where that is a terminal, nothing elsewhere.
 *
 * @param targetVariance Var(Y), which the loss of a constant cannot go below, shown beside the loss.
 */
export function createProgress(targetVariance: number): Progress {
  if (!process.stderr.isTTY) return SILENT;
  let bar: SingleBar | undefined;
  const end = () => {
    bar?.stop();
    bar = undefined;
  };
  return {
    begin(title, steps) {
      end();
      bar = new SingleBar(
        {
          format: FORMAT,
          stream: process.stderr,
          hideCursor: true,
          clearOnComplete: true,
          barsize: 20,
          etaBuffer: 50,
        },
        Presets.shades_classic,
      );
      bar.start(steps, 0, { title, loss: "…", variance: targetVariance.toPrecision(3) });
    },
    step(step, loss) {
      bar?.update(step, { loss: loss.toPrecision(3) });
    },
    end,
  };
}
