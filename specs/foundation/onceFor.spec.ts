import { expect, test } from "vitest";
import { onceFor } from "../../src/foundation/onceFor.ts";

test("finds once for each object, also where there is nothing", () => {
  const asked: object[] = [];
  const find = onceFor((key: { readonly found: string | null | undefined }) => {
    asked.push(key);
    return key.found;
  });
  const keys = [{ found: "it" }, { found: null }, { found: undefined }];
  for (const key of [...keys, ...keys]) expect(find(key)).toBe(key.found);
  expect(asked).toEqual(keys);
});

test("finds again for another object that says the same, and after a failure", () => {
  let asked = 0;
  const find = onceFor((key: { readonly fails: boolean }) => {
    asked++;
    if (key.fails) throw new Error("fails");
    return asked;
  });
  expect([find({ fails: false }), find({ fails: false })]).toEqual([1, 2]);
  const failing = { fails: true };
  expect(() => find(failing)).toThrow("fails");
  expect(() => find(failing)).toThrow("fails");
  expect(asked).toBe(4);
});
