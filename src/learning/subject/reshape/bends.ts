// Which layers bend what they hand on, so that several of them do more than a single linear one.

import { ACTIVATION_CLASSES } from "../activationClasses.ts";
import { appliedToSteps, type LayerJson, partsOf } from "../topologyJson.ts";

/**
 * Whether the layer has a nonlinear activation that can be replaced. Recurrent layers are excluded, because their
 * activation is part of the recurrent cell.
 */
export function isBent({ class_name, config }: LayerJson): boolean {
  const { activation } = config;
  return !/LSTM|GRU|RNN/.test(class_name) && activation !== undefined && activation !== "linear";
}

/** Whether the layer is an activation of its own, such as `ReLU`. */
export function isActivation(layer: LayerJson | undefined): boolean {
  return layer !== undefined && ACTIVATION_CLASSES.has(layer.class_name);
}

/** Whether the layer bends, a part of a model that stands as a layer, or the layer that it applies to every step. */
export function bendsWithin(layer: LayerJson): boolean {
  const applied = appliedToSteps(layer);
  if (applied) return bendsWithin(applied);
  return isActivation(layer) || isBent(layer) || partsOf(layer).some(bendsWithin);
}
