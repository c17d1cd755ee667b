import { describe, expect, test } from "vitest";
import { findFirst } from "../../../src/keeping/bisect/search.ts";

/** Asks about items of which the first so many are good, and some cannot be asked. */
async function search(count: number, first: number, mute: readonly number[] = []) {
  let asked = 0;
  const found = await findFirst(count, async (index) => {
    asked++;
    return mute.includes(index) ? null : index >= first;
  });
  return { ...found, asked };
}

describe("a search for the first", () => {
  test("finds it wherever it is, and asks as often as halving does", async () => {
    for (let first = 0; first < 30; first++) {
      const { at, unsure, asked } = await search(30, first);
      expect({ at, unsure }).toEqual({ at: first, unsure: [] });
      expect(asked).toBeLessThanOrEqual(5);
    }
    expect(await search(1, 0)).toEqual({ at: 0, unsure: [], asked: 0 });
  });

  test("goes round what cannot be asked, and says which of it may be the first", async () => {
    expect(await search(30, 17, [14, 15])).toMatchObject({ at: 17, unsure: [] });
    expect(await search(30, 17, [15, 16])).toMatchObject({ at: 17, unsure: [15, 16] });
    expect(await search(4, 1, [0, 1, 2])).toMatchObject({ at: 3, unsure: [0, 1, 2] });
  });
});
