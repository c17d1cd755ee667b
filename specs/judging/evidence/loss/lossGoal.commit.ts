// Losses of a project's own are asked where predictions equal their targets. Sound ones are never named, even in a run that
// fails; each broken one is.

import { beforeAll, describe, expect, test } from "vitest";
import { diagnose } from "../../../../src/judging/diagnosis/diagnose.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";
import {
  broken,
  cosineDistance,
  definition,
  failingFindings,
  longArrows,
  lossFitsOf,
  periodic,
  sound,
  trained,
} from "./ownLosses.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

describe("a sound loss of one's own is not named, even where the run fails", () => {
  test.each(sound)("%s", async (_, kind, loss) => {
    const own = await trained(definition(kind, loss));

    expect(await failingFindings(own)).toEqual([]);
    expect((await lossFitsOf(own))?.holds ?? true).toBe(true);
  });

  test.each([
    ["cosine distance", ["directions", "linear"], cosineDistance, "cosineDistance"],
    ["periodic angle", ["numbers", "linear"], periodic, "angleInRadians"],
  ] as const)("%s, where the subject names the error that it means", async (_, kind, loss, errorMeasure) => {
    const { config, subject, run } = await trained(definition(kind, loss, { errorMeasure }));

    expect(await diagnose(subject, run, config)).toEqual([]);
  });
});

describe("a loss that asks for something else than the targets", () => {
  test.each(broken)("%s", async (name, kind, loss, evidence) => {
    const changes = kind[0] === "directions" ? { buildModel: longArrows } : {};
    const own = await trained(definition(kind, loss, changes));

    expect((await failingFindings(own)).join("\n")).toMatch(evidence);
    // These break a law although the run learns.
    if (name.startsWith("takes a")) expect(await lossFitsOf(own)).toMatchObject({ holds: false });
  });
});
