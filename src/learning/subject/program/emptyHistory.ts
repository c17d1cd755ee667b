import type { LayersModel } from "@tensorflow/tfjs-layers";

/**
 * What a call that trained nothing answers in the place of a history: numbers that are none, so that a program that compares
 * them goes on as if nothing was reached.
 */
export function emptyHistory(model: LayersModel, written: unknown): object {
  const { epochs = 1 } = (written ?? {}) as { readonly epochs?: number };
  const names = (model.metricsNames ?? ["loss"]).flatMap((name) => [name, `val_${name}`]);
  const none = () => new Array<number>(epochs).fill(Number.NaN);
  return {
    epoch: Array.from({ length: epochs }, (_, epoch) => epoch),
    history: Object.fromEntries(names.map((name) => [name, none()])),
    params: {},
  };
}
