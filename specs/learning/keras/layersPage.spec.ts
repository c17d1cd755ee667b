import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { describeKeras } from "../../../scripts/describeKeras.ts";
import { errorJson } from "../../../src/cli/output.ts";
import { TranslationError } from "../../../src/learning/keras/translate/findings.ts";
import { layerGroups } from "../../../src/learning/keras/translate/table/table.ts";

it("lists in docs/keras-layers.md what the tables translate; if not, run npx tsx scripts/writeKeras.ts", () => {
  expect(readFileSync("docs/keras-layers.md", "utf8")).toBe(describeKeras());
});

it("lists every class and every argument of the tables", () => {
  const page = describeKeras();
  const entries = layerGroups.flatMap(({ entries }) => entries);
  for (const { names, arguments: all } of entries)
    for (const name of [...names, ...Object.keys(all)]) expect(page).toContain(`\`${name}\``);
  expect(page).not.toContain("`MultiHeadAttention`");
});

it("is linked where Keras programs are explained", () => {
  expect(readFileSync("docs/keras.md", "utf8")).toContain("(keras-layers.md)");
});

it("gives in JSON each part that is not covered, by layer and argument", () => {
  const refusals = [{ layer: "lambda", argument: "Lambda", message: "lambda: Lambda holds Python code" }];
  expect(errorJson(new TranslationError(refusals))).toMatchObject({ code: "no-counterpart", refusals });
});
