/**
 * Computes UnsortedSegmentSum, which is the gradient of gather and so of every embedding; the stock backend lacks it.
 */
import { type TensorInfo, util } from "@tensorflow/tfjs-core";
import type { Host } from "../host.ts";

/** `x` [...rows, ...columns], float32; `segmentIds` [...rows], int32. */
export interface SegmentInputs {
  readonly x: TensorInfo;
  readonly segmentIds: TensorInfo;
}

/**
 * Returns [numSegments, ...columns]: the sum of the rows of each segment. Rows whose segment id is out of range are
 * left out.
 *
 * @throws Error for rows that are not float32, and for segments that are not int32.
 */
export function segmentSum(
  host: Host,
  { x, segmentIds }: SegmentInputs,
  { numSegments }: { readonly numSegments: number },
): TensorInfo {
  if (x.dtype !== "float32" || segmentIds.dtype !== "int32") {
    throw new Error(
      `wasm backend UnsortedSegmentSum: rows must be float32 and segments int32, got ${x.dtype} and ${segmentIds.dtype}; cast them first.`,
    );
  }
  const rows = util.sizeFromShape(segmentIds.shape);
  const columns = x.shape.slice(segmentIds.shape.length);
  const out = host.output([numSegments, ...columns]);
  host.compute.segmentSum(
    host.address(x),
    host.address(segmentIds),
    host.address(out),
    rows,
    util.sizeFromShape(columns),
    numSegments,
  );
  return out;
}
