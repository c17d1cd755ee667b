// Computes a convolution or dense layer with its bias and relu as one kernel forward, and as few kernels as possible
// backward. tf.layers runs it as three recorded operations while training, because TensorFlow.js gives its fused
// kernels no gradient; here those kernels get one. The kernels and the formulas are the stock ones.

import { engine, getGradient, registerGradient, type Tensor } from "@tensorflow/tfjs-core";
import { reluGradient } from "./reluGradient.ts";

/** The activations that can be fused into a layer's kernel. */
export type FusedActivation = "linear" | "relu";

/** A layer's weights and input, float32. */
export interface LayerInputs {
  /** `[batch, height, width, channels]` of a convolution, `[batch, features]` of a dense layer. */
  readonly input: Tensor;
  /** `[height, width, channels, filters]`, or `[features, units]`. */
  readonly kernel: Tensor;
  /** `[filters]` or `[units]`. */
  readonly bias: Tensor | undefined;
}

export interface ConvolutionGeometry {
  readonly strides: [number, number];
  readonly pad: "same" | "valid";
}

/**
 * Computes a convolution without dilation, channels last, then adds the bias and applies the activation: `[batch,
 * height, width, filters]`.
 */
export function convolutionLayer(
  { input, kernel, bias }: LayerInputs,
  geometry: ConvolutionGeometry,
  activation: FusedActivation,
): Tensor {
  registerGradients();
  const attributes = { ...geometry, dataFormat: "NHWC", dilations: [1, 1], activation };
  return engine().runKernel(
    "FusedConv2D",
    { x: input, filter: kernel, ...(bias && { bias }) },
    attributes,
  ) as Tensor;
}

/** Computes the matrix product, then adds the bias and applies the activation: `[batch, units]`. */
export function denseLayer({ input, kernel, bias }: LayerInputs, activation: FusedActivation): Tensor {
  registerGradients();
  const attributes = { transposeA: false, transposeB: false, activation };
  return engine().runKernel(
    "_FusedMatMul",
    { a: input, b: kernel, ...(bias && { bias }) },
    attributes,
  ) as Tensor;
}

function registerGradients(): void {
  if (getGradient("_FusedMatMul")) return;
  registerGradient({
    kernelName: "FusedConv2D",
    inputsToSave: ["x", "filter"],
    outputsToSave: [true],
    gradFunc: (dy, saved, attributes) => {
      const [x, filter, y] = saved as [Tensor, Tensor, Tensor];
      const sumGradient = beforeActivation(dy as Tensor, y, attributes);
      const geometry = { ...(attributes as unknown as ConvolutionGeometry), dataFormat: "NHWC" };
      return {
        x: () =>
          run("Conv2DBackpropInput", { dy: sumGradient, filter }, { ...geometry, inputShape: x.shape }),
        filter: () =>
          run("Conv2DBackpropFilter", { x, dy: sumGradient }, { ...geometry, filterShape: filter.shape }),
        bias: () => sumOverAllButLast(sumGradient),
      };
    },
  });
  registerGradient({
    kernelName: "_FusedMatMul",
    inputsToSave: ["a", "b"],
    outputsToSave: [true],
    gradFunc: (dy, saved, attributes) => {
      const [a, b, y] = saved as [Tensor, Tensor, Tensor];
      const sumGradient = beforeActivation(dy as Tensor, y, attributes);
      return {
        a: () => run("BatchMatMul", { a: sumGradient, b }, { transposeA: false, transposeB: true }),
        b: () => run("BatchMatMul", { a, b: sumGradient }, { transposeA: true, transposeB: false }),
        bias: () => sumOverAllButLast(sumGradient),
      };
    },
  });
}

/** Computes the gradient of the activation's input; relu's output is positive exactly where its input is. */
function beforeActivation(dy: Tensor, y: Tensor, attributes: object): Tensor {
  const { activation } = attributes as { activation: FusedActivation };
  return activation === "linear" ? dy : reluGradient(dy, y);
}

function sumOverAllButLast(gradient: Tensor): Tensor {
  return run(
    "Sum",
    { x: gradient },
    { axis: gradient.shape.slice(0, -1).map((_, axis) => axis), keepDims: false },
  );
}

function run(kernel: string, inputs: Record<string, Tensor>, attributes: object): Tensor {
  return engine().runKernel(kernel, inputs, attributes as Record<string, number>) as Tensor;
}
