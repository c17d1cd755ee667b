import { engine, type Tensor, type TensorInfo, tensor1d, type Variable } from "@tensorflow/tfjs-core";
import type { DeferredReads } from "../deferredReads.ts";
import { flagUnlessFinite, unlessFlagged } from "./kernels/stopFlag.ts";
import type { QueuedBackend } from "./queuedBackend.ts";

/** Deeper queues gain little: the wait for one reading in eight is shorter than the eight steps. */
const MOST_DEFERRED = 8;

/** Defers the readings of one run on a GPU, with a flag of its own. */
export function guardedReads(backend: QueuedBackend): DeferredReads {
  const flag = tensor1d([0], "int32");
  return {
    most: MOST_DEFERRED,
    guard(variables, work) {
      const olds = variables.map((variable) => ({ variable, old: variable.clone() }));
      try {
        return backend.flaggedBy(flag, work);
      } finally {
        for (const { variable, old } of olds) {
          if (!backend.isGuarded(variable, old)) restoreIfFlagged(backend, flag, variable, old);
          old.dispose();
        }
      }
    },
    watch: (loss) => flagUnlessFinite(backend, flag, loss),
    read: (tensor) => backend.readLater(tensor),
    submit: () => backend.submitQueue(),
    dispose: () => flag.dispose(),
  };
}

function restoreIfFlagged(backend: QueuedBackend, flag: TensorInfo, variable: Variable, old: Tensor): void {
  if (variable.dataId === old.dataId) return;
  const info = unlessFlagged(backend, flag, variable, old);
  const value = engine().makeTensorFromTensorInfo(info);
  variable.assign(value);
  value.dispose();
}
