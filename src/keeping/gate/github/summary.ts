import { printConfigChanges } from "../configChanges.ts";
import { curvesOf, plotCurves } from "../curve.ts";
import type { GateChange, GatedSubject } from "../gatedSubject.ts";
import { type GateResult, stateOf, tableOf } from "../gateResult.ts";
import { cut, LONGEST_COMMAND } from "../plain.ts";
import {
  COLUMNS,
  capsuleLine,
  headline,
  printExpected,
  printLearning,
  printPromise,
  printRow,
  printSides,
  printSuspicion,
  replayLine,
} from "../words.ts";
import { fitMarkdown, type MarkdownPart } from "./fitMarkdown.ts";
import { entities, inlineCode } from "./markdown.ts";

const SIGN = { regressed: "❌", improved: "✅", holds: "✅", new: "🆕", notice: "ℹ️", unclear: "❔" } as const;

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
      ...changeNotes(result),
      ...wholeTable(result),
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

/** What changed, in a line each, and what its reader should know of it. */
function changeNotes(result: GateResult): MarkdownPart[] {
  const { changes, subjects, reason } = result;
  const what = "changes";
  const suspicion = printSuspicion(result);
  const notes = [
    ...(reason === null ? [] : [`Reason for the new baselines: ${inlineCode(reason)}`]),
    ...(suspicion === null ? [] : [suspicion]),
    ...subjects.flatMap((subject) => {
      const expected = printExpected(subject);
      return expected === null ? [] : [`${nameCode(subject.name)}: ${expected}.`];
    }),
  ];
  if (subjects.every(({ baseline }) => !baseline)) return notes.length > 0 ? [{ what, lines: notes }] : [];
  if (changes.length === 0) notes.unshift("Nothing changed against the baseline.");
  return [{ what, lines: [...notes, ...changes.map(changeLine)] }];
}

function changeLine(change: GateChange): string {
  const { kind, subject, metric } = change;
  return `- ${SIGN[kind]} ${kind}: ${nameCode(subject)}, ${metric.title} ${printSides(change).map(inlineCode).join(" → ")}`;
}

function wholeTable(result: GateResult): MarkdownPart[] {
  const rank = { regressed: 0, improved: 1, notice: 2, unclear: 3, holds: 4 } as const;
  const rows = tableOf(result).toSorted((a, b) => rank[a.kind] - rank[b.kind]);
  if (rows.length === 0) return [];
  const lines = rows.map((compared) =>
    row([`${SIGN[compared.kind]} ${compared.kind}`, nameCode(compared.subject), ...printRow(compared)]),
  );
  const before = `### Every metric against the baseline\n\n${printPromise(result)}\n\n${head(["", "subject", ...COLUMNS])}`;
  return [{ what: "metrics", before, lines }];
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
