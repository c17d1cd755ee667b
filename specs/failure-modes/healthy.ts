/** A fully connected network that learns a formula in a fifth of a second: what each failure mode breaks in one way. */
export const healthy = {
  subject: "dense",
  model: { inputs: 2, hidden: [{ units: 16, activation: "relu" }], outputs: 1 },
  data: { formula: ["x0 * x1 + 0.5 * x0"], inputRange: [-1, 1], examples: 200, heldOut: 100 },
  training: { optimizer: { name: "adam", learningRate: 0.01 }, batchSize: 32, steps: 250 },
} as const;

type Part = "model" | "data" | "training";

/** The healthy config with other values in some of its parts. */
export function broken(changes: Partial<Record<Part, object>>): Record<string, unknown> {
  return {
    ...healthy,
    model: { ...healthy.model, ...changes.model },
    data: { ...healthy.data, ...changes.data },
    training: { ...healthy.training, ...changes.training },
  };
}
