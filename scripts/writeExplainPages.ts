// Writes docs/causes and docs/laws: a page for each cause and law from what the code says of it, with a picture of a
// reported bug where there is one. `npm run explain-pages`

import { mkdir, writeFile } from "node:fs/promises";
import { isNamed, type ReportedBug, readReportedBugs } from "../specs/failure-modes/reportedBugs.ts";
import { examine } from "../src/judging/examine.ts";
import { trainAndDiagnose } from "../src/judging/trainAndDiagnose.ts";
import { parseConfig } from "../src/learning/config/parseConfig.ts";
import { startEngine } from "../src/learning/engine/startEngine.ts";
import { createSubject } from "../src/learning/subject/createSubject.ts";
import { describeBug, describePage } from "../src/report/explain/describePage.ts";
import { explainAll } from "../src/report/explain/explain.ts";
import { drawLines } from "../src/report/html/chart/drawing.ts";
import { errorChart, type ShownRun } from "../src/report/html/runCharts.ts";

const engine = await startEngine({ name: "wasm" });

/** A reported bug that shows a cause, with the laws that its broken program breaks. */
interface Shown {
  readonly bug: ReportedBug;
  readonly cause: string;
  readonly brokenLaws: readonly string[];
}

async function showBug(bug: ReportedBug): Promise<Shown | null> {
  const config = parseConfig(bug.broken);
  const { thresholds } = config;
  const subject = await createSubject(config);
  const examination = await examine(subject, { thresholds, bitExact: engine.bitExact });
  const cause = examination.findings[0]?.cause ?? null;
  const { run } = examination;
  if (cause === null || !isNamed(bug, { cause })) return null;
  const broken: ShownRun = { name: "broken", subject, run, tone: "broken" };
  await writeFile(`docs/causes/${cause}.svg`, `${drawLines(await chartOf(broken, bug))}\n`);
  const brokenLaws = examination.laws.filter(({ holds }) => !holds).map(({ name }) => name);
  return { bug, cause, brokenLaws };
}

async function chartOf(broken: ShownRun, { mended }: ReportedBug) {
  const subject = await createSubject(parseConfig(mended));
  const { run } = await trainAndDiagnose(subject, parseConfig(mended));
  const steps = Math.max(subject.steps, broken.subject.steps);
  return errorChart([broken, { name: "corrected", subject, run, tone: "cured" }], steps);
}

for (const folder of ["docs/causes", "docs/laws"]) await mkdir(folder, { recursive: true });
const shown = new Map<string, Shown>();
for (const bug of readReportedBugs()) {
  const [wanted] = bug.causes;
  if (wanted === undefined || shown.has(wanted)) continue;
  const one = await showBug(bug);
  if (one?.cause === wanted) shown.set(wanted, one);
}
for (const explained of explainAll()) {
  const { name, kind } = explained;
  const one =
    kind === "cause"
      ? shown.get(name)
      : [...shown.values()].find(({ brokenLaws }) => brokenLaws.includes(name));
  const picture = kind === "cause" ? `${name}.svg` : `../causes/${one?.cause}.svg`;
  const run = one ? describeBug({ ...one.bug, picture }) : "";
  await writeFile(`docs/${kind}s/${name}.md`, describePage(explained) + run);
}
process.stdout.write(`${explainAll().length} pages, ${shown.size} pictures\n`);
