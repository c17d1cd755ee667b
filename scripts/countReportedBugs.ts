// Asks for the cause of every reported bug, and of its mended program: `npm run reported-bugs`. The counts are those of
// the README; it ends with exit code 1 where fewer than nine in ten are named, or a mended program is accused or not learnt.

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
