/**
 * Computes Einsum of one or two tensors by the kernels for transposing, multiplying and summing. The stock wasm backend
 * has no Einsum, and that of cpu gives the wrong shape if a summed letter occurs in only one operand.
 */
import {
  backend_util,
  getKernel,
  type NamedAttrMap,
  registerKernel,
  type Tensor,
  type TensorInfo,
  unregisterKernel,
} from "@tensorflow/tfjs-core";

interface Disposing {
  disposeData(dataId: object): boolean;
}

/** Runs a kernel of the backend and records its output, to be freed when the sum is computed. */
type Run = (kernel: string, inputs: Record<string, TensorInfo>, attributes?: NamedAttrMap) => TensorInfo;

const installed = new Set<string>();

/** Registers Einsum for `wasm` or `cpu`. Idempotent. */
export function installEinsum(backendName: "wasm" | "cpu"): void {
  if (installed.has(backendName)) return;
  installed.add(backendName);
  if (getKernel("Einsum", backendName)) unregisterKernel("Einsum", backendName);
  registerKernel({
    kernelName: "Einsum",
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const made: TensorInfo[] = [];
      const run: Run = (kernel, operands, attributes = {}) => {
        const call = { inputs: operands, attrs: attributes, backend };
        const out = getKernel(kernel, backendName).kernelFunc(call) as TensorInfo;
        made.push(out);
        return out;
      };
      const out = einsum(run, Object.values(inputs) as TensorInfo[], String(attrs?.equation));
      for (const tensor of made) if (tensor !== out) (backend as Disposing).disposeData(tensor.dataId);
      return out;
    },
  });
}

/**
 * Gives all operands an axis for each letter, the output's letters first, and sums their product over the other axes.
 */
function einsum(run: Run, tensors: TensorInfo[], equation: string): TensorInfo {
  // These two calls only validate: they throw for an equation that does not fit.
  const { allDims, idDims } = backend_util.decodeEinsumEquation(equation, tensors.length);
  backend_util.checkEinsumDimSizes(allDims.length, idDims, tensors as Tensor[]);
  const [inputs = "", output = ""] = equation.replaceAll(/\s/g, "").split("->");
  const letters = [...new Set(output + inputs.replaceAll(",", ""))];
  const aligned = inputs.split(",").map((term, index) => {
    const tensor = tensors[index] as TensorInfo;
    const own = letters.filter((letter) => term.includes(letter));
    const turned = run("Transpose", { x: tensor }, { perm: own.map((letter) => term.indexOf(letter)) });
    const shape = letters.map((letter) => tensor.shape[term.indexOf(letter)] ?? 1);
    return run("Reshape", { x: turned }, { shape });
  });
  const product = aligned.reduce((a, b) => run("Multiply", { a, b }));
  const summed = letters.map((_, axis) => axis).slice(output.length);
  return summed.length === 0 ? product : run("Sum", { x: product }, { axis: summed, keepDims: false });
}
