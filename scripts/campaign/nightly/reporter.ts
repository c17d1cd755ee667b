import type { Reporter, TestModule } from "vitest/node";
import { describeCampaign } from "../describeCampaign.ts";

/** Summarises a campaign at its end, also if its parts ran on several machines and were merged. */
export default class CampaignReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const results = modules
      .flatMap((module) => [...module.children.allTests()])
      .flatMap((test) => test.meta().campaign ?? []);
    process.stdout.write(`\n${describeCampaign(results)}`);
  }
}
