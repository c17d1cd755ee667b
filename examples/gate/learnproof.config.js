import { defineConfig } from "learnproof";
import { buildModel } from "./model.js";

/** Points of a square, and a ripple over it. */
function drawRipple({ set, count }) {
  const first = set === "train" ? 0 : 100_000;
  const numbers = Array.from({ length: count }, (_, index) => first + index);
  const inputs = numbers.map((number) => [Math.sin(12.9898 * number), Math.cos(78.233 * number)]);
  return { inputs, targets: inputs.map(([x, y]) => Math.sin(2 * x) + 0.5 * y) };
}

export default defineConfig({
  subjects: [
    {
      name: "ripple",
      buildModel,
      examples: drawRipple,
      data: { examples: 64, heldOut: 32 },
      training: { optimizer: { name: "adam", learningRate: 0.03 }, steps: 120 },
    },
  ],
});
