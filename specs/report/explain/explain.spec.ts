import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { causes } from "../../../src/judging/diagnosis/causes.ts";
import { laws } from "../../../src/judging/law/laws.ts";
import { describePage } from "../../../src/report/explain/describePage.ts";
import { describeExplained, explain, explainAll, partsOf } from "../../../src/report/explain/explain.ts";

const all = explainAll();

describe("an explanation", () => {
  test("is there for every cause and every law", () => {
    expect(all.map(({ name }) => name)).toEqual([...causes, ...laws].map(({ name }) => name));
  });

  test.each(all.map((one) => [one.name, one] as const))(
    "of %s has four parts of whole sentences",
    (_, one) => {
      for (const [title, text] of partsOf(one)) {
        expect(text, title).toMatch(/^[A-Z0-9].{20,}[.]$/);
        expect(text, title).not.toMatch(/\s{2}|\n/);
      }
      expect(describeExplained(one)).toContain(one.claim);
    },
  );

  // A text that sends a person to a cause that was renamed leads nowhere.
  test("names only causes and laws that exist", () => {
    const named = all.flatMap((one) =>
      one.cures.startsWith("See the cause")
        ? [...one.cures.matchAll(/[a-z]+(?:-[a-z]+)+|overfitting/g)].flat()
        : [],
    );

    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((name) => explain(name) === null)).toEqual([]);
  });

  test("of a name that nothing has is null: the twin", () => {
    expect(explain("dead-relu-unit")).toBeNull();
  });
});

describe("a page of documentation", () => {
  test.each(all.map((one) => [one.name, one] as const))(
    "of %s says what the code says (npm run explain-pages writes it)",
    (name, one) => {
      const page = readFileSync(`docs/${one.kind}s/${name}.md`, "utf8").replaceAll("\r\n", "\n");

      expect(page.startsWith(describePage(one))).toBe(true);
      for (const [, target] of page.matchAll(/\]\(([^)]+)\)/g))
        expect(existsSync(`docs/${one.kind}s/${target}`), target).toBe(true);
    },
  );

  test("is of a cause or a law: nothing is left of one that went", () => {
    const pages = ["cause", "law"].flatMap((kind) =>
      readdirSync(`docs/${kind}s`)
        .filter((file) => file.endsWith(".md"))
        .map((file) => [kind, file.replace(/\.md$/, "")]),
    );

    expect(pages.filter(([kind, name]) => explain(name as string)?.kind !== kind)).toEqual([]);
  });

  test("shows a real run where one was reported", () => {
    const pictures = readdirSync("docs/causes").filter((file) => file.endsWith(".svg"));

    expect(pictures.length).toBeGreaterThanOrEqual(12);
  });

  test("is linked from the table of its kind", () => {
    for (const { name, kind } of all)
      expect(readFileSync(`docs/${kind}s.md`, "utf8"), name).toContain(`(${kind}s/${name}.md)`);
  });
});
