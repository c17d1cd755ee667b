import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { printTable } from "../../../src/foundation/print/printTable.ts";

const content = {
  head: ["", "law", "measured", "what"],
  aligns: ["left", "left", "right", "left"] as const,
  rows: [
    ["\u001b[32mholds\u001b[39m", "climbs", 0.04, "it memorises sixteen examples"],
    ["\u001b[31mBROKEN\u001b[39m", "generalises", 12, "it finds boxes"],
  ],
};

function printPlainly(columns: number): string {
  return stripVTControlCharacters(printTable(content, columns));
}

describe("a table", () => {
  test("is as wide as its content where there is room, colours not counted", () => {
    expect(printPlainly(69)).toMatchInlineSnapshot(`
      "┌────────┬─────────────┬──────────┬───────────────────────────────┐
      │        │ law         │ measured │ what                          │
      │ holds  │ climbs      │     0.04 │ it memorises sixteen examples │
      │ BROKEN │ generalises │       12 │ it finds boxes                │
      └────────┴─────────────┴──────────┴───────────────────────────────┘"
    `);
    expect(printPlainly(69)).toBe(printPlainly(Number.POSITIVE_INFINITY));
  });

  test("wraps its last column on a narrower terminal", () => {
    expect(printPlainly(58)).toMatchInlineSnapshot(`
      "┌────────┬─────────────┬──────────┬──────────────────────┐
      │        │ law         │ measured │ what                 │
      │ holds  │ climbs      │     0.04 │ it memorises sixteen │
      │        │             │          │ examples             │
      │ BROKEN │ generalises │       12 │ it finds boxes       │
      └────────┴─────────────┴──────────┴──────────────────────┘"
    `);
  });

  test("breaks a word that is longer than the column, and cuts nothing off", () => {
    const path = "fixtures/configs/small-contrast.json";

    const text = stripVTControlCharacters(
      printTable({ head: ["subject", "config"], rows: [["small", path]] }, 40),
    );

    expect(text.replace(/[^\w./-]/g, "")).toBe(`subjectconfigsmall${path}`);
  });

  test("is a list where not even that fits", () => {
    expect(printPlainly(40)).toMatchInlineSnapshot(`
      "holds
        law: climbs
        measured: 0.04
        what: it memorises sixteen examples
      BROKEN
        law: generalises
        measured: 12
        what: it finds boxes"
    `);
  });

  test.each([200, 69, 68, 60, 56])("is at most %i columns wide there", (columns) => {
    for (const line of printPlainly(columns).split("\n"))
      expect([...line].length).toBeLessThanOrEqual(columns);
  });
});
