import { createPalette } from "../../foundation/print/palette.ts";
import { printNumber } from "../../foundation/print/printNumber.ts";
import { printTable } from "../../foundation/print/printTable.ts";
import type { LawCheck } from "../../judging/law/checkLaws.ts";
import { describeVerdict } from "./describeRun.ts";

/**
 * A check as a table of laws for a terminal, verdict first.
 *
 * @param report path of the HTML report, null where none could be written.
 */
export function describeCheck({ verdict, laws, holds }: LawCheck, report: string | null): string {
  const palette = createPalette();
  const table = printTable({
    head: ["", "law", "measured", "must be", "what"],
    aligns: ["left", "left", "right", "right", "left"],
    rows: laws.map((law) => [
      law.holds ? palette.green("holds") : palette.red("BROKEN"),
      law.name,
      printNumber(law.measured),
      `${law.bound} ${printNumber(law.threshold)}`,
      law.claim,
    ]),
  });
  const broken = laws.filter((law) => !law.holds);
  const summary = holds
    ? `All ${laws.length} laws hold.`
    : `${broken.length} of ${laws.length} laws broken: ${broken.map(({ name }) => name).join(", ")}.`;
  return [
    palette.bold(describeVerdict(verdict)),
    table,
    summary,
    ...(report === null ? [] : [`Report: ${report}`]),
  ].join("\n");
}
