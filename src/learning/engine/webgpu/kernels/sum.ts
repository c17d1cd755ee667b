import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { RowSum } from "../../leadingAxes.ts";
import type { QueuedBackend } from "../queuedBackend.ts";
import { GROUP, MOST_GROUPS } from "./workgroups.ts";

/** Whether {@link sumRows} can add rows of so many values. */
export function canSumRows(columns: number): boolean {
  return columns / widthOf(columns) <= MOST_GROUPS;
}

/** How many columns a workgroup adds. */
function widthOf(columns: number): 1 | 4 {
  return columns % 4 === 0 ? 4 : 1;
}

/**
 * Adds the rows of a float32 matrix, as the gradient of a bias does; the stock kernel transposes first. A workgroup adds
 * four columns (its threads share the rows), or one where their number is no multiple of four.
 */
export function sumRows(backend: QueuedBackend, x: TensorInfo, { columns, shape }: RowSum): TensorInfo {
  const out = backend.makeTensorInfo(shape, "float32");
  const width = widthOf(columns);
  const workgroups = columns / width;
  backend.compute({ key: `learnproof/sumRows${width}`, code: programOf(width), workgroups }, [out], [x]);
  return out;
}

function programOf(width: 1 | 4): string {
  const type = width === 4 ? "vec4f" : "f32";
  return `
    @group(0) @binding(0) var<storage, read_write> out: array<${type}>;
    @group(0) @binding(1) var<storage, read> x: array<${type}>;
    var<workgroup> part: array<${type}, ${GROUP}>;
    @compute @workgroup_size(${GROUP})
    fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
      let columns = arrayLength(&out);
      let rows = arrayLength(&x) / columns;
      // Four sums of each thread, so that it waits for four readings at once.
      var a = ${type}();
      var b = ${type}();
      var c = ${type}();
      var d = ${type}();
      var row = thread;
      for (; row + ${3 * GROUP}u < rows; row += ${4 * GROUP}u) {
        a += x[row * columns + group.x];
        b += x[(row + ${GROUP}u) * columns + group.x];
        c += x[(row + ${2 * GROUP}u) * columns + group.x];
        d += x[(row + ${3 * GROUP}u) * columns + group.x];
      }
      for (; row < rows; row += ${GROUP}u) { a += x[row * columns + group.x]; }
      part[thread] = (a + b) + (c + d);
      for (var half = ${GROUP / 2}u; half > 0u; half /= 2u) {
        workgroupBarrier();
        if (thread < half) { part[thread] += part[thread + half]; }
      }
      if (thread == 0u) { out[group.x] = part[0]; }
    }`;
}
