import { createHash } from "node:crypto";
import { endianness } from "node:os";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { layersWithWeights } from "./layerWeights.ts";

/**
 * SHA-256, in hexadecimal, of a run: the losses, then the final weights in layer order, each as
 * little-endian float32. Two runs with one digest did the same arithmetic, bit for bit.
 */
export function digestRun(losses: readonly number[], model: LayersModel): string {
  const hash = createHash("sha256").update(littleEndian(Float32Array.from(losses)));
  for (const { variables } of layersWithWeights(model)) {
    for (const variable of variables) hash.update(littleEndian(variable.dataSync() as Float32Array));
  }
  return hash.digest("hex");
}

function littleEndian(values: Float32Array): Buffer {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return endianness() === "LE" ? bytes : Buffer.from(bytes).swap32();
}
