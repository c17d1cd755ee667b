// What the capture takes for a layer with a counterpart must be what the tables translate: all others it traces.

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { activationNames } from "../../../src/learning/keras/translate/arguments/activation.ts";
import { layerGroups } from "../../../src/learning/keras/translate/table/table.ts";

const source = readFileSync("src/learning/keras/capture/learnproof_capture/model/counterparts.py", "utf8");

/** The words of a tuple of the Python file. */
function tupleOf(name: string): string[] {
  const [, inside = ""] = new RegExp(`^${name} = \\(([^)]*)\\)`, "m").exec(source) ?? [];
  return [...inside.matchAll(/"(\w+)"/g)].map(([, word = ""]) => word);
}

it("lists the layers of the tables, and no other", () => {
  const named = layerGroups.flatMap(({ entries }) => entries.flatMap(({ names }) => names));

  expect(tupleOf("LAYERS").sort()).toEqual([...named].sort());
});

it("lists every activation that is translated", () => {
  expect(tupleOf("ACTIVATIONS")).toEqual(expect.arrayContaining([...activationNames]));
  expect(tupleOf("ACTIVATIONS")).not.toContain("sparsemax");
});
