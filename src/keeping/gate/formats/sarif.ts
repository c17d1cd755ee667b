import { configLine } from "../configLine.ts";
import type { GateChange, GatedSubject } from "../gatedSubject.ts";
import type { GateResult } from "../gateResult.ts";
import { plain } from "../plain.ts";
import { printChance, printSides } from "../words.ts";

const LEVEL = { regressed: "error", improved: "note", notice: "note" } as const;

/**
 * A run of the gate as SARIF 2.1.0, which code scanning shows beside the line of the config that changed.
 *
 * @param readText gives the text of a config file, or null if it cannot be read.
 */
export function sarifOf(result: GateResult, readText: (file: string) => string | null): string {
  const bySubject = new Map(result.subjects.map((subject) => [subject.name, subject]));
  const titles = new Map(result.changes.map(({ metric }) => [metric.name, metric.title]));
  const rules = [...titles].map(([name, title]) => ({ id: name, shortDescription: { text: title } }));
  const results = result.changes.map((change) => ({
    ruleId: change.metric.name,
    level: change.suspicious ? "warning" : LEVEL[change.kind],
    message: { text: describe(change) },
    locations: locate(bySubject.get(change.subject), readText),
  }));
  const runs = [{ tool: { driver: { name: "learnproof gate", rules } }, results }];
  const $schema = "https://json.schemastore.org/sarif-2.1.0.json";
  return `${JSON.stringify({ $schema, version: "2.1.0", runs }, null, 2)}\n`;
}

function describe(change: GateChange): string {
  const chance = printChance(change);
  const what = `${change.metric.title} ${change.kind === "notice" ? "changed" : change.kind}`;
  return `${plain(change.subject)}: ${what}, ${printSides(change).join(" → ")}${chance === "" ? "" : ` (${chance})`}`;
}

function locate(subject: GatedSubject | undefined, readText: (file: string) => string | null) {
  if (!subject) return [];
  const text = readText(subject.configFile);
  const field = subject.configChanges[0]?.field ?? "";
  const startLine = text === null ? 1 : configLine(text, field);
  return [
    {
      physicalLocation: {
        artifactLocation: { uri: encodeURI(subject.configFile) },
        region: { startLine },
      },
    },
  ];
}
