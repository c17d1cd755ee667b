// Writes a page of every reported bug, before and after: `npm run gallery [FILE]`. It trains them all, which takes
// minutes.

import { type ReportedBug, readReportedBugs } from "../specs/failure-modes/reportedBugs.ts";
import { writeWhole } from "../src/foundation/files/writeWhole.ts";
import { trainAndDiagnose } from "../src/judging/trainAndDiagnose.ts";
import { parseConfig } from "../src/learning/config/parseConfig.ts";
import { startEngine } from "../src/learning/engine/startEngine.ts";
import { createSubject } from "../src/learning/subject/createSubject.ts";
import { renderCards } from "../src/report/html/renderCards.ts";
import { portrayRun, type RunCard } from "../src/report/html/runCard.ts";

const [file = "learnproof-gallery.html"] = process.argv.slice(2);
const engine = await startEngine({ name: "wasm" });

async function train(written: object) {
  const config = parseConfig(written);
  const subject = await createSubject(config);
  const outcome = await trainAndDiagnose(subject, config);
  return { findings: outcome.findings, portrait: portrayRun(subject, outcome) };
}

async function drawBug({ name, report, source, broken, mended }: ReportedBug): Promise<RunCard> {
  const before = await train(broken);
  const after = await train(mended);
  const [cause] = before.findings;
  return {
    title: name,
    isWell: false,
    lines: [report, `Source: ${source}.`],
    run: before.portrait,
    cause: cause ? { name: cause.cause, evidence: cause.evidence } : null,
    cure: `The corrected program: ${after.portrait.verdict}. ${after.portrait.error}`,
    cured: after.portrait,
  };
}

const groups = new Map<string, RunCard[]>();
const bugs = readReportedBugs();
for (const [index, bug] of bugs.entries()) {
  const fault = bug.fault.replaceAll("-", " ");
  groups.set(fault, [...(groups.get(fault) ?? []), await drawBug(bug)]);
  process.stderr.write(`${index + 1} of ${bugs.length}: ${bug.name}\n`);
}
const heading = {
  headline: "Reported bugs, before and after",
  lead: `${bugs.length} programs that people reported or that were made up after reports, each broken and corrected, trained on ${engine.name}.`,
  about: ["gallery"],
};
await writeWhole(
  file,
  renderCards(
    heading,
    [...groups].map(([title, cards]) => ({ title, cards })),
  ),
);
process.stdout.write(`${file}\n`);
