import { kept, oneAxis, unused, unusedIf } from "../arguments/argument.ts";
import { initializer } from "../arguments/initializer.ts";
import type { LayerContext, LayerGroup, TranslatedLayer } from "./entry.ts";
import { weightArguments } from "./shared.ts";

/** From this momentum on, a moving average needs some hundred updates to forget where it started. */
const SLOW = 0.99;

function batchNormalization(
  layer: TranslatedLayer,
  { keras, isFrozen, ...place }: LayerContext,
): TranslatedLayer {
  const momentum = typeof keras.momentum === "number" ? keras.momentum : SLOW;
  // A frozen layer uses its averages in training too, in every Keras since 2.1.3.
  const usesAverages = isFrozen || (keras.trainable === false && place.generation > 1);
  if (usesAverages) return { ...layer, class_name: "FrozenBatchNormalization" };
  if (place.isSteady) return { ...layer, class_name: "SteadyBatchNormalization" };
  if (momentum >= SLOW)
    place.findings.note(
      place.layer,
      "momentum",
      `${place.layer}: momentum ${momentum} makes evaluation lag behind training by some ${Math.round(5 / (1 - momentum))} updates, as it does in Keras; in a shorter run judge by the training batches, or take momentum=0.9`,
    );
  const isBare = keras.scale === false || keras.center === false;
  return isBare ? { ...layer, class_name: "KerasBatchNormalization" } : layer;
}

/** TensorFlow.js cannot train the layer without a scale or a centre. */
function layerNormalization(layer: TranslatedLayer, { keras }: LayerContext): TranslatedLayer {
  const isBare = keras.scale === false || keras.center === false;
  return isBare ? { ...layer, class_name: "KerasLayerNormalization" } : layer;
}

/** The mean and the variance are in the config, or in the captured weights where `adapt` measured them. */
function normalization(
  layer: TranslatedLayer,
  { keras, weights, findings, ...place }: LayerContext,
): TranslatedLayer {
  const given = (part: unknown) => (part === null || part === undefined ? undefined : [part].flat(9));
  const mean = given(keras.mean) ?? (weights[0] && [...weights[0].values]);
  const variance = given(keras.variance) ?? (weights[1] && [...weights[1].values]);
  if (mean === undefined || variance === undefined)
    findings.refuse(
      place.layer,
      "mean and variance",
      "must be known; call adapt() before the capture, and capture the program with its weights",
    );
  const axis = keras.axis === null ? [] : [keras.axis ?? -1].flat();
  return { ...layer, config: { ...layer.config, axis, mean, variance } };
}

const affine = { epsilon: kept, center: kept, scale: kept };

export const normalizations: LayerGroup = {
  title: "Normalization",
  entries: [
    {
      names: ["BatchNormalization", "BatchNormalizationV1", "BatchNormalizationV2", "SyncBatchNormalization"],
      to: "BatchNormalization",
      arguments: {
        axis: oneAxis,
        momentum: kept,
        ...affine,
        ...weightArguments("gamma"),
        ...weightArguments("beta"),
        moving_mean_initializer: initializer,
        moving_variance_initializer: initializer,
        renorm: unusedIf([false, null], "take renorm=False"),
        renorm_clipping: unusedIf([null], "take renorm=False"),
        renorm_momentum: unused,
        synchronized: unused,
        fused: unused,
        virtual_batch_size: unusedIf([null], "leave virtual_batch_size out"),
        adjustment: unusedIf([null], "leave adjustment out"),
        mode: unusedIf([0], "take mode=0"),
      },
      finish: batchNormalization,
      difference: "masked steps count towards the statistics of a batch",
    },
    {
      names: ["LayerNormalization"],
      to: "LayerNormalization",
      arguments: {
        axis: kept,
        ...affine,
        ...weightArguments("gamma"),
        ...weightArguments("beta"),
        rms_scaling: unusedIf([false, null], "take RMSNormalization"),
      },
      finish: layerNormalization,
    },
    {
      names: ["GroupNormalization"],
      to: "GroupNormalization",
      arguments: {
        groups: kept,
        axis: kept,
        ...affine,
        ...weightArguments("gamma"),
        ...weightArguments("beta"),
      },
    },
    {
      names: ["RMSNormalization"],
      to: "RMSNormalization",
      arguments: { axis: oneAxis, epsilon: kept },
    },
    { names: ["UnitNormalization"], to: "UnitNormalization", arguments: { axis: kept } },
    {
      names: ["Normalization"],
      to: "KerasNormalization",
      arguments: { axis: kept, mean: kept, variance: kept, invert: kept },
      finish: normalization,
      weights: () => [],
    },
  ],
};
