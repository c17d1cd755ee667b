/** Registers this package's kernels in place of the stock ones. */

import type { TensorInfo } from "@tensorflow/tfjs-core";
import { replaceKernel } from "../replaceKernel.ts";
import { type Host, hostOf, type StockBackend } from "./host.ts";

/** The outputs of a kernel: one or several. */
export type Outputs = TensorInfo | TensorInfo[];

/** Runs the stock kernel that was replaced, for the cases that it computes correctly. */
export type Stock<Inputs, Attributes> = (inputs: Inputs, attributes: Attributes) => Outputs;

/** A kernel of this package, typed by its inputs and attributes. */
export type Kernel<Inputs, Attributes> = (
  host: Host,
  inputs: Inputs,
  attributes: Attributes,
  stock: Stock<Inputs, Attributes>,
) => Outputs;

/** Registers `kernel` under `name` for the backend `wasm`, in place of the stock one if there is one. Idempotent. */
export function installKernel<Inputs, Attributes>(name: string, kernel: Kernel<Inputs, Attributes>): void {
  replaceKernel(
    "wasm",
    name,
    (replaced) =>
      ({ inputs, attrs, backend }) =>
        kernel(
          hostOf(backend as StockBackend),
          inputs as Inputs,
          attrs as Attributes,
          (stockInputs, stockAttributes) => {
            if (!replaced) throw new Error(`wasm engine: ${name} must have a stock kernel, got none.`);
            return replaced({
              inputs: stockInputs as typeof inputs,
              attrs: stockAttributes as NonNullable<typeof attrs>,
              backend,
            });
          },
        ),
  );
}
