import { createHash } from "node:crypto";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { layersWithWeights } from "./layerWeights.ts";
import { read } from "./read.ts";

/**
 * Computes the SHA-256, in hexadecimal, of a run: of the losses, then of the final weights in layer order, each as
 * little-endian float32. Two runs with the same digest did the same arithmetic, bit for bit.
 */
export async function digestRun(losses: readonly number[], model: LayersModel): Promise<string> {
  const hash = createHash("sha256").update(littleEndian(Float32Array.from(losses)));
  for (const { variables } of layersWithWeights(model)) {
    for (const variable of variables) hash.update(littleEndian(await read(variable)));
  }
  return hash.digest("hex");
}

/**
 * NaN has many bit patterns, and WebAssembly does not specify which one an operation gives, so every NaN is written as
 * this one.
 */
const NAN_BITS = 0x7fc00000;

function littleEndian(values: Float32Array): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, index) => {
    if (Number.isNaN(value)) bytes.setUint32(index * 4, NAN_BITS, true);
    else bytes.setFloat32(index * 4, value, true);
  });
  return new Uint8Array(bytes.buffer);
}
