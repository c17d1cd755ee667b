import { backend, memory } from "@tensorflow/tfjs-core";

export const small = {
  model: { imageSize: 8, channels: 1, filters: [3, 5], kernelSize: 3, hiddenUnits: [7] },
  data: { examples: 20, heldOut: 10, boxSize: 2, noise: 0.2 },
  training: { batchSize: 8, steps: 12, optimizer: { name: "adam", learningRate: 0.01 } },
};

/** Everything that draws from a stream or has a kernel of its own. */
export const everything = {
  ...small,
  model: {
    ...small.model,
    dropout: 0.3,
    batchNorm: true,
    l2: 0.001,
    activation: "elu",
    outputActivation: "tanh",
  },
};

/** The smallest network that has every kind of layer of a picture. */
export const tinyNetwork = { ...small, model: { ...small.model, filters: [2, 2, 2], hiddenUnits: [2] } };

/** A run that is over at once, of a network with everything. */
export const shortRun = {
  ...everything,
  model: { ...everything.model, filters: [2], hiddenUnits: [2] },
  data: { ...everything.data, examples: 8, heldOut: 2 },
  training: { ...everything.training, steps: 2 },
};

/** The tensors that are held, their bytes, and the size of wasm's heap. */
export function heldMemory(): object {
  const { numTensors, numBytes } = memory();
  const { wasm } = backend() as unknown as { wasm: { HEAPU8: Uint8Array } };
  return { numTensors, numBytes, heap: wasm.HEAPU8.byteLength };
}
