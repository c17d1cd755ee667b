// Layers whose answers are added, or compared number by number, have to be equally wide: where one of them cannot be widened, such
// as an input that a block adds to what it makes of it, none of the others may be.

import { hasKernelWithin, type LayerJson } from "../topologyJson.ts";
import { bound, kernelsBehind, sourcesOf } from "./outputEnds.ts";

const NUMBER_BY_NUMBER = /^(Add|Subtract|Multiply|Average|Maximum|Minimum|Dot)$/;

type Width = "grows" | "stays" | "mixed";

/** The layers that keep their width where all others are widened: those before operations of fixed shapes, and addends. */
export function keptWidths(layers: readonly LayerJson[]): ReadonlySet<string> {
  const kept = new Set(bound(layers));
  const merging = layers.filter(({ class_name: kind }) => NUMBER_BY_NUMBER.test(kind));
  for (let before = -1; before < kept.size; ) {
    before = kept.size;
    for (const layer of merging) {
      const sources = sourcesOf(layer, layers);
      const width = together(sources.map((name) => widthOf(name, layers, kept)));
      if (width === "mixed") for (const name of kernelsBehind(layers, sources)) kept.add(name);
    }
  }
  return kept;
}

/** Whether what a layer answers grows wider with the layers that have a kernel. */
function widthOf(name: string, layers: readonly LayerJson[], kept: ReadonlySet<string>): Width {
  const layer = layers.find(({ config }) => config.name === name);
  if (!layer || kept.has(name)) return "stays";
  if (hasKernelWithin(layer)) return "grows";
  const sources = layer.class_name === "TracedLayer" ? [] : sourcesOf(layer, layers);
  if (sources.length === 0 || layer.class_name === "Embedding") return "stays";
  return together(sources.map((source) => widthOf(source, layers, kept)));
}

function together(widths: readonly Width[]): Width {
  const [first = "stays"] = widths;
  return widths.every((width) => width === first) ? first : "mixed";
}
