import type { JsonObject } from "../../../foundation/savedModel/modelJson.ts";
import type { CapturedEnd } from "./capturedProgram.ts";
import type { TranslatedLayer } from "./table/entry.ts";

/**
 * Makes a column of each output that is one number for each example, without an axis of its own, as a sum over the last axis
 * gives it: the numbers and their order stay, and targets are columns, too.
 */
export function columnsBehind(
  topology: TranslatedLayer,
  outputs: readonly CapturedEnd[] = [],
): TranslatedLayer {
  const isAlone = (place: number) => outputs[place]?.shape.length === 1;
  const { layers, output_layers: ends } = topology.config as unknown as Topology;
  if (!outputs.some((_, place) => isAlone(place))) return topology;
  if (ends === undefined)
    return withConfig(topology, {
      layers: [...layers, column(`${layers.at(-1)?.config.name ?? "output"}_column_0`)],
    });
  const added = ends.flatMap((end, place) => {
    if (!isAlone(place)) return [];
    const name = `${end[0]}_column_${place}`;
    return [{ ...column(name), name, inbound_nodes: [[[...end, {}]]] }];
  });
  return withConfig(topology, {
    layers: [...layers, ...added],
    output_layers: ends.map((end, place) => (isAlone(place) ? [`${end[0]}_column_${place}`, 0, 0] : end)),
  });
}

interface Topology {
  readonly layers: readonly TranslatedLayer[];
  /** Undefined in a Sequential model. */
  readonly output_layers?: readonly (readonly [string, number, number])[];
}

function column(name: string): TranslatedLayer {
  return { class_name: "KerasReshape", config: { name, target_shape: [1] } };
}

function withConfig({ class_name, config }: TranslatedLayer, changes: object): TranslatedLayer {
  return { class_name, config: { ...config, ...changes } as JsonObject };
}
