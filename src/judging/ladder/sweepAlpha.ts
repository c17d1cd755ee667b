import { startClock } from "../../foundation/clock.ts";
import { InputError } from "../../foundation/input/inputError.ts";
import type { Config } from "../../learning/config/schema.ts";
import type { EngineName } from "../../learning/engine/engineName.ts";
import type { Watch } from "../../learning/training/progress.ts";
import { openAhead } from "../../learning/workers/ahead.ts";
import { canBeMadeAnew } from "../../learning/workers/madeAnew.ts";
import { openWorkers } from "../../learning/workers/workers.ts";
import { type AlphaRow, trainAlpha } from "./alphaRow.ts";
import type { AlphaRequest } from "./alphaWorker.ts";

/** The values of α that a sweep tries: 0 means no logarithmic term, and 5 is the usual start. */
export const ALPHAS: readonly number[] = [0, 0.5, 1, 2, 5, 10, 20, 50];

/** An α above 0 counts as better only if it removes this share of the held-out error. */
const WORTH = 0.05;

/** The runs of a sweep, and what they say about the logarithmic term. */
export interface AlphaSweep {
  readonly alphas: readonly AlphaRow[];
  /** The α with the least error among those that learn; null if none learns. */
  readonly best: number | null;
  /** Whether the logarithmic term helps at all: the best is at least 5 % better than α = 0. */
  readonly helps: boolean;
}

/** How a sweep is made. The result is the same for every number of workers. */
export interface SweepOptions extends Watch {
  /** The engine that the workers start. @defaultValue wasm */
  readonly engine?: EngineName;
  /** How many values of α are trained with at the same time. @defaultValue 1 */
  readonly workers?: number;
  /** Seconds from which on what is left to train is worth starting threads for. @defaultValue 4 */
  readonly worthFrom?: number;
}

/** Two threads start in about one second, and warm up for another. */
const WORTH_FROM = 4;

/**
 * Trains the config with each α, under the same seed. Progress names the α as its task.
 *
 * @throws {InputError} unless the config's loss is `mse+msle`.
 */
export async function sweepAlpha(
  config: Config,
  { engine = "wasm", workers = 1, worthFrom = WORTH_FROM, ...watch }: SweepOptions = {},
): Promise<AlphaSweep> {
  const { loss } = config.training;
  if (loss.name !== "mse+msle") {
    throw new InputError({
      code: "conflict",
      field: "training.loss.name",
      message: 'must be "mse+msle", the loss that has an alpha; change it, or leave --alpha out',
      got: loss.name,
    });
  }
  const seconds = startClock();
  const [first, ...rest] = ALPHAS.map((alpha) => () => trainAlpha(config, alpha, watch));
  const alphas = [await (first as () => Promise<AlphaRow>)()];
  const isWorthIt = workers > 1 && canBeMadeAnew(config) && seconds() * rest.length >= worthFrom;
  if (isWorthIt)
    alphas.push(...(await sweepOnThreads(config, ALPHAS.slice(1), { engine, workers, ...watch })));
  else for (const row of rest) alphas.push(await row());
  return { alphas, ...pickBest(alphas) };
}

async function sweepOnThreads(
  config: Config,
  alphas: readonly number[],
  { engine, workers, ...watch }: Watch & { readonly engine: EngineName; readonly workers: number },
): Promise<readonly AlphaRow[]> {
  const program = new URL("./alphaWorker", import.meta.url);
  const ahead = openAhead<AlphaRequest, AlphaRow>(() => openWorkers(program, workers), workers);
  try {
    const begun = alphas.map((alpha, place) => ahead.begin({ config, alpha, engine }, place));
    const rows: AlphaRow[] = [];
    for (const [place, piece] of begun.entries())
      rows.push(await piece.output({ task: `alpha ${alphas[place]}`, ...watch }));
    return rows;
  } finally {
    await ahead.close();
  }
}

function pickBest(alphas: readonly AlphaRow[]): Pick<AlphaSweep, "best" | "helps"> {
  const learning = alphas.filter(({ verdict, error }) => verdict === "learns" && error !== null);
  const [best] = learning.sort((a, b) => (a.error as number) - (b.error as number));
  const plain = alphas.find(({ alpha }) => alpha === 0);
  const isWorthIt =
    best !== undefined &&
    best.alpha > 0 &&
    (plain?.verdict !== "learns" || (best.error as number) < (1 - WORTH) * (plain.error as number));
  return { best: best?.alpha ?? null, helps: isWorthIt };
}
