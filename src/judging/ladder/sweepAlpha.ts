import { InputError } from "../../foundation/input/inputError.ts";
import type { Config } from "../../learning/config/schema.ts";
import { createSubject } from "../../learning/subject/createSubject.ts";
import { named, type Watch } from "../../learning/training/progress.ts";
import { train } from "../../learning/training/train.ts";
import { judge, type Verdict } from "../outcome/verdict.ts";

/** The values of α that a sweep tries: 0 means no logarithmic term, and 5 is the usual start. */
export const ALPHAS: readonly number[] = [0, 0.5, 1, 2, 5, 10, 20, 50];

/** An α above 0 counts as better only if it removes this share of the held-out error. */
const WORTH = 0.05;

/** The run with one α of the loss `mse+msle`. */
export interface AlphaRow {
  readonly alpha: number;
  readonly verdict: Verdict;
  /** Mean squared error on held-out examples, or on the training examples if none are held out; null if not finite. */
  readonly error: number | null;
}

/** The runs of a sweep, and what they say about the logarithmic term. */
export interface AlphaSweep {
  readonly alphas: readonly AlphaRow[];
  /** The α with the least error among those that learn; null if none learns. */
  readonly best: number | null;
  /** Whether the logarithmic term helps at all: the best is at least 5 % better than α = 0. */
  readonly helps: boolean;
}

/**
 * Trains the config with one α after another, under the same seed. Progress names the α as its task.
 *
 * @throws {InputError} unless the config's loss is `mse+msle`.
 */
export async function sweepAlpha(config: Config, watch: Watch = {}): Promise<AlphaSweep> {
  const { loss } = config.training;
  if (loss.name !== "mse+msle") {
    throw new InputError({
      code: "conflict",
      field: "training.loss.name",
      message: 'must be "mse+msle", the loss that has an alpha; change it, or leave --alpha out',
      got: loss.name,
    });
  }
  const alphas: AlphaRow[] = [];
  for (const alpha of ALPHAS) {
    const changed: Config = { ...config, training: { ...config.training, loss: { ...loss, alpha } } };
    const run = await train(await createSubject(changed), {
      ...named(`alpha ${alpha}`, watch),
      probes: false,
    });
    const error = (run.heldOut ?? run.train).meanSquaredError;
    alphas.push({
      alpha,
      verdict: judge(run, config.thresholds),
      error: Number.isFinite(error) ? error : null,
    });
  }
  return { alphas, ...pickBest(alphas) };
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
