// Every layer class of TensorFlow.js has the gradient of what it computes.

import { serialization } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { engineUnderTest, startEngineUnderTest } from "../../../engineUnderTest.ts";
import { cannotTrain, layerClasses, notApplied, registeredLayers } from "./layerClasses.ts";
import { slopeOf, slopesAgree } from "./slope.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

test("every layer class that TensorFlow.js registers is asked, or said why not", () => {
  const known = serialization.SerializationMap.getMap().classNameMap;
  const listed = new Set([
    ...layerClasses.map(({ name }) => name),
    ...notApplied,
    ...Object.keys(cannotTrain),
  ]);
  // Other files of specs may have registered layers of their own.
  const missing = registeredLayers(known).filter((name) => !listed.has(name));

  expect(missing).toEqual([]);
});

describe.each(layerClasses)("$name", (entry) => {
  const isLacking = entry.lackedBy?.includes(engineUnderTest) ?? false;

  test.skipIf(isLacking)("has the slope of its difference quotient", async () => {
    const slope = await slopeOf(entry);

    expect(slope).toSatisfy(slopesAgree);
  });
});

test("a slope that is 5 % off is told", async () => {
  const slope = await slopeOf(layerClasses[0] as (typeof layerClasses)[number]);

  expect(slopesAgree({ ...slope, gradient: slope.gradient + 0.05 * slope.size })).toBe(false);
});
