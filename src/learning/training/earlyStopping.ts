import { type Tensor, tidy, type Variable } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { EarlyStopping } from "../config/schema.ts";
import { improves, type Reading } from "./monitor.ts";

/** Ends a run early, as its subject asks. */
export interface Stopper {
  /** Is asked after the last step of each epoch. @returns whether the run ends here */
  endsAfter(read: Reading): Promise<boolean>;
  /** Restores the best weights, where the subject asks for it, and frees what was kept. */
  finish(): void;
}

/**
 * Creates what ends a run early, as Keras's EarlyStopping does. It never does where there is nothing to watch, such as a
 * loss on held-out examples without any.
 */
export function createStopper(earlyStopping: EarlyStopping, model: LayersModel): Stopper {
  const { monitor, patience, baseline = null, startFrom = 0 } = earlyStopping;
  const kept = keepWeights(model, earlyStopping);
  let best: number | null = null;
  let waited = 0;
  let epochs = 0;
  return {
    async endsAfter(read) {
      if (epochs++ < startFrom) return false;
      const now = await read(monitor);
      if (now === null) return false;
      if (improves(earlyStopping, now, best)) {
        best = now;
        kept.save();
        if (baseline === null || improves(earlyStopping, now, baseline)) {
          waited = 0;
          return false;
        }
      }
      return ++waited >= patience;
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
