import { checkDenseConfig } from "../denseLimits.ts";
import type { DenseConfig, WrittenConfig } from "../schema.ts";
import { resizeHidden } from "./hiddenLayers.ts";
import type { Fields, SubjectKind } from "./kind.ts";

/** Fields that every kind has whose examples can be standardised. */
export const standardised = {
  scaledInputs: { "data.standardiseInputs": true },
  scaledTargets: { "data.standardiseTargets": true },
  unitInputs: { "data.unitInputs": true },
  unitTargets: { "data.unitTargets": true },
} as const satisfies Readonly<Record<string, Fields>>;

/** A fully connected network that learns a formula. */
export const dense: SubjectKind<Extract<WrittenConfig, { subject: "dense" }>, DenseConfig> = {
  complete: (config) => config,
  check: checkDenseConfig,
  files: () => [],
  runsCode: false,
  resize: ({ model }, factor, layers) => ({ "model.hidden": resizeHidden(model.hidden, factor, layers) }),
  activate: ({ model }, activation) => ({
    "model.hidden": model.hidden.map((layer) => ({ ...layer, activation })),
  }),
  ...standardised,
  outputs: ({ model }) => model.outputs,
  classes: (count) => ({ "data.classification": true, "model.outputs": count }),
};
