import type { LayerJson, ModelJson } from "../topologyJson.ts";

/**
 * Hides from each step of a sequence those behind it: from convolutions and attention, and from recurrent layers in both
 * directions, of which the one forwards gets the units of both.
 */
export function withoutForesight(model: ModelJson): ModelJson {
  return { ...model, config: { ...model.config, layers: model.config.layers.map(lookingBack) } };
}

function lookingBack(layer: LayerJson): LayerJson {
  const { class_name: kind, config } = layer;
  if (isModel(layer)) return withoutForesight(layer) as unknown as LayerJson;
  if (kind === "TracedLayer") return { ...layer, config: { ...config, causal: true } };
  if (/^(Keras)?Conv1D$/.test(kind) && config.padding === "same")
    return { ...layer, class_name: "KerasConv1D", config: { ...config, causal: true } };
  return /^(Keras)?Bidirectional$/.test(kind) ? forwards(layer) : layer;
}

function forwards({ config, ...others }: LayerJson): LayerJson {
  const inner = config.layer as LayerJson;
  const { name, trainable, batch_input_shape: shape, merge_mode: merging } = config;
  const units = Number(inner.config.units) * (merging === "concat" || merging === undefined ? 2 : 1);
  return {
    ...others,
    class_name: inner.class_name,
    config: {
      ...inner.config,
      units,
      name,
      trainable,
      go_backwards: false,
      ...(shape !== undefined && { batch_input_shape: shape }),
    },
  };
}

function isModel(layer: LayerJson | ModelJson): layer is LayerJson & ModelJson {
  return Array.isArray(layer.config.layers);
}
