import { EarlyStopping } from "@tensorflow/tfjs-layers";
import type { ReadCall } from "./readFit.ts";

/** What `tf.callbacks.earlyStopping` keeps of its arguments. */
interface Stopping {
  readonly monitor: string;
  readonly mode: string;
  readonly patience: number;
  readonly minDelta: number;
  readonly baseline?: number;
}

const MONITORS: Readonly<Record<string, "heldOutLoss" | "loss" | "heldOutAccuracy" | "accuracy">> = {
  val_loss: "heldOutLoss",
  loss: "loss",
  val_acc: "heldOutAccuracy",
  val_accuracy: "heldOutAccuracy",
  acc: "accuracy",
  accuracy: "accuracy",
};

/** Reads callbacks: early stopping acts in a run here as it does there, and whatever only looks on is left out. */
export function readCallbacks(callbacks: unknown): Pick<ReadCall, "earlyStopping" | "leftOut"> {
  const all = Array.isArray(callbacks) ? callbacks : [callbacks];
  const stopping = all.find((one) => one instanceof EarlyStopping) as unknown as Stopping | undefined;
  if (stopping === undefined) return { earlyStopping: null, leftOut: [] };
  const { mode, patience, minDelta, baseline } = stopping;
  const monitor = MONITORS[stopping.monitor];
  if (monitor === undefined)
    return { earlyStopping: null, leftOut: [`early stopping by ${stopping.monitor}`] };
  return {
    earlyStopping: {
      monitor,
      ...(mode !== "auto" && { mode: mode as "min" | "max" }),
      patience: Math.max(1, patience),
      minDelta: Math.abs(minDelta),
      ...(baseline !== undefined && baseline !== null && { baseline }),
    },
    leftOut: [],
  };
}
