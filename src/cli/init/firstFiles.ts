import { basename } from "node:path";
import { readTable } from "../../foundation/files/table/readTable.ts";
import type { TextFile } from "../../foundation/files/writeWhole.ts";
import type { Start } from "./findStart.ts";

/** The files of a first check, and what the command line calls the subject. */
export interface FirstFiles {
  readonly what: string;
  readonly files: readonly TextFile[];
  /** What the person has to look at, a sentence. */
  readonly advice: string;
}

const CONFIG = "learnproof.json";
const PROJECT = "learnproof.config.mjs";

/** Plans the config, the spec and the CI job; null if there is nothing to begin with. */
export function planFirstFiles(start: Start): FirstFiles | null {
  const subject = planSubject(start);
  if (subject === null) return null;
  const { what, config, advice } = subject;
  return {
    what,
    advice,
    files: [
      config,
      { path: "learnproof.spec.mjs", text: specText(what) },
      { path: ".github/workflows/learnproof.yml", text: workflowText(what) },
    ],
  };
}

interface Planned {
  readonly what: string;
  readonly config: TextFile;
  readonly advice: string;
}

function planSubject({ builder, savedModel, table }: Start): Planned | null {
  if (savedModel !== null && table !== null) {
    const json = { subject: "saved-model", model: { file: slashes(savedModel) }, data: dataOf(table) };
    return inJson(json, `It predicts ${json.data.targets} of ${table}; name another column in ${CONFIG}.`);
  }
  if (builder !== null)
    return {
      what: "model",
      config: { path: PROJECT, text: projectText(builder) },
      advice: `Its examples are made up: put your own into ${PROJECT}.`,
    };
  if (table === null) return null;
  const data = dataOf(table);
  return inJson(
    { subject: "table", data },
    `It predicts ${data.targets} of ${table}; name another column in ${CONFIG}.`,
  );
}

function inJson(config: object, advice: string): Planned {
  return { what: CONFIG, config: { path: CONFIG, text: `${JSON.stringify(config, null, 2)}\n` }, advice };
}

/** The last column is the one that most tables are about. Columns of words are left out. */
function dataOf(file: string) {
  const { columns, numbers, rows } = readTable(file);
  const numeric = columns.filter((_, place) => {
    for (let row = 0; row < rows; row++)
      if (Number.isNaN(numbers[row * columns.length + place])) return false;
    return true;
  });
  const target = columns.at(-1) as string;
  return {
    file: slashes(file),
    targets: [target],
    inputs: numeric.filter((column) => column !== target),
    ...(!numeric.includes(target) && { classification: true }),
  };
}

function slashes(path: string): string {
  return path.replaceAll("\\", "/");
}

function projectText({ file, name }: { readonly file: string; readonly name: string }): string {
  return `import { defineConfig } from "learnproof";
import * as source from "./${slashes(file)}";

const buildModel = source.${name} ?? source.default.${name};
const model = await buildModel();
const [inputShape, outputShape] = [model.inputs[0], model.outputs[0]].map(({ shape }) => shape.slice(1));
model.dispose();

/** Numbers in the shape given; unknown sides are 8 long. */
const fill = ([side, ...rest], next) =>
  Array.from({ length: side ?? 8 }, () => (rest.length > 0 ? fill(rest, next) : next()));

// Made-up examples, whose targets follow from their inputs: put your own here.
const examples = ({ set, count }) => {
  const rows = Array.from({ length: count }, (_, index) => index + (set === "train" ? 0 : 100_000));
  const inputs = rows.map((row) => {
    let at = row * 1000;
    return fill(inputShape, () => (Math.sin(12.9898 * ++at) + 1) / 2);
  });
  const targets = inputs.map((input) => {
    const numbers = input.flat(Number.POSITIVE_INFINITY);
    let at = 0;
    return fill(outputShape, () => (numbers[at % numbers.length] + numbers[++at % numbers.length]) / 2);
  });
  return { inputs, targets };
};

export default defineConfig({
  subjects: [{ name: "model", buildModel, examples, data: { examples: 200, heldOut: 50 } }],
});
`;
}

function specText(what: string): string {
  return `import "learnproof/vitest";
import { expect, test } from "vitest";

test("${basename(what, ".json")} learns", async () => {
  await expect("${what}").toLearn();
});
`;
}

function workflowText(what: string): string {
  return `name: learnproof
on: [push, pull_request]
permissions:
  contents: read
jobs:
  learns:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: npm ci
      - run: npx learnproof check ${what}
`;
}
