import type { LayerJson, ModelJson } from "../topologyJson.ts";

/** Whether a layer is recurrent, by itself or in a wrapper, and returns every step, or its last one alone. */
export function isRecurrentOver({ config }: LayerJson, everyStep: boolean): boolean {
  return (config.return_sequences ?? innerOf(config)?.config.return_sequences) === everyStep;
}

/** Lets the layer at a place return every step, or its last one alone. */
export function returnSteps(
  layers: readonly LayerJson[],
  place: number,
  everyStep: boolean,
): readonly LayerJson[] {
  return layers.map((layer, at) => (at === place ? returning(layer, everyStep) : layer));
}

/** Lets the last recurrent layer return every step; a model without one stays as it is. */
export function returnEveryStep(model: ModelJson): ModelJson {
  const { layers } = model.config;
  const place = layers.findLastIndex((layer) => isRecurrentOver(layer, false));
  return { ...model, config: { ...model.config, layers: returnSteps(layers, place, true) } };
}

/** The layer inside a wrapper such as Bidirectional. */
function innerOf({ layer }: LayerJson["config"]): LayerJson | undefined {
  return layer as LayerJson | undefined;
}

function returning(layer: LayerJson, everyStep: boolean): LayerJson {
  const inner = innerOf(layer.config);
  const changed = { return_sequences: everyStep };
  const config = {
    ...layer.config,
    ...("return_sequences" in layer.config && changed),
    ...(inner && { layer: { ...inner, config: { ...inner.config, ...changed } } }),
  };
  return { ...layer, config };
}
