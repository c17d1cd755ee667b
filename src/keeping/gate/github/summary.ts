import { plotCurves } from "../curve.ts";
import { curvesOf } from "../describeGate.ts";
import type { GatedSubject } from "../gatedSubject.ts";
import { type GateResult, stateOf } from "../gateResult.ts";
import {
  capsuleLine,
  headline,
  printChance,
  printLearning,
  printSide,
  replayLine,
  titleOf,
} from "../words.ts";
import { block, inlineCode } from "./markdown.ts";

const SIGN = { regressed: "❌", improved: "✅", holds: "✅", new: "🆕", notice: "ℹ️" } as const;

/**
 * A run of the gate as Markdown, for the job summary, the comment and a file. Whatever comes from a file
 * name or a config is escaped.
 */
export function summarise(result: GateResult): string {
  return [
    `## ${SIGN[result.passed ? "holds" : "regressed"]} ${headline(result)}`,
    subjectTable(result.subjects),
    ...changeTable(result),
    ...result.subjects.filter((subject) => stateOf(subject) === "regressed").flatMap(regression),
    "### Replay",
    block([
      ...result.kept.map(capsuleLine),
      ...result.subjects.map((subject) => replayLine(subject, result.engine)),
    ]),
    "",
  ].join("\n\n");
}

function subjectTable(subjects: readonly GatedSubject[]): string {
  const rows = subjects.map((subject) => {
    const state = stateOf(subject);
    const names = [subject.name, subject.configFile].map(inlineCode);
    return row([`${SIGN[state]} ${state}`, ...names, printLearning(subject)]);
  });
  return [row(["verdict", "subject", "config", "now"]), row(["---", "---", "---", "---"]), ...rows].join(
    "\n",
  );
}

function changeTable({ changes, subjects }: GateResult): string[] {
  if (subjects.every(({ baseline }) => !baseline)) return [];
  if (changes.length === 0) return ["Nothing changed against the baseline."];
  const rows = changes.map((change) => {
    const { kind, subject, metric, baseline, now } = change;
    const sides = [baseline, now].map((side) => inlineCode(printSide(metric, side)));
    return row([
      `${SIGN[kind]} ${kind}`,
      inlineCode(subject),
      titleOf(metric),
      ...sides,
      printChance(change),
    ]);
  });
  const head = ["", "subject", "what", "baseline", "now", "by chance"];
  return ["### Against the baseline", [row(head), row(head.map(() => "---")), ...rows].join("\n")];
}

function regression(subject: GatedSubject): string[] {
  const fields = subject.configChanges.map(
    ({ field, baseline, now }) =>
      `- ${inlineCode(field)}: ${inlineCode(String(baseline))} → ${inlineCode(String(now))}`,
  );
  return [
    `### Loss of ${inlineCode(subject.name)}, first seed`,
    `\`\`\`text\n${plotCurves(curvesOf(subject))}\n\`\`\``,
    ...(fields.length > 0 ? ["Its config is not the baseline's:", fields.join("\n")] : []),
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
