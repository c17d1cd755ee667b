import { beforeAll, describe, expect, test } from "vitest";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { startEngine } from "../../../src/learning/engine/startEngine.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { train } from "../../../src/learning/training/train.ts";
import { heldMemory, shortRun, tinyNetwork } from "./smallNetworks.ts";

beforeAll(async () => {
  await startEngine({ name: "wasm" });
});

describe("memory", () => {
  test("has after 5,000 steps the heap and the tensors that it had after 50", async () => {
    const subject = await createSubject(parseConfig(tinyNetwork));
    await train({ ...subject, steps: 50 });
    const before = heldMemory();

    await train({ ...subject, steps: 5000 });

    expect(heldMemory()).toEqual(before);
  });

  test("is held as much after 300 runs as after 50, in a heap that stopped growing", async () => {
    const subject = await createSubject(parseConfig(shortRun));
    for (let run = 0; run < 50; run++) await train(subject);
    const before = heldMemory();

    for (let run = 0; run < 300; run++) await train(subject);

    expect(heldMemory()).toEqual(before);
  });
});
