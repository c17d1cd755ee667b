import { describe, expect, test } from "vitest";
import { fitMarkdown } from "../../../../src/keeping/gate/github/fitMarkdown.ts";

const rows = (count: number) =>
  Array.from({ length: count }, (_, row) => `| row ${row} | ${"é".repeat(50)} |`);

describe("a page of bounded length", () => {
  test("is whole where there is room", () => {
    const page = fitMarkdown(
      "# title",
      [
        { what: "rows", before: "head\n", lines: ["a", "b"] },
        { what: "notes", before: "a note", lines: [] },
        { what: "commands", before: "<pre>", lines: ["c", "d"], after: "</pre>" },
      ],
      10_000,
    );

    expect(page).toBe("# title\n\nhead\na\nb\n\na note\n\n<pre>c\nd</pre>\n\n");
  });

  test("takes no more bytes than it may, leaves something of every part, and says how much it left out", () => {
    const parts = [
      { what: "subjects", before: "head\n", lines: rows(5_000) },
      { what: "changes", lines: rows(5_000) },
      { what: "commands", before: "<pre>", lines: rows(5_000), after: "</pre>" },
    ];
    for (const most of [4_000, 60_000, 300_000]) {
      const page = fitMarkdown("# title", parts, most);

      expect(Buffer.byteLength(page)).toBeLessThanOrEqual(most);
      expect(Buffer.byteLength(page)).toBeGreaterThan(most / 2);
      const shown = page.split("\n").filter((line) => line.includes("| row")).length;
      const missing = [...(/Left out[^:]*: (.*)\./.exec(page)?.[1]?.matchAll(/\d+/g) ?? [])].map(Number);
      expect(missing).toHaveLength(3);
      expect(shown + missing.reduce((sum, count) => sum + count, 0)).toBe(15_000);
      expect(page.match(/<pre>/g)).toHaveLength(1);
      expect(page.match(/<\/pre>/g)).toHaveLength(1);
    }
  });

  test("leaves out a part of which no line fits, with its frame", () => {
    const page = fitMarkdown(
      "# title",
      [{ what: "commands", before: "<pre>", lines: ["x".repeat(9_000)] }],
      2_000,
    );

    expect(page).toBe("# title\n\nLeft out, since GitHub takes no more: 1 commands.\n\n");
  });
});
