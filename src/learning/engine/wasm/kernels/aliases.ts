/**
 * Computes Identity and Cast without the copy that the stock kernels make. Tensors are never written in place, so
 * another reference is enough.
 */
import { type DataType, type TensorInfo, util } from "@tensorflow/tfjs-core";
import type { Host } from "../host.ts";
import type { Outputs, Stock } from "../kernel.ts";

/** Any tensor. */
export interface UnaryInputs {
  readonly x: TensorInfo;
}

/** Returns the same values without a copy. */
export function identity(
  host: Host,
  inputs: UnaryInputs,
  attributes: object,
  stock: Stock<UnaryInputs, object>,
): Outputs {
  const { x } = inputs;
  return x.dtype === "string" ? stock(inputs, attributes) : host.alias(x, x.shape, x.dtype);
}

/** The attribute of Cast. */
export interface CastAttributes {
  readonly dtype: DataType;
}

/**
 * Returns the values in another type; `bool` means "not zero", where the stock kernel keeps the lowest byte of the
 * number.
 */
export function cast(
  host: Host,
  inputs: UnaryInputs,
  attributes: CastAttributes,
  stock: Stock<UnaryInputs, CastAttributes>,
): Outputs {
  const { x } = inputs;
  const { dtype } = attributes;
  if (x.dtype === dtype && dtype !== "string") return host.alias(x, x.shape, dtype);
  // A bool is one byte, 0 or 1, and the other types have four, so conversion between them needs a real copy.
  if (dtype !== "bool" || (x.dtype !== "float32" && x.dtype !== "int32")) return stock(inputs, attributes);
  const out = host.output(x.shape, dtype);
  const from = host.backend.typedArrayFromHeap(x);
  const to = host.backend.typedArrayFromHeap(out);
  const size = util.sizeFromShape(x.shape);
  for (let i = 0; i < size; i++) to[i] = from[i] === 0 ? 0 : 1;
  return out;
}
