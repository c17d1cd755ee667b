import { type Tensor, tidy } from "@tensorflow/tfjs-core";
import { constraintOf } from "../layers/weightRules.ts";
import { runGraph } from "./runGraph.ts";
import type { TracedGraph, TracedWeight } from "./tracedGraph.ts";

/** Reads the rule that a weight of a traced layer keeps after every update. */
export function tracedConstraint({
  class_name: kind,
  config,
}: NonNullable<TracedWeight["constraint"]>): ReturnType<typeof constraintOf> {
  if (kind !== "Traced") return constraintOf(kind, config as Record<string, unknown>);
  const apply = (weight: Tensor) =>
    tidy(() => runGraph(config as TracedGraph, [weight]).outputs[0] as Tensor);
  return { apply } as unknown as ReturnType<typeof constraintOf>;
}
