/** Computes BatchMatMul and _FusedMatMul. Unlike the stock kernels, these keep no packed copy of the right operand. */
import { broadcast_util, type TensorInfo, util } from "@tensorflow/tfjs-core";
import { blocksOf, MOVE } from "../blocks.ts";
import type { Host } from "../host.ts";
import { type Activation, addBias, applyActivation, fusedCode, isPerColumn } from "./activations.ts";

/** `a` [...batch, rows, depth], `b` [...batch, depth, columns], or transposed. */
export interface MatrixProductInputs {
  readonly a: TensorInfo;
  readonly b: TensorInfo;
  /** [columns], or anything that broadcasts to the output. */
  readonly bias?: TensorInfo;
  readonly preluActivationWeights?: TensorInfo;
}

/** Which operands are transposed, and which activation the fused kernel applies. */
export interface MatrixProductAttributes extends Partial<Activation> {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/** Returns the offset of each batch of an operand, counted in matrices, under broadcasting of the leading axes. */
function batchOffsets(shape: readonly number[], outShape: readonly number[]): number[] {
  const count = util.sizeFromShape([...outShape]);
  const missing = outShape.length - shape.length;
  return Array.from({ length: count }, (_, index) => {
    let rest = index;
    let offset = 0;
    let stride = 1;
    for (let axis = outShape.length - 1; axis >= missing; axis--) {
      const size = outShape[axis] ?? 1;
      const own = shape[axis - missing] ?? 1;
      if (own > 1) offset += (rest % size) * stride;
      rest = Math.floor(rest / size);
      stride *= own;
    }
    return offset;
  });
}

/**
 * @throws Error for operands that are not float32, for inner sizes that differ, for a bias that does not broadcast,
 * and for an unknown activation.
 */
export function matrixProduct(
  host: Host,
  inputs: MatrixProductInputs,
  attributes: MatrixProductAttributes,
): TensorInfo {
  const { a, b, bias } = inputs;
  const { transposeA, transposeB } = attributes;
  if (a.dtype !== "float32" || b.dtype !== "float32") {
    throw new Error(
      `wasm backend matMul: operands must be float32, got ${a.dtype} and ${b.dtype}; cast them first.`,
    );
  }
  const [aLast = 1, aBefore = 1] = [a.shape.at(-1), a.shape.at(-2)];
  const [bLast = 1, bBefore = 1] = [b.shape.at(-1), b.shape.at(-2)];
  const [rows, depth] = transposeA ? [aLast, aBefore] : [aBefore, aLast];
  const [depthB, columns] = transposeB ? [bLast, bBefore] : [bBefore, bLast];
  if (depth !== depthB) {
    throw new Error(
      `Error in matMul: inner shapes (${depth}) and (${depthB}) of Tensors with shapes ${a.shape} and ${b.shape} ` +
        `and transposeA=${transposeA} and transposeB=${transposeB} must match.`,
    );
  }
  if (bias && !isPerColumn(bias, columns)) {
    const sum = addBias(host, matrixProduct(host, { a, b }, { ...attributes, activation: "linear" }), bias);
    return applyActivation(host, sum, attributes, inputs.preluActivationWeights);
  }
  const code = fusedCode(attributes.activation);
  const aBatch = a.shape.slice(0, -2);
  const bBatch = b.shape.slice(0, -2);
  const batch = broadcast_util.assertAndGetBroadcastShape(aBatch, bBatch);
  const threads = host.threadsFor(rows * depth * columns);
  const { common, own, ownBytes } = host.scratch(
    host.compute.matrixProductRightBytes(depth, columns),
    host.compute.matrixProductLeftBytes(depth),
    threads,
  );
  const out = host.output([...batch, rows, columns]);
  const aOffsets = batchOffsets(aBatch, batch);
  const bOffsets = batchOffsets(bBatch, batch);
  const panels = Math.ceil(columns / 8);
  const groups = Math.ceil(rows / 4);
  const blocks = blocksOf(groups, panels, threads);
  const biasAt = bias ? host.address(bias) : 0;
  for (let index = 0; index < aOffsets.length; index++) {
    const bAt = host.address(b) + (bOffsets[index] ?? 0) * depth * columns * 4;
    host.run("matrixProductRight", panels, host.threadsFor(MOVE * depth * columns), [
      bAt,
      biasAt,
      common,
      depth,
      columns,
      transposeB ? 1 : 0,
    ]);
    host.run("matrixProduct", groups * blocks, threads, [
      host.address(a) + (aOffsets[index] ?? 0) * rows * depth * 4,
      common,
      biasAt === 0 ? 0 : 1,
      host.address(out) + index * rows * columns * 4,
      own,
      ownBytes,
      blocks,
      rows,
      depth,
      columns,
      transposeA ? 1 : 0,
      code ?? 0,
      attributes.leakyreluAlpha ?? 0,
    ]);
  }
  return code === undefined ? applyActivation(host, out, attributes, inputs.preluActivationWeights) : out;
}
