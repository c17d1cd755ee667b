import { layers, sequential } from "@tensorflow/tfjs-layers";

/** A small network for two numbers. */
export function buildModel() {
  return sequential({
    layers: [layers.dense({ inputShape: [2], units: 8, activation: "tanh" }), layers.dense({ units: 1 })],
  });
}
