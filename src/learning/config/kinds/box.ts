import { checkBoxConfig } from "../boxLimits.ts";
import type { BoxConfig, WrittenConfig } from "../schema.ts";
import { deepen, NEW_LAYER, widen } from "./hiddenLayers.ts";
import type { SubjectKind } from "./kind.ts";

/** The built-in subject: a convolutional network finds a box in a picture. */
export const box: SubjectKind<Extract<WrittenConfig, { subject: "box-regression" }>, BoxConfig> = {
  complete: (config) => config,
  check: checkBoxConfig,
  files: () => [],
  runsCode: false,
  resize({ model }, factor, layers) {
    const hidden = model.hiddenUnits.map((units) => widen(units, factor));
    return {
      "model.filters": model.filters.map((filters) => widen(filters, factor)),
      "model.hiddenUnits": deepen(hidden, widen(NEW_LAYER, factor), layers),
    };
  },
  activate: (_, activation) => ({ "model.activation": activation }),
  scaledInputs: { "data.inputRange": [0, 1] },
  scaledTargets: { "data.targetRange": [-1, 1] },
  unitInputs: { "data.inputRange": [0, 1] },
  unitTargets: { "data.targetRange": [0, 1] },
  outputs: () => 2,
  classes: () => null,
};
