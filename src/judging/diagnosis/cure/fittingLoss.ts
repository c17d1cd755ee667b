import type { Values } from "../../../learning/config/changeConfig.ts";
import type { Examples } from "../../../learning/subject/examples.ts";

/** Returns the output activation and the loss that suit the targets. */
export function fittingLoss({ targets, outputs, classification }: Examples): Values {
  if (classification && outputs > 1)
    return {
      "model.outputActivation": "softmax",
      "training.loss": { name: "categoricalCrossentropy" },
    };
  if (classification || areLabels(targets))
    return { "model.outputActivation": "sigmoid", "training.loss": { name: "binaryCrossentropy" } };
  return { "model.outputActivation": "linear", "training.loss": { name: "mse" } };
}

/** Whether every target is 0 or 1, and both occur. */
function areLabels(targets: Float32Array): boolean {
  return (
    targets.every((target) => target === 0 || target === 1) && targets.includes(0) && targets.includes(1)
  );
}
