// Losses of a project's own are asked where predictions equal their targets. Sound ones are never named, even in a run that
// fails; each broken one is.

import { beforeAll, describe, expect, test } from "vitest";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";
import { broken, definition, failingFindings, longArrows, lossFitsOf, sound, trained } from "./ownLosses.ts";

/** Every fourth: all of them are asked by lossGoal.commit.ts. */
const some = <One>(all: readonly One[]) => all.filter((_, place) => place % 4 === 0);

beforeAll(async () => {
  await startEngineUnderTest();
});

describe("a sound loss of one's own is not named, even where the run fails", () => {
  test.each(some(sound))("%s", async (_, kind, loss) => {
    const own = await trained(definition(kind, loss));

    expect(await failingFindings(own)).toEqual([]);
    expect((await lossFitsOf(own))?.holds ?? true).toBe(true);
  });
});

describe("a loss that asks for something else than the targets", () => {
  test.each(some(broken))("%s", async (_, kind, loss, evidence) => {
    const changes = kind[0] === "directions" ? { buildModel: longArrows } : {};
    const own = await trained(definition(kind, loss, changes));

    expect((await failingFindings(own)).join("\n")).toMatch(evidence);
  });
});
