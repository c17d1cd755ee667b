import type { LayerJson, Reference } from "./topologyJson.ts";

/**
 * Gives one output for each example to a model that has one for each position. The last recurrent layer that returns
 * every step then returns its last one alone. Where there is none, or a layer behind it wants the steps, a layer that
 * flattens is put in front of the last layer with weights.
 *
 * @param last the place of the last layer with weights.
 */
export function flattenPositions(layers: readonly LayerJson[], last: number): readonly LayerJson[] {
  const place = layers.findLastIndex(returnsEveryStep);
  const wantsSteps = layers.slice(place + 1).some(({ class_name: kind }) => /TimeDistributed|1D/.test(kind));
  if (place < 0 || wantsSteps) return insertFlatten(layers, last);
  return layers.map((layer, at) => (at === place ? returnLastStep(layer) : layer));
}

function returnsEveryStep({ config }: LayerJson): boolean {
  return config.return_sequences === true || innerOf(config)?.config.return_sequences === true;
}

/** The layer inside a wrapper such as Bidirectional. */
function innerOf({ layer }: LayerJson["config"]): LayerJson | undefined {
  return layer as LayerJson | undefined;
}

function returnLastStep(layer: LayerJson): LayerJson {
  const inner = innerOf(layer.config);
  const config = {
    ...layer.config,
    ...("return_sequences" in layer.config && { return_sequences: false }),
    ...(inner && { layer: { ...inner, config: { ...inner.config, return_sequences: false } } }),
  };
  return { ...layer, config };
}

function insertFlatten(layers: readonly LayerJson[], last: number): readonly LayerJson[] {
  const end = layers[last];
  if (!end) return layers;
  const { inbound_nodes: inbound } = end;
  const { batch_input_shape: shape, ...config } = end.config;
  const name = `${config.name}-flatten`;
  const flatten = {
    class_name: "Flatten",
    config: { name, trainable: true, ...(shape !== undefined && { batch_input_shape: shape }) },
    ...(inbound && { name, inbound_nodes: inbound }),
  } as LayerJson;
  const from: Reference = [name, 0, 0, {}];
  const fed: LayerJson = { ...end, config, ...(inbound && { inbound_nodes: [[from]] }) };
  return [...layers.slice(0, last), flatten, fed, ...layers.slice(last + 1)];
}
