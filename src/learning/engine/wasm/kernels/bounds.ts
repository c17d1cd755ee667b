/**
 * Computes Relu, Relu6, LeakyRelu, ClipByValue and the gradient of Relu. The stock Relu (XNNPACK) compares as integers
 * and turns a NaN whose sign bit is set, the one that x86 produces, into 0: a diverged network would look healthy.
 */
import { type TensorInfo, util } from "@tensorflow/tfjs-core";
import { MOVE, unitsOf } from "../blocks.ts";
import type { Host } from "../host.ts";
import type { Kernel, Outputs, Stock } from "../kernel.ts";
import type { UnaryInputs } from "./aliases.ts";

/** The attribute of LeakyRelu; the others have none. */
export interface ReluAttributes {
  readonly alpha?: number;
}

/**
 * Creates a kernel for one of the module's activations (its code is in assembly/tile.ts); the stock kernel handles
 * types other than float32.
 */
export function activationKernel(code: number): Kernel<UnaryInputs, ReluAttributes | undefined> {
  return (host, inputs, attributes, stock) => {
    const { x } = inputs;
    if (x.dtype !== "float32") return stock(inputs, attributes);
    const out = host.output(x.shape);
    const size = util.sizeFromShape(x.shape);
    host.run("activation", unitsOf(size), host.threadsFor(2 * MOVE * size), [
      host.address(x),
      host.address(out),
      size,
      code,
      attributes?.alpha ?? 0,
    ]);
    return out;
  };
}

/** The attributes of ClipByValue. */
export interface ClipAttributes {
  readonly clipValueMin: number;
  readonly clipValueMax: number;
}

/** Computes ClipByValue; the stock kernel (XNNPACK) clips NaN to the lower bound. */
export function clip(
  host: Host,
  inputs: UnaryInputs,
  attributes: ClipAttributes,
  stock: Stock<UnaryInputs, ClipAttributes>,
): Outputs {
  const { x } = inputs;
  if (x.dtype !== "float32") return stock(inputs, attributes);
  const out = host.output(x.shape);
  const size = util.sizeFromShape(x.shape);
  const { clipValueMin, clipValueMax } = attributes;
  host.run("clip", unitsOf(size), host.threadsFor(2 * MOVE * size), [
    host.address(x),
    host.address(out),
    size,
    clipValueMin,
    clipValueMax,
  ]);
  return out;
}

/** `dy` and `x` of one shape, float32. */
export interface ReluGradientInputs {
  readonly dy: TensorInfo;
  readonly x: TensorInfo;
}

/** Computes `dy * step(x)` in one pass instead of three. */
export function reluGradient(host: Host, { dy, x }: ReluGradientInputs): TensorInfo {
  const out = host.output(x.shape);
  const size = util.sizeFromShape(x.shape);
  host.run("reluGradient", unitsOf(size), host.threadsFor(3 * MOVE * size), [
    host.address(dy),
    host.address(x),
    host.address(out),
    size,
  ]);
  return out;
}
