import { InputError } from "../../foundation/input/inputError.ts";
import { kindOf } from "../../learning/config/kinds/kinds.ts";
import type { Config } from "../../learning/config/schema.ts";
import { createSubject } from "../../learning/subject/createSubject.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import type { Watch } from "../../learning/training/progress.ts";
import { hashSubject } from "./inputs/subjectHash.ts";
import { measure } from "./measurement/measure.ts";
import type { Measurement } from "./measurement/measurement.ts";

export interface AnewOptions extends Watch {
  readonly bitExact: boolean;
  /** Whether the ladder is climbed too. */
  readonly ladder: boolean;
}

/** A subject of one seed, and the hash of what it gives. */
export interface HashedSubject {
  readonly subject: Subject;
  readonly hash: Awaited<ReturnType<typeof hashSubject>>;
}

/** A measurement, with the hash of what the subject gave for its seed. */
export interface Measured {
  readonly measurement: Measurement;
  readonly begun: string;
}

/** Creates the subject that a config describes and hashes what it gives. */
export async function createHashed(config: Config, bitExact: boolean): Promise<HashedSubject> {
  const subject = await createSubject(config);
  return { subject, hash: await hashSubject(subject, bitExact && kindOf(config).runsCode) };
}

/**
 * Measures a subject from one seed.
 *
 * @param before the subject, created from the config.
 * @throws {InputError} if the subject gives other examples or weights when it is created once more afterwards.
 */
export async function measureAnew(
  config: Config,
  { subject, hash }: HashedSubject,
  options: AnewOptions,
): Promise<Measured> {
  const measurement = await measure(config, subject, options);
  const after = await hashSubject(await createSubject(config), false);
  if (after.given !== hash.given) throw changed(`other ones from seed ${config.seed}`);
  return { measurement, begun: hash.begun };
}

/** Says that a subject changed during its measurement. */
export function changed(got: string): InputError {
  return new InputError({
    code: "changed",
    field: "examples and initial weights",
    message:
      "must be the same for the same seed while they are measured; leave their files alone, draw from the seed that is given, and run the gate again",
    got,
  });
}
