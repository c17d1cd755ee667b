import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { describeConfig } from "../../scripts/config/describeConfig.ts";
import { describeFields } from "../../scripts/config/describeFields.ts";

test("docs/config.md says of every field what the schema says; if not: npm run docs", async () => {
  expect(await readFile("docs/config.md", "utf8")).toContain(describeConfig());
});

describe("a field", () => {
  const schema = { type: "integer", minimum: 1, maximum: 1e12, description: "Updates a | b." };

  test("is described with its type, bounds, default and meaning", () => {
    const fields = [
      { path: "steps", schema, required: true },
      {
        path: "rate",
        schema: { type: "number", exclusiveMinimum: 0, maximum: 2, default: 1, description: "Speed." },
        required: false,
      },
    ];

    expect(describeFields(fields).split("\n").slice(2)).toEqual([
      "| `steps` | whole number from 1 to 1e12 | must be given | Updates a \\| b. |",
      "| `rate` | number above 0 to 2 | `1` | Speed. |",
    ]);
  });

  test("without a meaning is refused by its path", () => {
    const { description: _, ...silent } = schema;

    expect(() => describeFields([{ path: "training.steps", schema: silent, required: false }])).toThrow(
      "training.steps must say what it means",
    );
  });
});
