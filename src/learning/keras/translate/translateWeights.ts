// Brings the captured weights into the order of TensorFlow.js's layers.

import type { WeightTable } from "./capturedProgram.ts";
import type { Graph, GraphLayer } from "./graph/graph.ts";
import { layerEntry } from "./table/table.ts";
import { tracedWeights } from "./translateTraced.ts";

/** The weights of one layer, in the order of TensorFlow.js. */
export interface LayerWeights {
  /** The layer's name, preceded by the names of the models that contain it: `base/dense`. */
  readonly layer: string;
  readonly tables: readonly WeightTable[];
}

/** Weights by name, as they were captured. */
export type Captured = Readonly<Record<string, WeightTable>>;

/** Translates the weights of every layer that has some. */
export function translateWeights(graph: Graph, captured: Captured, prefix = ""): LayerWeights[] {
  return graph.layers.flatMap((layer) => {
    const path = `${prefix}${layer.name}`;
    const { model } = layer;
    if (model === null) return ofLayer(layer, tablesOf(captured, path), path);
    const nested = translateWeights(model, captured, `${path}/`);
    if (nested.length > 0) return nested;
    // Keras lists the weights of a nested model in one row: those of all its layers, one after another.
    const row = tablesOf(captured, path);
    return row.length === 0 ? [] : [{ layer: path, tables: row }];
  });
}

/** Returns the order and the form of TensorFlow.js; empty for a layer that has no weights there. */
function ofLayer(layer: GraphLayer, tables: readonly WeightTable[], path: string): LayerWeights[] {
  const { className, config, traced } = layer;
  const own = traced
    ? tracedWeights(traced, tables)
    : (layerEntry(className)?.weights?.(tables, config) ?? tables);
  return own.length === 0 ? [] : [{ layer: path, tables: own }];
}

/** Lists the tables `<path>/0`, `<path>/1` … */
export function tablesOf(captured: Captured, path: string): WeightTable[] {
  const tables: WeightTable[] = [];
  for (let index = 0; ; index++) {
    const table = captured[`${path}/${index}`];
    if (table === undefined) return tables;
    tables.push(table);
  }
}
