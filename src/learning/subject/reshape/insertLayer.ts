import type { LayerJson, ModelJson, Reference } from "../topologyJson.ts";

/** Adds a layer behind the only output of a model. */
export function appendLayer(model: ModelJson, kind: string): ModelJson {
  const { layers, output_layers: outputs } = model.config;
  const name = `output-${kind.toLowerCase()}`;
  const made = { class_name: kind, config: { name, trainable: true } };
  if (!outputs) return { ...model, config: { ...model.config, layers: [...layers, made] } };
  const added = { ...made, name, inbound_nodes: [outputs.map(toInput)] } as LayerJson;
  const config = { ...model.config, layers: [...layers, added], output_layers: [[name, 0, 0] as const] };
  return { ...model, config };
}

function toInput([layer, node, tensor]: Reference): Reference {
  return [layer, node, tensor, {}];
}

/** Adds a layer between each input of a model and the layers that take it. */
export function prependLayer(model: ModelJson, kind: string, settings: LayerJson["config"]): ModelJson {
  const { layers } = model.config;
  const isChain = !layers.some(({ inbound_nodes: nodes }) => nodes !== undefined);
  const changed = isChain ? inChain(layers, kind, settings) : inGraph(layers, kind, settings);
  return { ...model, config: { ...model.config, layers: changed } };
}

function inChain(layers: readonly LayerJson[], kind: string, settings: LayerJson["config"]): LayerJson[] {
  const [first, ...others] = layers;
  if (!first) return [];
  const added = { class_name: kind, config: { name: nameOf(kind, first), trainable: true, ...settings } };
  if (first.class_name === "InputLayer") return [first, added, ...others];
  const { batch_input_shape: shape, ...config } = first.config;
  return [
    { ...added, config: { ...added.config, batch_input_shape: shape } },
    { ...first, config },
    ...others,
  ];
}

function inGraph(layers: readonly LayerJson[], kind: string, settings: LayerJson["config"]): LayerJson[] {
  const inputs = new Map(
    layers
      .filter(({ class_name: one }) => one === "InputLayer")
      .map((input) => [String(input.config.name), nameOf(kind, input)]),
  );
  const redirect = ([from, ...rest]: Reference): Reference => [inputs.get(from) ?? from, ...rest];
  return layers.flatMap((layer) => {
    const nodes = layer.inbound_nodes?.map((calls) => calls.map(redirect));
    const changed = { ...layer, ...(nodes && { inbound_nodes: nodes }) };
    const name = inputs.get(String(layer.config.name));
    if (name === undefined) return [changed];
    const from: Reference = [String(layer.config.name), 0, 0, {}];
    const config = { name, trainable: true, ...settings };
    return [changed, { class_name: kind, name, config, inbound_nodes: [[from]] } as LayerJson];
  });
}

function nameOf(kind: string, { config }: LayerJson): string {
  return `${config.name}-${kind.toLowerCase()}`;
}
