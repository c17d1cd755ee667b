// A small subject of one's own, as a project would define it.

import { layers, sequential } from "@tensorflow/tfjs-layers";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import type { SubjectDefinition } from "../../../src/learning/subject/subjectDefinition.ts";

/** Points and the product of their coordinates, which no linear network can give. */
export function products(count: number, from = 0): { inputs: number[][]; targets: number[] } {
  const points = Array.from({ length: count }, (_, index) => [
    Math.sin(12.9 * (index + from)),
    Math.cos(78.2 * (index + from) ** 1.5),
  ]);
  return { inputs: points, targets: points.map(([x, y]) => (x as number) * (y as number)) };
}

const product: SubjectDefinition<{ units: number }> = {
  name: "product",
  model: { units: 16 },
  buildModel: ({ model: { units } }) =>
    sequential({
      layers: [
        layers.dense({ inputShape: [2], units, activation: "relu" }),
        layers.dense({ units, activation: "relu" }),
        layers.dense({ units: 1 }),
      ],
    }),
  examples: { train: products(120), heldOut: products(40, 1000) },
  training: { optimizer: { learningRate: 0.01 }, steps: 300 },
};

/** Defines it, with other parts where a spec wants some. */
export function defineProduct(parts: Partial<SubjectDefinition<{ units: number }>> = {}) {
  return defineSubject({ ...product, ...parts });
}
