import { escapeText } from "../../../foundation/input/printable.ts";
import type { Comparison } from "../comparing/compare.ts";
import type { GatedSubject } from "../gatedSubject.ts";
import type { GateResult } from "../gateResult.ts";
import { printChance, printSides, replayLine } from "../words.ts";

/** A run of the gate as JUnit's XML, which most CI systems show: a suite for each subject, a case for each metric. */
export function junitOf({ subjects, engine, unchanged }: GateResult): string {
  const suites = [
    ...subjects.map((subject) => suiteOf(subject, engine)),
    ...unchanged.map((name) => skipped(name)),
  ];
  const failures = subjects.reduce((sum, { comparisons }) => sum + comparisons.filter(regressed).length, 0);
  const tests = subjects.reduce((sum, { comparisons }) => sum + comparisons.length, unchanged.length);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="learnproof gate" tests="${tests}" failures="${failures}">\n${suites.join("\n")}\n</testsuites>\n`;
}

const regressed = ({ kind }: Comparison) => kind === "regressed";

function suiteOf(subject: GatedSubject, engine: string): string {
  const { name, comparisons } = subject;
  const cases = comparisons.map((comparison) => caseOf(name, comparison, replayLine(subject, engine)));
  const failures = comparisons.filter(regressed).length;
  return `  <testsuite name="${attribute(name)}" tests="${comparisons.length}" failures="${failures}">\n${cases.join("\n")}\n  </testsuite>`;
}

function caseOf(subject: string, comparison: Comparison, replay: string): string {
  const { metric, kind } = comparison;
  const head = `    <testcase classname="${attribute(subject)}" name="${attribute(metric.title)}"`;
  if (kind !== "regressed") return `${head}/>`;
  const message = `${printSides(comparison).join(" → ")}, ${printChance(comparison)}`;
  return `${head}><failure message="${attribute(message)}">${attribute(`Replay: ${replay}`)}</failure></testcase>`;
}

/** A subject that was not measured, because nothing that it depends on changed. */
function skipped(name: string): string {
  const text = attribute(name);
  return `  <testsuite name="${text}" tests="1" failures="0" skipped="1">\n    <testcase classname="${text}" name="unchanged"><skipped/></testcase>\n  </testsuite>`;
}

/** Text that can stand anywhere in XML, which has no place for control characters. */
function attribute(text: string): string {
  return escapeText(text).replace(
    /[^\p{L}\p{N}\p{Zs}\p{P}\p{S}]|[&<>"']/gu,
    (character) => `&#${character.codePointAt(0)};`,
  );
}
