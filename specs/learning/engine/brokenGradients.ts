import {
  add,
  type GradConfig,
  getGradient,
  mul,
  registerGradient,
  type Tensor,
  unregisterGradient,
} from "@tensorflow/tfjs-core";

/** Those of the kernels that have a gradient. */
export function gradientsIn(kernels: Iterable<string>): string[] {
  return [...kernels].filter((kernel) => getGradient(kernel) !== undefined && getGradient(kernel) !== null);
}

/** A gradient that is wrong until it is put back. */
export interface BrokenGradient {
  /** Whether it was asked for since it was broken. */
  readonly wasCalled: boolean;
  putBack(): void;
}

/** Makes every number of the gradients of a kernel's inputs a tenth larger, and adds 1. */
export function breakGradient(kernelName: string): BrokenGradient {
  const config = getGradient(kernelName);
  const broken = { wasCalled: false, putBack: () => replace(config) };
  replace({
    ...config,
    gradFunc: (...call) => {
      const gradients = config.gradFunc(...call);
      const shifted = (name: string) => () => {
        broken.wasCalled = true;
        return add(mul((gradients[name] as () => Tensor)(), 1.1), 1);
      };
      return Object.fromEntries(Object.keys(gradients).map((name) => [name, shifted(name)]));
    },
  });
  return broken;
}

function replace(config: GradConfig): void {
  unregisterGradient(config.kernelName);
  registerGradient(config);
}
