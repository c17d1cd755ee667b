import { vi } from "vitest";

/** Vitest's own 5 seconds are too short for training; a minute or two is what a check takes. */
const MIN_TIMEOUT_MS = 120_000;

interface Worker {
  readonly config?: { readonly testTimeout?: number };
}

/** Gives the tests of the file that imports the matchers time to train, unless its config gives them more. */
export function allowForTraining(): void {
  const { __vitest_worker__: worker } = globalThis as { __vitest_worker__?: Worker };
  const current = worker?.config?.testTimeout ?? 0;
  // 0 is no limit at all.
  if (current > 0 && current < MIN_TIMEOUT_MS)
    vi.setConfig({ testTimeout: MIN_TIMEOUT_MS, hookTimeout: MIN_TIMEOUT_MS });
}
