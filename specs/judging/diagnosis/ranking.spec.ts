import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { ranking } from "../../../src/judging/diagnosis/ranking.ts";

const FOLDER = "src/judging/diagnosis/causes";

test("the ranking stands in its own order, between 0 and 1", () => {
  const places = Object.values(ranking);

  expect(places).toEqual([...places].sort((a, b) => b - a));
  expect(places.every((place) => place > 0 && place <= 1)).toBe(true);
});

test("some cause names each kind of evidence, and none gives itself a number", async () => {
  const names = await readdir(FOLDER);
  const texts = await Promise.all(names.map((name) => readFile(`${FOLDER}/${name}`, "utf8")));
  const all = texts.join("\n");

  expect(Object.keys(ranking).filter((rank) => !all.includes(`"${rank}"`))).toEqual([]);
});

test("no part of the judgement calls a rank a confidence, since nobody has measured it as a probability", async () => {
  const files = (await readdir("src/judging", { recursive: true })).filter((name) => name.endsWith(".ts"));
  const texts = await Promise.all(files.map((name) => readFile(`src/judging/${name}`, "utf8")));

  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((_, index) => /confidence/i.test(texts[index] as string))).toEqual([]);
});
