// Says what has to be mended before a version is published: `tsx scripts/checkRelease.ts TAG`; exit code 1 where there is
// something.

import { readFileSync } from "node:fs";
import { releaseFaults } from "./releaseFaults.ts";

const [tag] = process.argv.slice(2);
if (tag === undefined) throw new RangeError("checkRelease: must be given the tag");
const faults = releaseFaults({
  tag,
  manifest: JSON.parse(readFileSync("package.json", "utf8")),
  changelog: readFileSync("CHANGELOG.md", "utf8"),
});
for (const fault of faults) process.stderr.write(`release: ${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
