import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { startEngine } from "../../../../src/learning/engine/startEngine.ts";
import { useThreads } from "../../../../src/learning/engine/threads.ts";
import { hostOf } from "../../../../src/learning/engine/wasm/host.ts";
import "../../../../src/vitest/index.ts";
import { wasmBackend } from "./kernels.ts";

const MOST = 8;
const FOLDER = "fixtures/capsules";

beforeAll(async () => {
  // The matchers start the engine that the environment names, and threads are wasm's.
  vi.stubEnv("LEARNPROOF_ENGINE", "wasm");
  await startEngine({ name: "wasm", threads: MOST });
  useThreads(MOST, 0);
  await vi.waitUntil(() => hostOf(wasmBackend() as never).threadsFor(1) === MOST, { timeout: 30_000 });
});

describe.each(readdirSync(FOLDER).sort())("%s replays bit for bit", (file) => {
  test.each([1, 2, 3, MOST])("on %i threads", async (count) => {
    // So that even the smallest kernel is shared.
    useThreads(count, 0);
    await expect(join(FOLDER, file)).toReplay();
  });
});
