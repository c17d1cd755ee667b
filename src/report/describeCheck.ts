import Table from "cli-table3";
import pc from "picocolors";
import type { Check } from "../law/checkLaws.ts";
import { describeVerdict } from "./describeRun.ts";
import { printNumber } from "./printNumber.ts";

/**
 * A check as a table of laws for a terminal, verdict first.
 *
 * @param report path of the HTML report, null where none could be written.
 */
export function describeCheck({ verdict, laws, holds }: Check, report: string | null): string {
  const table = new Table({
    head: ["", "law", "measured", "must be", "what"],
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
    colAligns: ["left", "left", "right", "right", "left"],
  });
  for (const law of laws) {
    const mark = law.holds ? pc.green("holds") : pc.red("BROKEN");
    table.push([
      mark,
      law.name,
      printNumber(law.measured),
      `${law.bound} ${printNumber(law.threshold)}`,
      law.claim,
    ]);
  }
  const broken = laws.filter((law) => !law.holds);
  const summary = holds
    ? `All ${laws.length} laws hold.`
    : `${broken.length} of ${laws.length} laws broken: ${broken.map(({ name }) => name).join(", ")}.`;
  return [
    pc.bold(describeVerdict(verdict)),
    table.toString(),
    summary,
    ...(report === null ? [] : [`Report: ${report}`]),
  ].join("\n");
}
