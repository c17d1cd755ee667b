/**
 * Defines the gradients of operations whose result is a truth value or a whole number: 0 wherever the gradient exists.
 */
import { clone, type Tensor, zeros } from "@tensorflow/tfjs-core";
import { InputError } from "../../../foundation/input/inputError.ts";
import { noteLookup } from "../lookups.ts";
import { mendGradient, replaceGradient } from "./replaceGradient.ts";

const COMPARISONS = ["Equal", "NotEqual", "Greater", "GreaterEqual", "Less", "LessEqual"];
const LOGICAL = ["LogicalAnd", "LogicalOr", "LogicalXor"];

/** Installs the gradients of comparisons, logical operations, Cast to whole numbers, and GatherV2's indices. */
export function installSteps(): void {
  for (const kernel of [...COMPARISONS, ...LOGICAL]) {
    replaceGradient(kernel, { inputsToSave: ["a", "b"] }, (_dy, [a, b]) => ({
      a: () => zeros((a as Tensor).shape),
      b: () => zeros((b as Tensor).shape),
    }));
  }
  for (const kernel of ["LogicalNot", "Any", "All"])
    replaceGradient(kernel, { inputsToSave: ["x"] }, (_dy, [x]) => ({ x: () => zeros((x as Tensor).shape) }));
  replaceGradient("Cast", {}, (dy, _saved, { dtype }) => ({
    x: () => (dtype === "int32" || dtype === "bool" ? zeros(dy.shape) : clone(dy)),
  }));
  mendGradient("GatherV2", (stock) => (dy, saved, attributes) => {
    if ((attributes.batchDims as number) > 1) {
      throw new InputError({
        code: "unsupported-gradient",
        field: "model",
        message:
          "uses gather with more than one batch axis, whose gradient is not known; reshape to one batch axis",
        got: attributes.batchDims,
      });
    }
    noteLookup(dy, saved, attributes);
    const { x } = stock(dy, saved, attributes) as { x: () => Tensor };
    return { x, indices: () => zeros((saved[1] as Tensor).shape) };
  });
}
