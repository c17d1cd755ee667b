// Writes the claim of every law into the tables of docs/laws.md: `tsx scripts/writeLaws.ts`. A spec holds the file to it.

import { readFileSync, writeFileSync } from "node:fs";
import { writeClaims } from "./writeClaims.ts";

const FILE = "docs/laws.md";

writeFileSync(FILE, writeClaims(readFileSync(FILE, "utf8")));
