import { isObject } from "../../../../foundation/savedModel/keras3.ts";
import type { Argument } from "./argument.ts";

/** A penalty on weights or outputs: a sum of absolute values and of squares. */
export const regularizer: Argument = {
  covers: "L1, L2, L1L2",
  translate(value, { findings, layer, argument }) {
    if (value === null || value === undefined) return undefined;
    const shares = sharesOf(value);
    if (shares)
      return shares.l1 === 0 && shares.l2 === 0 ? undefined : { class_name: "L1L2", config: shares };
    const kind = isObject(value) ? String(value.class_name ?? value.name) : String(value);
    findings.refuse(layer, argument, `${kind} has no counterpart; take keras.regularizers.L1, L2 or L1L2`);
    return undefined;
  },
};

/** Reads the shares of a penalty; null where it is another one. */
export function sharesOf(value: unknown): { readonly l1: number; readonly l2: number } | null {
  if (typeof value === "string") {
    const name = value.toLowerCase();
    if (!["l1", "l2", "l1_l2", "l1l2"].includes(name)) return null;
    return { l1: name === "l2" ? 0 : 0.01, l2: name === "l1" ? 0 : 0.01 };
  }
  if (!isObject(value)) return null;
  // Keras 1 writes {"name": "WeightRegularizer", "l1": 0, "l2": 0.01}.
  const config = isObject(value.config) ? value.config : value;
  const kind = String(value.class_name ?? value.name);
  if (!["L1L2", "L1", "L2", "WeightRegularizer", "ActivityRegularizer"].includes(kind)) return null;
  return { l1: Number(config.l1 ?? 0), l2: Number(config.l2 ?? 0) };
}
