// Some engines wait long for each loss that they read. This file says when a run needs a loss at once, and in which runs
// nothing else can tell that the steps after a NaN began before the host had read it.

import { serialization, type Variable } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { type DeferredReads, deferReads } from "../engine/deferredReads.ts";
import { lossOfOutput } from "../loss/criterion.ts";
import { allLayers, type Layer } from "../subject/layerTree.ts";
import { targetParts } from "../subject/parts.ts";
import type { Subject } from "../subject/subject.ts";

/** Predictions of this many numbers are worth waiting for rather than keeping for several steps. */
const MOST_PREDICTED = 1 << 20;

/** Begins to defer the readings of a run; null where each step must be read, or the engine gains nothing by it. */
export function deferReadsOf(subject: Subject, model: LayersModel, isTimed: boolean): DeferredReads | null {
  // A clock tells nothing about steps that the device has not made yet.
  if (isTimed || !leavesNoTrace(subject, model)) return null;
  return subject.batchSize * subject.train.outputs > MOST_PREDICTED ? null : deferReads();
}

/**
 * Whether a step that is made in vain changes nothing but weights and moments. Code of the user's may count its calls, and
 * a layer that draws random numbers goes on in its stream.
 */
function leavesNoTrace({ loss, optimizer, train }: Subject, model: LayersModel): boolean {
  if (typeof optimizer === "function") return false;
  if (targetParts(train).some(({ index }) => typeof lossOfOutput(loss, index) === "function")) return false;
  return allLayers(model).every(isStateless);
}

/** Stock layers whose calls depend on their inputs and weights alone. */
const STATELESS = [
  ...["Activation", "ReLU", "LeakyReLU", "PReLU", "ELU", "ThresholdedReLU", "Softmax"],
  ...[
    "Conv1D",
    "Conv2D",
    "Conv3D",
    "Conv2DTranspose",
    "Conv3DTranspose",
    "SeparableConv2D",
    "DepthwiseConv2D",
  ],
  ...["Dense", "Embedding", "BatchNormalization", "LayerNormalization", "InputLayer"],
  ...["Flatten", "Reshape", "Permute", "RepeatVector", "ZeroPadding2D", "Cropping2D", "UpSampling2D"],
  ...["Add", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Dot"],
  ...[
    "MaxPooling1D",
    "MaxPooling2D",
    "MaxPooling3D",
    "AveragePooling1D",
    "AveragePooling2D",
    "AveragePooling3D",
  ],
  ...["GlobalAveragePooling1D", "GlobalMaxPooling1D", "GlobalAveragePooling2D", "GlobalMaxPooling2D"],
];

/** Their classes, as TensorFlow.js has registered them: a class of the user's may have the same name. */
const statelessClasses: ReadonlySet<unknown> = new Set(
  STATELESS.map((name) => serialization.SerializationMap.getMap().classNameMap[name]?.[0]),
);

function isStateless(layer: Layer): boolean {
  return statelessClasses.has(layer.constructor);
}

/** The weights that a forward pass in training mode may change, such as the moving averages of batch normalisation. */
export function untrainedVariables(model: LayersModel): Variable[] {
  return [...new Set(model.nonTrainableWeights.map((weight) => weight.read() as Variable))];
}
