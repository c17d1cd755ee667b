// Writes docs/commands.md's table of commands from the list that the command line is made from:
// `tsx scripts/writeCommands.ts`. A spec holds the file to it.

import { readFileSync, writeFileSync } from "node:fs";
import { describeCommands } from "./describeCommands.ts";

const FILE = "docs/commands.md";

const text = readFileSync(FILE, "utf8");
writeFileSync(FILE, text.replace(/<!-- commands -->[\s\S]*<!-- end -->/, describeCommands()));
