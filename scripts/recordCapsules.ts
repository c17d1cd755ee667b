// Records every capsule of fixtures/capsules again, from its own config: `npm run capsules`. Use it when the training
// code has changed on purpose; the diff then shows what changed.

import { readdirSync, readFileSync } from "node:fs";
import { writeWhole } from "../src/foundation/files/writeWhole.ts";
import { createCapsule, printCapsule } from "../src/keeping/capsule/capsule.ts";
import { measureOutcome } from "../src/keeping/capsule/record.ts";
import { parseConfig } from "../src/learning/config/parseConfig.ts";
import { startEngine } from "../src/learning/engine/startEngine.ts";

const FOLDER = new URL("../fixtures/capsules/", import.meta.url);

const engine = await startEngine({ name: "wasm" });
for (const name of readdirSync(FOLDER).sort()) {
  const file = new URL(name, FOLDER);
  const { config } = JSON.parse(readFileSync(file, "utf8")) as { config: unknown };
  const whole = parseConfig(config);
  const outcome = await measureOutcome(whole);
  await writeWhole(file.pathname, printCapsule(createCapsule(whole, engine.name, outcome)));
  process.stdout.write(`${name}: ${outcome.verdict}, ${outcome.cause ?? "no cause"}\n`);
}
