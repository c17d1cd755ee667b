// Two outputs that one layer makes of the same numbers are equal. Here each gets a layer of its own.

import type { LayerJson, ModelJson, Reference } from "../topologyJson.ts";

/** Gives a copy of its layer, with weights of its own, to each output whose layer makes an earlier output of the same numbers. */
export function withOwnEnds(model: ModelJson): ModelJson {
  const { layers, output_layers: outputs = [] } = model.config;
  const seen = new Set<string>();
  const added: LayerJson[] = [];
  const ends = outputs.map((output, place): Reference => {
    const layer = layers.find(({ config }) => config.name === output[0]);
    const from = layer?.inbound_nodes?.[Number(output[1] ?? 0)];
    const key = JSON.stringify([output[0], from]);
    if (!layer || !from || !seen.has(key)) {
      seen.add(key);
      return output;
    }
    const name = `${output[0]}-${place + 1}`;
    added.push({ ...layer, name, config: { ...layer.config, name }, inbound_nodes: [from] } as LayerJson);
    return [name, 0, 0];
  });
  return added.length === 0
    ? model
    : { ...model, config: { ...model.config, layers: [...layers, ...added], output_layers: ends } };
}
