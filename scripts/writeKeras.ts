// Writes docs/keras-layers.md from the tables of what is translated: `tsx scripts/writeKeras.ts`. A spec holds the file
// to it.

import { writeFileSync } from "node:fs";
import { describeKeras } from "./describeKeras.ts";

writeFileSync("docs/keras-layers.md", describeKeras());
