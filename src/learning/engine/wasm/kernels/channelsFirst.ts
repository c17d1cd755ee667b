/** Converts pictures [batch, channels, height, width] to the module's axis order and back, by the stock Transpose. */
import { getKernel, type TensorInfo } from "@tensorflow/tfjs-core";
import type { Host } from "../host.ts";

function transpose(host: Host, x: TensorInfo, perm: number[]): TensorInfo {
  return getKernel("Transpose", "wasm").kernelFunc({
    inputs: { x },
    attrs: { perm },
    backend: host.backend,
  }) as TensorInfo;
}

/** Calls `compute` with both tensors channels last and frees the copies. */
export function withChannelsLast(
  host: Host,
  [first, second]: readonly [TensorInfo, TensorInfo],
  compute: (tensors: readonly [TensorInfo, TensorInfo]) => TensorInfo,
): TensorInfo {
  const copies = [transpose(host, first, [0, 2, 3, 1]), transpose(host, second, [0, 2, 3, 1])] as const;
  const out = compute(copies);
  for (const copy of copies) host.backend.disposeData(copy.dataId);
  return out;
}
