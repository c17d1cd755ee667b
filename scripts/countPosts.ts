// Checks the Keras scripts of fixtures/posts, written as people post them: `npm run posts -- second development` (or
// first, third to fifteenth, and judging); names behind them count those alone. docs/how-good.md quotes the counts. It needs a Python
// with Keras, scikit-learn and pandas in LEARNPROOF_PYTHON. POSTS_BUDGET is the seconds that each check may take.

import { readFileSync } from "node:fs";
import { check } from "../src/judging/check/check.ts";
import type { CheckResult } from "../src/judging/check/checkResult.ts";

/** Seconds that each check may take: more than two minutes where other programs share the machine. */
const BUDGET = Number(process.env.POSTS_BUDGET ?? 120);

interface Post {
  readonly name: string;
  readonly half: "development" | "judging";
  /** The faults in it; any of them is right. Empty for a script that is sound as it was posted. */
  readonly causes: readonly string[];
}

const [set = "second", half = "development", ...names] = process.argv.slice(2);
const FOLDER = `fixtures/posts/${set}`;
const posts = (JSON.parse(readFileSync(`${FOLDER}/posts.json`, "utf8")) as readonly Post[]).filter(
  (post) => post.half === half && (names.length === 0 || names.includes(post.name)),
);
const counts = {
  broken: 0,
  found: 0,
  first: 0,
  named: 0,
  cured: 0,
  mended: 0,
  accused: 0,
  refused: 0,
  unfinished: 0,
  late: 0,
};

async function checked(script: string, cures: boolean) {
  const start = performance.now();
  try {
    return await check(script, { cures, budget: BUDGET });
  } catch (error) {
    counts.refused++;
    process.stdout.write(`refused: ${script}: ${error instanceof Error ? error.message : error}\n`);
    return null;
  } finally {
    const seconds = (performance.now() - start) / 1000;
    if (seconds > BUDGET) {
      counts.late++;
      process.stdout.write(`LATE ${script}: ${seconds.toFixed(0)} s\n`);
    }
  }
}

/** Whether the budget ended the run before it showed a fault: then it is neither found nor accused. */
function isOpen(name: string, { verdict, laws, causes, run }: CheckResult): boolean {
  if (verdict !== "unfinished" || causes.length > 0 || laws.some(({ holds }) => !holds)) return false;
  counts.unfinished++;
  process.stdout.write(`unfinished: ${name}: needs a budget of ${run.budgetToFinish?.toFixed(0)} s\n`);
  return true;
}

for (const { name, causes } of posts) {
  const broken = causes.length > 0 ? await checked(`${FOLDER}/${half}/${name}.broken.py`, true) : null;
  if (causes.length > 0) counts.broken++;
  if (broken?.holds) process.stdout.write(`MISSED ${name}\n`);
  if (broken && !broken.holds && !isOpen(`${name}.broken`, broken)) {
    const [first] = broken.causes;
    const isFirst = first !== undefined && causes.includes(first.name);
    counts.found++;
    if (isFirst) counts.first++;
    if (broken.causes.some((cause) => causes.includes(cause.name))) counts.named++;
    if (broken.cure) counts.cured++;
    const meant = isFirst
      ? ""
      : `; meant ${causes}, named ${broken.causes.map(({ name, status }) => `${name} (${status})`).join(", ")}`;
    process.stdout.write(
      `${name}: ${first?.name ?? "no cause"}; ${broken.cure?.change ?? "no cure"}${meant}\n`,
    );
  }
  const mended = await checked(`${FOLDER}/${half}/${name}.mended.py`, false);
  counts.mended++;
  if (mended && !mended.holds && !isOpen(`${name}.mended`, mended)) {
    counts.accused++;
    process.stdout.write(`ACCUSED ${name}: ${mended.cause?.name ?? mended.verdict}\n`);
  }
}
process.stdout.write(
  `${half}: of ${counts.broken} broken ${counts.found} found, ${counts.first} with a right cause first, ${counts.named} with one at all, ${counts.cured} cured; of ${counts.mended} mended ${counts.accused} accused; ${counts.unfinished} unfinished; ${counts.refused} scripts refused; ${counts.late} checks over their budget\n`,
);
process.exitCode = counts.accused > 0 ? 1 : 0;
