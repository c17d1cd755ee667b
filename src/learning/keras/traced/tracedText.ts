// A traced layer as a text for the config of a layer. TensorFlow.js renames the keys of configs, and changes texts with
// underscores or capital letters, so the text is written in hexadecimal digits.

import type { TracedLayerConfig } from "./tracedGraph.ts";

/** Writes a traced layer as a text that TensorFlow.js leaves as it is. */
export function asText(traced: TracedLayerConfig): string {
  return Buffer.from(JSON.stringify(traced)).toString("hex");
}

/** Reads what {@link asText} wrote. */
export function fromText(text: string): TracedLayerConfig {
  return JSON.parse(Buffer.from(text, "hex").toString()) as TracedLayerConfig;
}
