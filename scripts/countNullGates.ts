// Counts how many gates fail in which nothing got worse: `npm run null-gates [-- NUMBER [FIRST]]`, 10,000 from
// the first one if left out. They are
// drawn from the runs of the committed baselines. The exit code is 1 if more fail than the gate promises.

import { FALSE_ALARMS } from "../src/keeping/gate/comparing/plan.ts";
import { readBaselines } from "../src/keeping/gate/readBaselines.ts";
import { clopperPearson } from "./campaign/clopperPearson.ts";
import { runNullGate } from "./campaign/nullGates.ts";

const count = Number(process.argv[2] ?? 10_000);
const first = Number(process.argv[3] ?? 1);
const baselines = await readBaselines("fixtures/baselines", "wasm");
const pools = baselines.map(({ measurements }) => measurements);
const counts = { failed: 0, improved: 0 };
for (let index = first; index < first + count; index++) {
  const { subjects, regressed, improved } = await runNullGate(pools, index, FALSE_ALARMS);
  if (regressed.length > 0) counts.failed++;
  if (improved.length > 0) counts.improved++;
  if (regressed.length > 0)
    process.stdout.write(`gate ${index} of ${subjects} subjects fails: ${regressed.join(", ")}\n`);
}
const { high } = clopperPearson(counts.failed, count);
process.stdout.write(
  `${counts.failed} of ${count} null gates fail (at most ${high.toExponential(1)} of all, with 95 % confidence), ${counts.improved} claim an improvement\n`,
);
process.exitCode = counts.failed > Math.max(1, count * FALSE_ALARMS) ? 1 : 0;
