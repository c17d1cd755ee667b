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
    head: ["", "law", "claim", "measured", "threshold"],
    style: { head: [], border: [] },
    colAligns: ["left", "left", "left", "right", "right"],
  });
  for (const law of laws) {
    const mark = law.holds ? pc.green("holds") : pc.red("BROKEN");
    table.push([mark, law.name, law.claim, printNumber(law.measured), printNumber(law.threshold)]);
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
