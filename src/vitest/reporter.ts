import { relative, resolve } from "node:path";
import type { Reporter, TestModule } from "vitest/node";
import { writeWhole } from "../foundation/files/writeWhole.ts";
import { renderCards } from "../report/html/renderCards.ts";
import { groupRecords, type RecordedTest, recordsOf } from "./matcherRecord.ts";

/** Options of the reporter, as vitest's config names them. */
export interface ReporterOptions {
  /** The page to write, seen from the project's root. @defaultValue `learnproof-vitest.html` */
  readonly file?: string;
}

/**
 * A reporter for vitest that gathers the runs of all of learnproof's matchers into one page, and prints its path. What
 * fails comes first. It writes nothing where no test used a matcher.
 *
 * @example
 * export default defineConfig({ test: { reporters: ["default", ["learnproof/reporter", { file: "runs.html" }]] } });
 */
export default class LearnproofReporter implements Reporter {
  private readonly file: string;

  constructor({ file = "learnproof-vitest.html" }: ReporterOptions = {}) {
    this.file = file;
  }

  async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    const tests = modules.flatMap(readTests);
    if (tests.length === 0) return;
    const root = modules[0]?.project.config.root ?? ".";
    const path = resolve(root, this.file);
    await writeWhole(path, renderPageOf(tests));
    process.stdout.write(
      `\nlearnproof: the runs of ${tests.length === 1 ? "1 test" : `${tests.length} tests`} are in ${path}\n`,
    );
  }
}

function readTests(module: TestModule): RecordedTest[] {
  const file = relative(module.project.config.root, module.moduleId).replaceAll("\\", "/");
  return [...module.children.allTests()].flatMap((test) => {
    const records = recordsOf(test.meta());
    return records.length === 0 ? [] : [{ file, name: test.fullName, records }];
  });
}

function renderPageOf(tests: readonly RecordedTest[]): string {
  const failing = tests.filter(({ records }) => records.some(({ holds }) => !holds)).length;
  const headline =
    failing === 0 ? "Every claim about learning holds" : `${failing} of ${tests.length} tests fail`;
  const lead =
    failing === 0
      ? `${tests.length === 1 ? "1 test" : `${tests.length} tests`} claimed something of a network that learns.`
      : "What fails comes first, with its cause and the change that cured it.";
  return renderCards({ headline, lead, about: ["vitest"] }, groupRecords(tests));
}
