import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { QueuedBackend } from "../queuedBackend.ts";
import { GROUP, groupsFor } from "./workgroups.ts";

const CODE = `
  @group(0) @binding(0) var<storage, read_write> dx: array<f32>;
  @group(0) @binding(1) var<storage, read> dy: array<f32>;
  @group(0) @binding(2) var<storage, read> x: array<f32>;
  @compute @workgroup_size(${GROUP})
  fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
    for (var i = id.x; i < arrayLength(&dx); i += groups.x * ${GROUP}u) {
      dx[i] = select(0.0, dy[i], x[i] > 0.0);
    }
  }`;

/** Computes `dy` where `x` is positive, otherwise 0; both float32, of one shape. */
export function reluGradient(
  backend: QueuedBackend,
  { dy, x }: { readonly dy: TensorInfo; readonly x: TensorInfo },
): TensorInfo {
  const dx = backend.makeTensorInfo(x.shape, "float32");
  const workgroups = groupsFor(x.shape);
  backend.compute({ key: "learnproof/reluGradient", code: CODE, workgroups }, [dx], [dy, x]);
  return dx;
}
