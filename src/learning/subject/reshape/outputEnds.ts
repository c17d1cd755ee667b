// The layers at the end of a model: those that make its outputs, and those that lead to a layer of fixed shapes.

import { hasKernel, type LayerJson, type ModelJson } from "../topologyJson.ts";

/**
 * Finds the layers that make the outputs of a model with several: each output's last layer with a kernel, and those
 * behind it. Returns null for a model with one output, whose last layer with a kernel is the last in the list.
 */
export function endsOf({
  config: { layers, output_layers: outputs = [] },
}: ModelJson): ReadonlySet<string> | null {
  if (outputs.length < 2) return null;
  return kernelsBehind(
    layers,
    outputs.map(([name]) => name),
  );
}

/** The layers with a kernel that lead to the named ones, each the last on its way, and what stands after them. */
export function kernelsBehind(layers: readonly LayerJson[], names: readonly string[]): ReadonlySet<string> {
  const waiting = [...names];
  const ends = new Set<string>();
  const byName = new Map(layers.map((layer) => [String(layer.config.name), layer]));
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const layer = byName.get(name);
    if (!layer || ends.has(name)) continue;
    ends.add(name);
    if (!hasKernel(layer)) waiting.push(...sourcesOf(layer, layers));
  }
  return ends;
}

/** Names of the layers that a layer takes; in a sequence it is the one before it. */
export function sourcesOf(layer: LayerJson, layers: readonly LayerJson[]): string[] {
  if (layer.inbound_nodes) return layer.inbound_nodes.flat().map(([from]) => from);
  return layers
    .slice(0, layers.indexOf(layer))
    .slice(-1)
    .map((before) => String(before.config.name));
}

/** The layers before those that were captured as operations on inputs of fixed shapes. */
export function bound(layers: readonly LayerJson[]): ReadonlySet<string> {
  const captured = layers.filter((layer) => layer.class_name === "TracedLayer");
  return kernelsBehind(
    layers,
    captured.flatMap((layer) => sourcesOf(layer, layers)),
  );
}
