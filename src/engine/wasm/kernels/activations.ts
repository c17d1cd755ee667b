/** The activations that a convolution or a matrix product can end with: those of the stock kernels. */
import { getKernel, type TensorInfo } from "@tensorflow/tfjs-core";
import type { Host } from "../host.ts";

/** Attributes of the fused kernels. */
export interface Activation {
  readonly activation: string;
  readonly leakyreluAlpha?: number | undefined;
}

/** Codes as in assembly/tile.ts. */
const fusedCodes = new Map([
  ["linear", 0],
  ["relu", 1],
  ["relu6", 2],
  ["leakyrelu", 3],
]);

/** Kernels that finish what the module does not compute itself (they need an exponential or weights). */
const kernels = new Map([
  ["elu", "Elu"],
  ["sigmoid", "Sigmoid"],
  ["prelu", "Prelu"],
]);

/**
 * The module's code for an activation, `undefined` for one that a kernel of its own applies afterwards.
 *
 * @throws Error for an activation that the stock kernels do not know either.
 */
export function fusedCode(activation = "linear"): number | undefined {
  const code = fusedCodes.get(activation);
  if (code === undefined && !kernels.has(activation)) {
    throw new Error(
      `${activation} activation not yet supported in the wasm backend; got '${activation}', use one of ${[...fusedCodes.keys(), ...kernels.keys()].join(", ")}.`,
    );
  }
  return code;
}

/** Applies an activation that has no code and frees its input. */
export function applyActivation(
  host: Host,
  x: TensorInfo,
  activation: string | undefined,
  alpha: TensorInfo | undefined,
): TensorInfo {
  const name = kernels.get(activation ?? "") ?? "";
  const out = getKernel(name, "wasm").kernelFunc({
    inputs: { x, alpha },
    backend: host.backend,
  }) as TensorInfo;
  host.backend.disposeData(x.dataId);
  return out;
}
