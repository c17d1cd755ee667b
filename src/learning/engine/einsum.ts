/**
 * Computes Einsum of one or two tensors by the kernels for products of matrices, transposing, multiplying and summing. The
 * stock wasm backend has no Einsum, and that of cpu gives the wrong shape if a summed letter occurs in only one operand.
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

/** Computes a product of matrices where the equation is one, since that never holds the product of all letters. */
function einsum(run: Run, tensors: TensorInfo[], equation: string): TensorInfo {
  // These two calls only validate: they throw for an equation that does not fit.
  const { allDims, idDims } = backend_util.decodeEinsumEquation(equation, tensors.length);
  backend_util.checkEinsumDimSizes(allDims.length, idDims, tensors as Tensor[]);
  const [inputs = "", output = ""] = equation.replaceAll(/\s/g, "").split("->");
  const operands = inputs.split(",").map((letters, index) => ({
    letters: [...letters],
    tensor: tensors[index] as TensorInfo,
  }));
  return matrixProduct(run, operands, [...output]) ?? sumOfProduct(run, operands, [...output]);
}

/** An operand or a result, with a letter for each of its axes. */
interface Lettered {
  readonly letters: readonly string[];
  readonly tensor: TensorInfo;
}

/**
 * Computes the equation of two operands by BatchMatMul: letters of both and of the output count the matrices, those of
 * both alone are summed. Returns null where no letter is summed in both, or the numbers are no floats.
 */
function matrixProduct(
  run: Run,
  operands: readonly Lettered[],
  output: readonly string[],
): TensorInfo | null {
  const [left, right] = operands;
  if (left === undefined || right === undefined || operands.some(({ tensor }) => !isPlain(tensor)))
    return null;
  const shared = left.letters.filter((letter) => right.letters.includes(letter));
  const summed = shared.filter((letter) => !output.includes(letter));
  if (summed.length === 0) return null;
  const matrices = output.filter((letter) => shared.includes(letter));
  const ownOf = ({ letters }: Lettered) =>
    output.filter((letter) => letters.includes(letter) && !shared.includes(letter));
  const [rows, columns] = [ownOf(left), ownOf(right)];
  const a = asMatrices(run, left, matrices, rows, summed);
  const b = asMatrices(run, right, matrices, summed, columns);
  const product = run(
    "BatchMatMul",
    { a: a.tensor, b: b.tensor },
    { transposeA: a.isTurned, transposeB: b.isTurned },
  );
  const sizes = sizesOf(operands);
  const letters = [...matrices, ...rows, ...columns];
  const shape = letters.map((letter) => sizes.get(letter) as number);
  return turned(run, { letters, tensor: run("Reshape", { x: product }, { shape }) }, output);
}

function isPlain({ dtype, shape }: TensorInfo): boolean {
  return dtype === "float32" && shape.every((size) => size > 0);
}

function sizesOf(operands: readonly Lettered[]): ReadonlyMap<string, number> {
  return new Map(
    operands.flatMap(({ letters, tensor }) =>
      letters.map((letter, axis) => [letter, tensor.shape[axis] as number] as const),
    ),
  );
}

/**
 * Brings an operand into the shape [matrices, rows, columns], or [matrices, columns, rows] where it stands so already. Letters
 * of neither are its alone, and are summed first.
 */
function asMatrices(
  run: Run,
  operand: Lettered,
  matrices: readonly string[],
  rows: readonly string[],
  columns: readonly string[],
): { readonly tensor: TensorInfo; readonly isTurned: boolean } {
  const { letters, tensor } = withoutOthers(run, operand, [...matrices, ...rows, ...columns]);
  const isTurned =
    letters.join("") === [...matrices, ...columns, ...rows].join("") && columns.length > 0 && rows.length > 0;
  const groups = isTurned ? [matrices, columns, rows] : [matrices, rows, columns];
  const x = turned(run, { letters, tensor }, groups.flat());
  const sizes = sizesOf([{ letters, tensor }]);
  const shape = groups.map((group) =>
    group.reduce((size, letter) => size * (sizes.get(letter) as number), 1),
  );
  return { tensor: run("Reshape", { x }, { shape }), isTurned };
}

/** Sums the axes whose letters are not kept. */
function withoutOthers(run: Run, { letters, tensor }: Lettered, kept: readonly string[]): Lettered {
  const axis = letters.flatMap((letter, at) => (kept.includes(letter) ? [] : [at]));
  if (axis.length === 0) return { letters, tensor };
  return {
    letters: letters.filter((letter) => kept.includes(letter)),
    tensor: run("Sum", { x: tensor }, { axis, keepDims: false }),
  };
}

/** Brings the axes into the order of the letters given. */
function turned(run: Run, { letters, tensor }: Lettered, order: readonly string[]): TensorInfo {
  if (letters.join("") === order.join("")) return tensor;
  return run("Transpose", { x: tensor }, { perm: order.map((letter) => letters.indexOf(letter)) });
}

/**
 * Gives all operands an axis for each letter, the output's letters first, and sums their product over the other axes.
 */
function sumOfProduct(run: Run, operands: readonly Lettered[], output: readonly string[]): TensorInfo {
  const letters = [...new Set([...output, ...operands.flatMap((operand) => operand.letters)])];
  const sizes = operands.map((operand) => sizesOf([operand]));
  const aligned = operands.map((operand, index) => {
    const own = letters.filter((letter) => operand.letters.includes(letter));
    const shape = letters.map((letter) => sizes[index]?.get(letter) ?? 1);
    return run("Reshape", { x: turned(run, operand, own) }, { shape });
  });
  const product = aligned.reduce((a, b) => run("Multiply", { a, b }));
  const summed = letters.map((_, axis) => axis).slice(output.length);
  return summed.length === 0 ? product : run("Sum", { x: product }, { axis: summed, keepDims: false });
}
