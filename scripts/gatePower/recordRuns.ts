import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { measure } from "../../src/keeping/gate/measurement/measure.ts";
import type { Measurement } from "../../src/keeping/gate/measurement/measurement.ts";
import type { Config } from "../../src/learning/config/schema.ts";
import { createSubject } from "../../src/learning/subject/createSubject.ts";
import { type PlantedLoss, plantIn } from "./losses.ts";

/** Where runs are kept, so that a study that was cut short goes on. Delete it after a change of what trains. */
const FOLDER = join("node_modules", ".cache", "learnproof-power");

/** Measures a program with a planted loss from a seed, or recalls it. */
export type RecordRun = (loss: PlantedLoss, seed: number) => Promise<Measurement>;

/**
 * Opens the record of a program's runs. The ladder is not climbed: it would take most of the time and could only find
 * more.
 */
export function openRecord(program: string, config: Config): RecordRun {
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, `${program.replaceAll(/\W+/g, "-")}.jsonl`);
  const known = new Map<string, Measurement>();
  for (const line of existsSync(file) ? readFileSync(file, "utf8").split("\n") : []) {
    if (line === "") continue;
    const { loss, measurement } = JSON.parse(line) as { loss: string; measurement: Measurement };
    known.set(`${loss} ${measurement.seed}`, measurement);
  }
  return async (loss, seed) => {
    const before = known.get(`${loss.name} ${seed}`);
    if (before) return before;
    const planted = { ...plantIn(config, loss), seed };
    const subject = await createSubject(planted);
    const options = { bitExact: true, ladder: false };
    const measured = await measure(planted, loss.spoil?.(subject) ?? subject, options);
    const measurement = { ...measured, curve: [] };
    appendFileSync(file, `${JSON.stringify({ loss: loss.name, measurement })}\n`);
    known.set(`${loss.name} ${seed}`, measurement);
    return measurement;
  };
}
