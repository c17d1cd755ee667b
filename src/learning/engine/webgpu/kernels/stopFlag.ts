// A flag on the GPU says that a loss was NaN or infinite. WGSL may take it for granted that no number is NaN, so the
// loss is looked at as the bits it consists of: a number is finite unless all bits of its exponent are set.
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { QueuedBackend } from "../queuedBackend.ts";
import { GROUP, groupsFor } from "./workgroups.ts";

/** Sets the flag if a float32 scalar is not finite. */
export function flagUnlessFinite(backend: QueuedBackend, flag: TensorInfo, value: TensorInfo): void {
  backend.compute({ key: "learnproof/flagUnlessFinite", code: FLAG, workgroups: 1 }, [flag], [value]);
}

/** Returns `next`, or once the flag is set `former`; both are float32 and not empty. */
export function unlessFlagged(
  backend: QueuedBackend,
  flag: TensorInfo,
  next: TensorInfo,
  former: TensorInfo,
): TensorInfo {
  const output = backend.makeTensorInfo(next.shape, "float32");
  const program = { key: "learnproof/unlessFlagged", code: CHOICE, workgroups: groupsFor(next.shape) };
  backend.compute(program, [output], [next, former, flag]);
  return output;
}

const FLAG = `
  @group(0) @binding(0) var<storage, read_write> flag: array<u32>;
  @group(0) @binding(1) var<storage, read> bits: array<u32>;
  @compute @workgroup_size(1)
  fn main() {
    if ((bits[0] & 0x7f800000u) == 0x7f800000u) { flag[0] = 1u; }
  }`;

/** Copies bits, so that a NaN is copied as it is. */
const CHOICE = `
  @group(0) @binding(0) var<storage, read_write> output: array<u32>;
  @group(0) @binding(1) var<storage, read> next: array<u32>;
  @group(0) @binding(2) var<storage, read> former: array<u32>;
  @group(0) @binding(3) var<storage, read> flag: array<u32>;
  @compute @workgroup_size(${GROUP})
  fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
    for (var i = id.x; i < arrayLength(&next); i += groups.x * ${GROUP}u) {
      if (flag[0] == 0u) { output[i] = next[i]; } else { output[i] = former[i]; }
    }
  }`;
