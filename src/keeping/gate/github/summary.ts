import { printConfigChanges } from "../configChanges.ts";
import { curvesOf, plotCurves } from "../curve.ts";
import type { GateChange, GatedSubject } from "../gatedSubject.ts";
import { type GateResult, stateOf } from "../gateResult.ts";
import { cut, LONGEST_COMMAND } from "../plain.ts";
import { capsuleLine, headline, printChance, printLearning, printSides, replayLine } from "../words.ts";
import { fitMarkdown, type MarkdownPart } from "./fitMarkdown.ts";
import { entities, inlineCode } from "./markdown.ts";

const SIGN = { regressed: "❌", improved: "✅", holds: "✅", new: "🆕", notice: "ℹ️" } as const;

/** GitHub drops a job summary of more than 1 MiB whole. */
export const MOST_SUMMARY_BYTES = 1024 ** 2 - 1024;

/** The longest name that a summary shows whole: a file's, with its folders. */
const LONGEST_NAME = 300;

/**
 * A run of the gate as Markdown, for the job summary, the comment and a file. Whatever comes from a file
 * name or a config is escaped and cut.
 *
 * @param most bytes; what does not fit is left out by the line, and counted.
 */
export function summarise(result: GateResult, most: number = MOST_SUMMARY_BYTES): string {
  const regressed = result.subjects.filter((subject) => stateOf(subject) === "regressed");
  return fitMarkdown(
    `## ${SIGN[result.passed ? "holds" : "regressed"]} ${headline(result)}`,
    [
      subjectTable(result.subjects),
      ...changeTable(result),
      ...regressed.flatMap(regression),
      replayLines(result),
    ],
    most,
  );
}

/** Builds the table with regressed subjects first, so that they remain if the table is cut. */
function subjectTable(subjects: readonly GatedSubject[]): MarkdownPart {
  const rank = (subject: GatedSubject) => (stateOf(subject) === "regressed" ? 0 : 1);
  const lines = subjects
    .toSorted((a, b) => rank(a) - rank(b))
    .map((subject) => {
      const state = stateOf(subject);
      const names = [subject.name, subject.configFile].map(nameCode);
      return row([`${SIGN[state]} ${state}`, ...names, printLearning(subject.measurements)]);
    });
  return { what: "subjects", before: head(["verdict", "subject", "config", "now"]), lines };
}

function changeTable({ changes, subjects }: GateResult): MarkdownPart[] {
  if (subjects.every(({ baseline }) => !baseline)) return [];
  const what = "changes";
  if (changes.length === 0) return [{ what, before: "Nothing changed against the baseline.", lines: [] }];
  const columns = head(["", "subject", "what", "baseline", "now", "by chance"]);
  return [{ what, before: `### Against the baseline\n\n${columns}`, lines: changes.map(changeRow) }];
}

function changeRow(change: GateChange): string {
  const { kind, subject, metric } = change;
  const sides = printSides(change).map(inlineCode);
  return row([`${SIGN[kind]} ${kind}`, nameCode(subject), metric.title, ...sides, printChance(change)]);
}

function regression(subject: GatedSubject): MarkdownPart[] {
  const what = "loss curves";
  const curves = `### Loss of ${nameCode(subject.name)}, first seed\n\n\`\`\`text\n${plotCurves(curvesOf(subject))}\n\`\`\``;
  const { fields, rest } = printConfigChanges(subject.configChanges);
  const lines = fields.map(
    ({ field, baseline, now }) => `- ${inlineCode(field)}: ${inlineCode(baseline)} → ${inlineCode(now)}`,
  );
  if (rest !== null) lines.push(`- ${rest}`);
  return [
    { what, lines: [curves] },
    ...(lines.length > 0
      ? [{ what: "changed fields", before: "Its config is not the baseline's:\n\n", lines }]
      : []),
  ];
}

function replayLines({ kept, subjects, engine }: GateResult): MarkdownPart {
  const commands = [...kept.map(capsuleLine), ...subjects.map((subject) => replayLine(subject, engine))];
  const lines = commands.map((command) => entities(cut(command, LONGEST_COMMAND)));
  return { what: "commands", before: "### Replay\n\n<pre>", lines, after: "</pre>" };
}

function nameCode(name: string): string {
  return inlineCode(cut(name, LONGEST_NAME));
}

function head(columns: readonly string[]): string {
  return `${row(columns)}\n${row(columns.map(() => "---"))}\n`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
