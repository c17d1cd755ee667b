// Diagnoses every reported bug and its corrected program: `npm run reported-bugs`. The README quotes the counts. The
// exit code is 1 if fewer than nine in ten bugs are named, or if a corrected program is accused or does not learn.

import { ask, isNamed, readReportedBugs } from "../specs/failure-modes/reportedBugs.ts";
import { startEngine } from "../src/learning/engine/startEngine.ts";

const engine = await startEngine({ name: "wasm" });
const bugs = readReportedBugs();
const counts = { fails: 0, named: 0, learns: 0, accused: 0, unlearnt: 0 };
for (const bug of bugs) {
  const broken = await ask(bug.broken);
  const mended = await ask(bug.mended);
  const named = isNamed(bug, broken);
  if (bug.causes.length === 0) counts.learns++;
  else {
    counts.fails++;
    if (named) counts.named++;
  }
  if (mended.cause !== null) counts.accused++;
  if (mended.verdict !== "learns") counts.unlearnt++;
  process.stdout.write(
    `${named ? "as it should be" : "NAMED OTHERWISE"}  ${bug.name} (${bug.fault}): ${broken.verdict}, ${broken.cause ?? "no cause"}; mended: ${mended.verdict}, ${mended.cause ?? "no cause"}\n`,
  );
}
process.stdout.write(
  `${counts.named} of ${counts.fails} named; ${counts.learns} more learn all the same; of ${bugs.length} mended programs ${counts.accused} accused, ${counts.unlearnt} not learnt (${engine.name})\n`,
);
process.exitCode = counts.named >= 0.9 * counts.fails && counts.accused + counts.unlearnt === 0 ? 0 : 1;
