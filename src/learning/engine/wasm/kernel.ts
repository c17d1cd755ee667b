/** How one of our kernels takes the place of the stock one. */

import type { KernelFunc, KernelSetupFunc, TensorInfo } from "@tensorflow/tfjs-core";
import { getKernel, registerKernel, unregisterKernel } from "@tensorflow/tfjs-core";
import { type Host, hostOf, type StockBackend } from "./host.ts";

/** What a kernel gives back: one output, or several. */
export type Outputs = TensorInfo | TensorInfo[];

/** Runs the stock kernel that ours replaced, for the cases that it has right. */
export type Stock<Inputs, Attributes> = (inputs: Inputs, attributes: Attributes) => Outputs;

/** A kernel of ours, typed by its inputs and attributes. */
export type Kernel<Inputs, Attributes> = (
  host: Host,
  inputs: Inputs,
  attributes: Attributes,
  stock: Stock<Inputs, Attributes>,
) => Outputs;

const installed = new Set<string>();

/** Registers `kernel` under `name` for the backend `wasm`, in place of the stock one if there is one. Idempotent. */
export function installKernel<Inputs, Attributes>(name: string, kernel: Kernel<Inputs, Attributes>): void {
  if (installed.has(name)) return;
  installed.add(name);
  const replaced = getKernel(name, "wasm");
  if (replaced) unregisterKernel(name, "wasm");
  const kernelFunc: KernelFunc = ({ inputs, attrs, backend }) =>
    kernel(
      hostOf(backend as StockBackend),
      inputs as Inputs,
      attrs as Attributes,
      (stockInputs, stockAttributes) => {
        if (!replaced) throw new Error(`wasm engine: ${name} must have a stock kernel, got none.`);
        return replaced.kernelFunc({
          inputs: stockInputs as typeof inputs,
          attrs: stockAttributes as NonNullable<typeof attrs>,
          backend,
        });
      },
    );
  // tfjs runs the set-up of registered kernels when a backend starts: the stock one still needs its own.
  const setupFunc: KernelSetupFunc = (backend) => replaced?.setupFunc?.(backend);
  registerKernel({ kernelName: name, backendName: "wasm", kernelFunc, setupFunc });
}
