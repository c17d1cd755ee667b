import { expect, test } from "vitest";
import { findingsJson } from "../../src/cli/findingsJson.ts";

test("a diagnosis in JSON names the likeliest cause by itself, and all of them in their order", () => {
  const findings = [
    { cause: "dead-relu-units", rank: 0.95, evidence: "conv1 is dead" },
    { cause: "learning-rate-too-high", rank: 0.85, evidence: "steps of 150 %" },
  ] as const;
  const first = { name: "dead-relu-units", evidence: "conv1 is dead" };

  expect(findingsJson(findings)).toEqual({
    cause: first,
    causes: [first, { name: "learning-rate-too-high", evidence: "steps of 150 %" }],
  });
  expect(findingsJson([])).toEqual({ cause: null, causes: [] });
});
