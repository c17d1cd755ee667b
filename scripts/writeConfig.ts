// Writes what docs/config.md says of every field from the schema that checks a config: `tsx scripts/writeConfig.ts`. A
// spec holds the file to it.

import { readFileSync, writeFileSync } from "node:fs";
import { describeConfig } from "./config/describeConfig.ts";

const FILE = "docs/config.md";

const text = readFileSync(FILE, "utf8");
writeFileSync(
  FILE,
  text.replace(/<!-- fields -->[\s\S]*<!-- end -->/, () => describeConfig()),
);
