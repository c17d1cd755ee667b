// Where in a Keras script a cause belongs.

import type { CapturedProgram, Place } from "../../learning/keras/program/capturedFile.ts";
import { placeOfOwnLoss } from "../../learning/keras/words/ownLoss.ts";
import { scriptLayers } from "../../learning/keras/words/scriptLayers.ts";
import type { CauseName } from "../diagnosis/causes.ts";

/** Causes that lie in the arguments of compile. */
const OF_COMPILE: ReadonlySet<string> = new Set([
  "learning-rate-too-high",
  "learning-rate-too-low",
  "exploding-gradients",
  "wrong-loss",
  "log-of-a-negative",
  "broadcast-loss",
  "gradient-of-the-wrong-sign",
  "gradients-not-cleared",
  "no-updates",
]);
/** Causes that lie in a loss that the script wrote in Python, where it has one. */
const OF_LOSS: ReadonlySet<string> = new Set([
  "wrong-loss",
  "log-of-a-negative",
  "broadcast-loss",
  "loss-over-the-batch",
  "gradient-of-the-wrong-sign",
]);
/** Causes that lie in the layer that makes the output. */
const OF_OUTPUT: ReadonlySet<string> = new Set([
  "wrong-output-activation",
  "saturated-outputs",
  "some-outputs-untrained",
]);

/**
 * Finds the call that a cause belongs to: the question after fit or the layer that its evidence names, or else the loss of the script's own,
 * compile, the output layer or fit.
 *
 * @returns null where the capture does not know the place, as for a saved model.
 */
export function placeOf(
  captured: CapturedProgram,
  { name, evidence }: { readonly name: CauseName; readonly evidence: string },
): Place | null {
  const { compile = null, fit = null, optimizer } = captured.source;
  const asked = askedPlaces(captured).find(({ file, line }) => evidence.includes(`(${file}:${line})`));
  if (asked) return asked;
  const ownLoss = OF_LOSS.has(name) ? placeOfOwnLoss(captured) : null;
  if (ownLoss) return ownLoss;
  const { idleInGraph, neverApplied } = captured.program.fit ?? {};
  if (name === "no-updates" && (idleInGraph || neverApplied)) return fit;
  if (OF_COMPILE.has(name)) return optimizer ?? compile;
  // Weights of the losses that leave an output untrained stand in compile.
  if (name === "some-outputs-untrained" && captured.program.compile?.loss_weights) return compile;
  const layers = scriptLayers(captured);
  if (OF_OUTPUT.has(name)) {
    const last = layers.find((one) => one.isLastActivation) ?? layers.find((one) => one.isOutput);
    return last?.source ?? compile;
  }
  const named = layers.filter((layer) =>
    new RegExp(`(^|[^\\w])${literal(layer.name)}([^\\w]|$)`).test(evidence),
  );
  return named[0]?.source ?? fit;
}

/** The lines at which the script asks its trained model, and where it reads or compares the answers. */
function askedPlaces({ arrays: { asked = [] } }: CapturedProgram): readonly Place[] {
  return asked
    .flatMap(({ place, order, readings }) => [place, order?.place, ...readings.map((one) => one.place)])
    .filter((place): place is Place => Boolean(place));
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
