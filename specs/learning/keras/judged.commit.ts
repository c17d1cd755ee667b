// Judges the captures of fixtures/keras without Python. Those of recurrent networks are judged at night.

import { describe, it } from "vitest";
import { expectJudged } from "./expectJudged.ts";
import { expectations } from "./judged.ts";

describe("captured programs", () => {
  const quick = Object.entries(expectations).filter(([, { long = false }]) => !long);
  it.each(quick)("are judged as they learn: %s", expectJudged);
});
