import { defineConfig } from "vitest/config";
import type { Part } from "../runPart.ts";

declare module "vitest" {
  interface ProvidedContext {
    part: Part;
  }
}

/** Each part is a project of its own, which vitest's --shard distributes to machines. */
const PARTS = 10;

const campaign = Number(process.env.LEARNPROOF_CAMPAIGN || 1);
const only = process.env.LEARNPROOF_CONFIG ? Number(process.env.LEARNPROOF_CONFIG) : undefined;

export default defineConfig({
  test: {
    include: ["scripts/campaign/nightly/*.campaign.ts"],
    pool: "forks",
    reporters: ["default", "./scripts/campaign/nightly/reporter.ts"],
    projects: Array.from({ length: PARTS }, (_, part) => ({
      extends: true as const,
      test: {
        name: `part ${part + 1} of ${PARTS}`,
        provide: { part: { campaign, part, parts: PARTS, only } },
      },
    })),
  },
});
