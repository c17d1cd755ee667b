import { InputError } from "../../foundation/input/inputError.ts";
import { checkMemory } from "./memory.ts";
import type { BoxConfig, BoxModelConfig } from "./schema.ts";

/** Numbers in one target: x and y. */
const TARGETS = 2;

/** Side of the square feature map after each convolution, first to last, in pixels. */
export function featureMapSizes(model: BoxModelConfig): number[] {
  let side = model.imageSize;
  return model.filters.map(() => {
    const reach = model.padding === "same" ? side : side - model.kernelSize + 1;
    side = Math.ceil(reach / model.strides);
    return side;
  });
}

/**
 * Checks the rules that relate the fields of a box-regression config to each other.
 *
 * @throws {InputError} naming the field to change.
 */
export function checkBoxConfig(config: BoxConfig): void {
  const { model, data } = config;
  if (data.boxSize >= model.imageSize) {
    throw new InputError({
      code: "out-of-range",
      field: "data.boxSize",
      message: `must be smaller than model.imageSize, ${model.imageSize}, so that the box has room to move; lower it or enlarge the picture`,
      got: data.boxSize,
    });
  }
  checkFeatureMaps(model);
  checkMemory(config, model.imageSize ** 2 * model.channels + TARGETS, {
    ...footprint(model),
    nonlinear: model.activation !== "relu" && model.activation !== "linear",
    batchNorm: model.batchNorm,
    penalised: model.l2 > 0,
    widthField: "model.filters",
    width: model.filters,
  });
}

function checkFeatureMaps(model: BoxModelConfig): void {
  const vanished = featureMapSizes(model).findIndex((side) => side < 1);
  if (vanished === -1) return;
  throw new InputError({
    code: "out-of-range",
    field: `model.filters[${vanished}]`,
    message: `is a convolution with nothing left to read: kernelSize ${model.kernelSize} with "valid" padding has used up the picture; remove it, shrink kernelSize or use "same"`,
    got: model.filters[vanished],
  });
}

/** Counts the network's trainable weights, and the numbers in its layers' outputs for one picture. */
function footprint(model: BoxModelConfig): { weights: number; activations: number } {
  let weights = 0;
  let channels: number = model.channels;
  let activations = model.imageSize ** 2 * channels;
  let features = activations;
  featureMapSizes(model).forEach((side, layer) => {
    const filters = model.filters[layer] as number;
    weights += model.kernelSize ** 2 * channels * filters + filters;
    channels = filters;
    features = side ** 2 * filters;
    activations += features;
  });
  for (const units of [...model.hiddenUnits, TARGETS]) {
    weights += features * units + units;
    features = units;
    activations += units;
  }
  return { weights, activations };
}
