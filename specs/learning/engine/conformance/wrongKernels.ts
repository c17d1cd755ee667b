import {
  getKernel,
  getKernelsForBackend,
  type KernelBackend,
  type KernelFunc,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
} from "@tensorflow/tfjs-core";

/** The kernels that the backend has now, by name. */
export function wasmKernels(): ReadonlyMap<string, KernelFunc> {
  return new Map(getKernelsForBackend("wasm").map(({ kernelName, kernelFunc }) => [kernelName, kernelFunc]));
}

/**
 * Changes the last number of everything that a kernel answers, the smallest fault that there is.
 *
 * The answer is written anew and the old one disposed of, so that tfjs sees no leak: what a test notices is the
 * number.
 *
 * @returns a function that puts the kernel back.
 */
export function changeAnswers(kernelName: string, change: (value: number) => number): () => void {
  const kernel = getKernel(kernelName, "wasm");
  replaceKernel({
    ...kernel,
    kernelFunc: (call) => {
      const answers = kernel.kernelFunc(call);
      const rewrite = (answer: TensorInfo) => rewritten(call.backend as KernelBackend, answer, change);
      return Array.isArray(answers) ? answers.map(rewrite) : rewrite(answers);
    },
  });
  return () => replaceKernel(kernel);
}

function replaceKernel(kernel: ReturnType<typeof getKernel>): void {
  unregisterKernel(kernel.kernelName, "wasm");
  registerKernel(kernel);
}

function rewritten(
  backend: KernelBackend,
  answer: TensorInfo,
  change: (value: number) => number,
): TensorInfo {
  if (answer.dtype !== "float32" && answer.dtype !== "int32" && answer.dtype !== "bool") return answer;
  const values = backend.readSync(answer.dataId).slice() as Float32Array | Int32Array | Uint8Array;
  if (values.length === 0) return answer;
  const last = change(values.at(-1) as number);
  values[values.length - 1] = answer.dtype === "bool" ? last % 2 : last;
  backend.disposeData(answer.dataId);
  return { ...answer, dataId: backend.write(values, answer.shape, answer.dtype) };
}
