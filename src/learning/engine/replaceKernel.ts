import {
  getKernel,
  type KernelFunc,
  type KernelSetupFunc,
  registerKernel,
  unregisterKernel,
} from "@tensorflow/tfjs-core";

const replaced = new Set<string>();

/**
 * Registers a kernel for a backend, in place of the stock one if there is one. A repeated call for the same kernel
 * changes nothing.
 *
 * @param create makes the kernel from the stock one; undefined if the backend has none.
 */
export function replaceKernel(
  backendName: string,
  kernelName: string,
  create: (stock: KernelFunc | undefined) => KernelFunc,
): void {
  const key = `${backendName}/${kernelName}`;
  if (replaced.has(key)) return;
  replaced.add(key);
  const stock = getKernel(kernelName, backendName);
  if (stock) unregisterKernel(kernelName, backendName);
  // When a backend starts, tfjs runs the set-up of its registered kernels, and the stock kernel still needs its own.
  const setupFunc: KernelSetupFunc = (backend) => stock?.setupFunc?.(backend);
  registerKernel({ kernelName, backendName, kernelFunc: create(stock?.kernelFunc), setupFunc });
}
