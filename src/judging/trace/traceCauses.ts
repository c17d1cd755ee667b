// The causes that a trace alone can show. What needs the model or the data is left to `check`.

import { largestOf } from "../../foundation/numbers/extremes.ts";
import { percent, printNumber } from "../../foundation/print/printNumber.ts";
import type { CauseName } from "../diagnosis/causes.ts";
import type { TraceLine } from "./traceLine.ts";

/** A cause that a trace can show. */
interface TraceCause {
  readonly name: CauseName;
  /** Whether a line has what the cause is seen by. */
  needs(line: TraceLine): boolean;
  /** The evidence in one sentence; null where there is none. */
  find(trace: readonly TraceLine[]): string | null;
}

type Layer = NonNullable<TraceLine["layers"]>[number];

const has = (field: keyof Layer) => (line: TraceLine) =>
  line.layers?.some((layer) => layer[field] != null) ?? false;

/** A network with nine of ten units dead passes next to nothing on. */
const DEAD = 0.9;
/** Updates that change weights by a tenth a step overshoot; a thousandth is usual. */
const FAST = 0.1;
/** At this rate ten thousand steps move the weights by a tenth. */
const SLOW = 1e-5;
/** Healthy layers differ in their gradients by less than a thousandfold. */
const VANISHED = 1e-3;
/** A gradient that grows a thousandfold within a run explodes. */
const EXPLODED = 1e3;
/** A loss that fell by this share in the last quarter has not settled. */
const FALLING = 0.05;
/** The last quarter begins at this share of the steps. */
const SETTLED = 0.75;

/** Every cause that a trace can show, the most certain first. */
export const TRACE_CAUSES: readonly TraceCause[] = [
  {
    name: "dead-relu-units",
    needs: has("deadFraction"),
    find: (trace) => {
      const worst = most(lastLayers(trace), "deadFraction");
      if (!worst || worst.value < DEAD) return null;
      return `${percent(worst.value)} of the units of ${worst.layer} are 0 for every example`;
    },
  },
  {
    name: "no-updates",
    needs: has("updateRatio"),
    find: (trace) => {
      const ratios = all(trace, "updateRatio");
      return ratios.length > 0 && ratios.every((ratio) => ratio === 0)
        ? "no update changed any weight"
        : null;
    },
  },
  {
    name: "exploding-gradients",
    needs: has("gradientNorm"),
    find: (trace) => {
      const norms = all(trace, "gradientNorm");
      const usual = median(norms);
      const largest = Math.max(0, largestOf(norms));
      if (usual === 0 || largest < EXPLODED * usual) return null;
      return `a gradient had a norm of ${printNumber(largest)}, where ${printNumber(usual)} is usual`;
    },
  },
  {
    name: "learning-rate-too-high",
    needs: has("updateRatio"),
    find: (trace) => {
      const ratio = median(all(trace, "updateRatio"));
      const rises = lossOf(trace.at(-1)) > lossOf(trace[0]);
      return ratio > FAST && rises
        ? `an update changes weights by ${percent(ratio)} of their size, and the loss rose`
        : null;
    },
  },
  {
    name: "vanishing-gradients",
    needs: has("gradientNorm"),
    find: (trace) => {
      const layers = lastLayers(trace).filter((layer) => layer.gradientNorm != null);
      const first = layers[0]?.gradientNorm ?? 0;
      const last = layers.at(-1)?.gradientNorm ?? 0;
      if (layers.length < 2 || last === 0 || first > VANISHED * last) return null;
      return `the gradient of ${layers[0]?.layer} is ${printNumber(first / last)} times that of ${layers.at(-1)?.layer}`;
    },
  },
  {
    name: "learning-rate-too-low",
    needs: has("updateRatio"),
    find: (trace) => {
      const ratio = median(all(trace, "updateRatio"));
      return ratio > 0 && ratio < SLOW
        ? `an update changes weights by ${printNumber(ratio)} of their size`
        : null;
    },
  },
  {
    name: "too-few-steps",
    needs: () => true,
    find: (trace) => {
      const last = trace.at(-1);
      const earlier = trace.filter(({ step }) => step <= SETTLED * (last?.step ?? 0)).at(-1);
      const [from, to] = [lossOf(earlier), lossOf(last)];
      if (trace.length < 8 || !(from > 0) || to > (1 - FALLING) * from) return null;
      return `the loss still fell from ${printNumber(from)} at step ${earlier?.step} to ${printNumber(to)} at step ${last?.step}`;
    },
  },
];

/** Finds the causes for which a trace has evidence. */
export function findTraceCauses(
  trace: readonly TraceLine[],
): { readonly name: CauseName; readonly evidence: string }[] {
  return TRACE_CAUSES.flatMap(({ name, find }) => {
    const evidence = find(trace);
    return evidence === null ? [] : [{ name, evidence }];
  });
}

function lastLayers(trace: readonly TraceLine[]): readonly Layer[] {
  return trace.filter(({ layers }) => layers && layers.length > 0).at(-1)?.layers ?? [];
}

function most(layers: readonly Layer[], field: "deadFraction"): { layer: string; value: number } | null {
  const values = layers.flatMap((layer) =>
    layer[field] == null ? [] : [{ layer: layer.layer, value: layer[field] }],
  );
  return values.sort((a, b) => b.value - a.value)[0] ?? null;
}

function all(trace: readonly TraceLine[], field: "updateRatio" | "gradientNorm"): number[] {
  return trace.flatMap(({ layers }) => (layers ?? []).flatMap((layer) => layer[field] ?? []));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

function lossOf(line: TraceLine | undefined): number {
  return line?.loss ?? Number.POSITIVE_INFINITY;
}
