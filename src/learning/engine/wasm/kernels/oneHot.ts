/** Computes OneHot in any type; the stock kernel writes whole numbers into a float32 tensor. */
import type { DataType, TensorInfo } from "@tensorflow/tfjs-core";
import type { Host } from "../host.ts";

/** The attributes of OneHot. */
interface OneHotAttributes {
  readonly depth: number;
  readonly onValue: number;
  readonly offValue: number;
  readonly dtype: DataType;
}

/** Returns [...indices, depth]: `onValue` at each index, `offValue` elsewhere. */
export function oneHot(
  host: Host,
  { indices }: { readonly indices: TensorInfo },
  { depth, onValue, offValue, dtype }: OneHotAttributes,
): TensorInfo {
  const out = host.output([...indices.shape, depth], dtype);
  // These views are created after the last allocation, since an allocation may move the memory.
  const places = host.backend.typedArrayFromHeap(indices);
  const values = host.backend.typedArrayFromHeap(out);
  values.fill(offValue);
  places.forEach((place, row) => {
    if (place >= 0 && place < depth) values[row * depth + place] = onValue;
  });
  return out;
}
