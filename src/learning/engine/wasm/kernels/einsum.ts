/** Einsum of one or two tensors, by the kernels for transposing, multiplying and summing; the stock backend lacks it. */
import {
  backend_util,
  getKernel,
  type NamedAttrMap,
  type Tensor,
  type TensorInfo,
} from "@tensorflow/tfjs-core";
import type { Host } from "../host.ts";

/** @throws Error for an equation that does not fit the tensors, in tfjs' words. */
export function einsum(
  host: Host,
  inputs: Readonly<Record<string, TensorInfo>>,
  { equation }: { readonly equation: string },
): TensorInfo {
  const tensors = Object.values(inputs);
  const { allDims, summedDims, idDims } = backend_util.decodeEinsumEquation(equation, tensors.length);
  backend_util.checkEinsumDimSizes(allDims.length, idDims, tensors as Tensor[]);
  const { path, steps } = backend_util.getEinsumComputePath(summedDims, idDims);
  const run = (name: string, operands: Record<string, TensorInfo>, attrs: NamedAttrMap = {}) =>
    getKernel(name, "wasm").kernelFunc({ inputs: operands, attrs, backend: host.backend }) as TensorInfo;
  const made: TensorInfo[] = [];
  const keep = (tensor: TensorInfo) => {
    made.push(tensor);
    return tensor;
  };
  /** A tensor with an axis for each letter that is left, of size 1 where it has none of its own. */
  const aligned = (tensor: TensorInfo, axes: number[], rank: number) => {
    const { permutationIndices, expandDims } = backend_util.getEinsumPermutation(rank, axes);
    const turned = keep(run("Transpose", { x: tensor }, { perm: permutationIndices }));
    const shape = [...turned.shape];
    for (const axis of expandDims) shape.splice(axis, 0, 1);
    return keep(run("Reshape", { x: turned }, { shape }));
  };
  let rank = allDims.length;
  let out: TensorInfo | undefined;
  steps.forEach((terms, step) => {
    for (const term of terms) {
      const next = aligned(tensors[term] as TensorInfo, idDims[term] as number[], rank);
      out = out ? keep(run("Multiply", { a: next, b: out })) : next;
    }
    if (step === steps.length - 1) return;
    const axis = (path[step] ?? -1) - (allDims.length - rank);
    if ((path[step] ?? -1) >= 0) out = keep(run("Sum", { x: out as TensorInfo }, { axis, keepDims: false }));
    rank--;
  });
  // The last one made is the answer.
  for (const tensor of made) if (tensor !== out) host.backend.disposeData(tensor.dataId);
  return out as TensorInfo;
}
