import type { LayerJson, ModelJson } from "../topologyJson.ts";

/** Changes the config of every layer, also of those within nested models and wrappers. */
export function changeLayers(
  model: ModelJson,
  change: (layer: LayerJson) => Readonly<Record<string, unknown>>,
): ModelJson {
  const changed = (layer: LayerJson): LayerJson => {
    const config = { ...layer.config, ...change(layer) };
    const { layers, layer: inner } = config as { layers?: readonly LayerJson[]; layer?: LayerJson };
    return {
      ...layer,
      config: {
        ...config,
        ...(Array.isArray(layers) && { layers: layers.map(changed) }),
        ...(inner?.config && { layer: changed(inner) }),
      },
    };
  };
  return { ...model, config: { ...model.config, layers: model.config.layers.map(changed) } };
}

/** Lets the weights of every layer take any value. */
export function withoutConstraints(model: ModelJson): ModelJson {
  return changeLayers(model, ({ config }) =>
    Object.fromEntries(Object.keys(config).flatMap((key) => (/_constraint$/.test(key) ? [[key, null]] : []))),
  );
}

/** Gives the moving averages of every batch normalisation another momentum. */
export function withMomentum(model: ModelJson, momentum: number): ModelJson {
  return changeLayers(model, ({ class_name: kind }) =>
    /BatchNormalization$/.test(kind) ? { momentum } : {},
  );
}

/** Takes each softmax over the numbers of one example. */
export function withExamplesApart(model: ModelJson): ModelJson {
  return changeLayers(model, ({ class_name: kind }) =>
    kind === "TracedLayer" ? { apart: true } : /^(Keras)?Softmax$/.test(kind) ? { axis: -1 } : {},
  );
}
