// Writes the JSON Schema of a config: `tsx scripts/writeSchema.ts FILE`. Editors use it to complete and check a config
// that contains `"$schema": "./node_modules/learnproof/dist/config.schema.json"`.

import { writeFileSync } from "node:fs";
import { createJsonSchema } from "../src/learning/config/jsonSchema.ts";

const [file] = process.argv.slice(2);
if (file === undefined) throw new RangeError("writeSchema: must be given the file to write");
writeFileSync(file, `${JSON.stringify(createJsonSchema())}\n`);
