import { type Tensor, tidy, type Variable } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { average } from "../../foundation/numbers/statistics.ts";
import type { EarlyStopping } from "../config/schema.ts";
import type { Subject } from "../subject/subject.ts";

/** Ends a run early, as its subject asks. */
export interface Stopper {
  /** Whether this step is the last of an epoch, after which the run may end. @param made steps so far */
  asksAfter(made: number): boolean;
  /**
   * Is asked after the last step of each epoch.
   *
   * @param losses of all steps so far.
   * @returns whether the run ends here.
   */
  endsAfter(losses: readonly number[]): Promise<boolean>;
  /** Restores the best weights, where the subject asks for it, and frees what was kept. */
  finish(): void;
}

/**
 * Creates what ends a run early, as Keras's EarlyStopping does.
 *
 * @param heldOutLoss computes the present loss on the held-out examples.
 * @returns null where the subject does not stop early, or watches a loss on held-out examples that it does not have.
 */
export function createStopper(
  { earlyStopping, heldOut, train, batchSize }: Subject,
  model: LayersModel,
  heldOutLoss: () => Promise<number>,
): Stopper | null {
  if (earlyStopping === undefined) return null;
  if (earlyStopping.monitor === "heldOutLoss" && heldOut === null) return null;
  const batches = Math.ceil(train.count / batchSize);
  const kept = keepWeights(model, earlyStopping);
  let best = Number.POSITIVE_INFINITY;
  let waited = 0;
  return {
    asksAfter: (made) => made % batches === 0,
    async endsAfter(losses) {
      const now = earlyStopping.monitor === "loss" ? average(losses.slice(-batches)) : await heldOutLoss();
      if (now < best - earlyStopping.minDelta) {
        best = now;
        waited = 0;
        kept.save();
        return false;
      }
      return ++waited >= earlyStopping.patience;
    },
    finish: kept.restore,
  };
}

/** Keeps a copy of the weights at the best epoch. */
function keepWeights(model: LayersModel, { restoreBest }: EarlyStopping) {
  const variables = model.weights.map((weight) => weight.read() as Variable);
  let copies: Tensor[] = [];
  const forget = () => {
    for (const copy of copies) copy.dispose();
    copies = [];
  };
  return {
    save() {
      if (!restoreBest) return;
      forget();
      // A clone shares its memory with the variable, and an assignment gives the variable other memory.
      copies = variables.map((variable) => tidy(() => variable.clone()));
    },
    restore() {
      copies.forEach((copy, index) => {
        variables[index]?.assign(copy);
      });
      forget();
    },
  };
}
