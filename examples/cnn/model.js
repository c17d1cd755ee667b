import { layers, sequential } from "@tensorflow/tfjs-layers";

/** A network for pictures of 8×8 and three classes. */
export function buildModel({ lastActivation = "softmax" } = {}) {
  return sequential({
    layers: [
      layers.conv2d({ inputShape: [8, 8, 1], filters: 6, kernelSize: 3, strides: 2, activation: "relu" }),
      layers.flatten(),
      layers.dense({ units: 3, activation: lastActivation }),
    ],
  });
}
