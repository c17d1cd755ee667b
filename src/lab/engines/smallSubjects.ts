import { parseConfig } from "../../learning/config/parseConfig.ts";
import type { Compared } from "./compareEngines.ts";

/** A box network so small that TensorFlow.js in plain JavaScript, and a GPU in software, train it in minutes. */
const small = (seed: number, learningRate: number) =>
  parseConfig({
    seed,
    model: { imageSize: 8, channels: 1, filters: [4], kernelSize: 3, hiddenUnits: [16] },
    data: { examples: 64, heldOut: 32, boxSize: 3 },
    training: { steps: 150, batchSize: 16, optimizer: { learningRate } },
  });

/** Returns a subject that keeps every law, and the same with so large a learning rate that its units die. */
export function smallSubjects(seed: number): readonly Compared[] {
  return [
    { title: "a small box network", config: small(seed, 0.02) },
    { title: "the same, Adam at 1", config: small(seed, 1) },
  ];
}
