import { isObject } from "../../../../foundation/savedModel/keras3.ts";
import type { JsonObject } from "../../../../foundation/savedModel/modelJson.ts";
import type { KerasObject } from "../capturedProgram.ts";
import type { Findings } from "../findings.ts";

/** An optimizer as a config's `training.optimizer` has it. */
export type TranslatedOptimizer = { readonly name: string } & JsonObject;

/** Fields of a config by Keras's arguments. */
type Fields = Readonly<Record<string, string>>;

const OURS: Readonly<Record<string, { readonly name: string; readonly fields: Fields }>> = {
  adam: { name: "adam", fields: { beta_1: "beta1", beta_2: "beta2", epsilon: "epsilon" } },
  sgd: { name: "sgd", fields: {} },
  rmsprop: { name: "rmsprop", fields: { rho: "decay", epsilon: "epsilon" } },
  adagrad: {
    name: "adagrad",
    fields: { initial_accumulator_value: "initialAccumulator", epsilon: "epsilon" },
  },
  adadelta: { name: "adadelta", fields: { rho: "decay", epsilon: "epsilon" } },
  adamax: { name: "adamax", fields: { beta_1: "beta1", beta_2: "beta2", epsilon: "epsilon" } },
};

/** Translates an optimizer; null where it has no counterpart, which the findings then say. */
export function translateOptimizer(
  written: KerasObject | string | null | undefined,
  findings: Findings,
): TranslatedOptimizer | null {
  const { kind, config } = partsOf(written ?? "rmsprop");
  const ours = OURS[kind.toLowerCase()];
  if (ours === undefined) {
    findings.refuse(
      "compile",
      "optimizer",
      `${kind} has no counterpart; take one of ${Object.keys(OURS).join(", ")}`,
    );
    return null;
  }
  const rate = config.learning_rate ?? config.lr;
  const momentum = typeof config.momentum === "number" ? config.momentum : 0;
  const fields = Object.entries(ours.fields).flatMap(([keras, name]) =>
    typeof config[keras] === "number" ? [[name, config[keras]] as const] : [],
  );
  return {
    name: ours.name === "sgd" && momentum > 0 ? "momentum" : ours.name,
    ...(typeof rate === "number" && { learningRate: rate }),
    ...(ours.name === "sgd" && momentum > 0 && { momentum }),
    ...Object.fromEntries(fields),
  };
}

function partsOf(written: KerasObject | string): { readonly kind: string; readonly config: JsonObject } {
  if (typeof written === "string") return { kind: written, config: {} };
  return {
    kind: written.class_name.replace(/^.*[.>]/, ""),
    config: isObject(written.config) ? written.config : {},
  };
}
