import type { ReworkConfig } from "../schema.ts";
import type { Fields } from "./kind.ts";

/** How a config changes a model that other code has built. */
export const reworked = {
  resize: ({ rework }: { rework: ReworkConfig }, factor: number, layers: number): Fields => ({
    "rework.width": rework.width * factor,
    "rework.layers": rework.layers + layers,
  }),
  /** No layer takes leakyRelu as its own activation; elu keeps units alive as well. */
  activate: (_: unknown, activation: string): Fields => ({
    "model.activation": activation === "leakyRelu" ? "elu" : activation,
  }),
};
