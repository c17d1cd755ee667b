import Table from "cli-table3";
import pc from "picocolors";
import { printNumber } from "../../foundation/print/printNumber.ts";
import type { Ladder, Rung } from "../../judging/ladder/climbLadder.ts";
import type { AlphaSweep } from "../../judging/ladder/sweepAlpha.ts";
import { describeDiagnosis } from "./describeDiagnosis.ts";
import { describeVerdict } from "./describeRun.ts";

/** A ladder as a table for a terminal. */
export function describeLadder({ rungs, verdict, generalises, needed, findings }: Ladder): string {
  const table = new Table({
    head: ["examples", "verdict", "steps", "loss", "Var(Ŷ)/Var(Y)", "width", "layers"],
    style: { head: [], border: [] },
    colAligns: ["right", "left", "right", "right", "right", "right", "right"],
  });
  for (const { examples, verdict: of, steps, loss, varianceRatio, width, layers } of rungs) {
    const word = of === "learns" ? pc.green(of) : pc.red(of);
    table.push([
      examples,
      word,
      steps,
      printNumber(loss),
      printNumber(varianceRatio),
      `× ${width}`,
      `+ ${layers}`,
    ]);
  }
  return [
    table.toString(),
    ...rungs.flatMap(describeOdd),
    pc.bold(describeVerdict(verdict)),
    ...(generalises === null
      ? []
      : [generalises ? "It predicts held-out examples." : "It does not predict held-out examples."]),
    describeCapacity(needed.width, needed.layers, rungs.at(-1)?.verdict === "learns"),
    ...(findings.length > 0 ? [describeDiagnosis(findings)] : []),
  ].join("\n");
}

function describeOdd({ odd }: Rung): string[] {
  return odd.map(({ example, reason }) => `odd: example ${example}: ${reason}`);
}

function describeCapacity(width: number, layers: number, climbed: boolean): string {
  if (!climbed) return "Capacity is not the cause: neither width nor depth climbed the last rung.";
  if (width === 1 && layers === 0) return "Its capacity is enough.";
  return `It needed ${width} times the width${layers > 0 ? ` and ${layers} more layer` : ""}.`;
}

/** A sweep over α as a table for a terminal. */
export function describeAlphas({ alphas, best, helps }: AlphaSweep): string {
  const table = new Table({
    head: ["alpha", "verdict", "error"],
    style: { head: [], border: [] },
    colAligns: ["right", "left", "right"],
  });
  for (const { alpha, verdict, error } of alphas) table.push([alpha, verdict, printNumber(error)]);
  const sentence =
    best === null
      ? "No alpha makes it learn."
      : helps
        ? `alpha ${best} is best.`
        : `The logarithmic term does not help: alpha 0, plain mse, is as good as any (best ${best}).`;
  return `${table.toString()}\n${sentence}`;
}
