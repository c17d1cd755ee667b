// Records every capsule of fixtures/capsules again, from its own config: `npm run capsules`. For when the training
// code has changed on purpose; what changed then shows in the difference.

import { readdirSync, readFileSync } from "node:fs";
import { createCapsule, printCapsule } from "../../src/capsule/capsule.ts";
import { measureOutcome } from "../../src/capsule/record.ts";
import { parseConfig } from "../../src/config/parseConfig.ts";
import { writeWhole } from "../../src/config/writeWhole.ts";
import { startEngine } from "../../src/engine/startEngine.ts";

const FOLDER = new URL("../../fixtures/capsules/", import.meta.url);

const engine = await startEngine({ name: "wasm" });
for (const name of readdirSync(FOLDER).sort()) {
  const file = new URL(name, FOLDER);
  const { config } = JSON.parse(readFileSync(file, "utf8")) as { config: unknown };
  const whole = parseConfig(config);
  const outcome = await measureOutcome(whole);
  await writeWhole(file.pathname, printCapsule(createCapsule(whole, engine.name, outcome)));
  process.stdout.write(`${name}: ${outcome.verdict}, ${outcome.cause ?? "no cause"}\n`);
}
