import { z } from "zod";
import { mostExamples, oneOf, wholeNumber } from "../../foundation/input/rules.ts";
import { hiddenLayers, standardising } from "./denseSchema.ts";
import { networkFields } from "./networkSchema.ts";

const FILE_RULE = "must be the path of a file, from the working directory";
const file = z.string({ error: FILE_RULE }).min(1, FILE_RULE);
const HASH_RULE = "must be a SHA-256 in hexadecimal; leave it out to take the file as it is";
const sha256 = z
  .string({ error: HASH_RULE })
  .regex(/^[0-9a-f]{64}$/, HASH_RULE)
  .optional()
  .describe(
    "SHA-256 of the file. It is filled in if left out and compared if given, so that a run is not repeated on other contents.",
  );

const COLUMNS_RULE = "must be a list of names of columns";
const columns = z.array(z.string({ error: COLUMNS_RULE }), { error: COLUMNS_RULE });

const WEIGHT_RULE = "must be the name of a column";

/** Rows of a CSV file with a header line. */
export const tableData = z.strictObject(
  {
    file: file.describe("The table: CSV, TSV or Parquet with a header."),
    sha256,
    targets: columns
      .min(1, COLUMNS_RULE)
      .describe("The columns to predict; for classes a single one, which holds numbers or words."),
    inputs: columns
      .min(1, COLUMNS_RULE)
      .optional()
      .describe("The columns to predict from. Left out: all the others."),
    classification: z
      .boolean({ error: "must be true or false" })
      .default(false)
      .describe("Whether the target is a class."),
    weight: z
      .string({ error: WEIGHT_RULE })
      .min(1, WEIGHT_RULE)
      .optional()
      .describe(
        "The column that says how much each row counts in the training loss, from 0. Evaluation and verdict count every row alike. Left out: every row counts 1.",
      ),
    examples: wholeNumber(1, mostExamples)
      .optional()
      .describe("Rows to train on. Left out: all that are not held out."),
    heldOut: wholeNumber(0, mostExamples)
      .optional()
      .describe("Rows held out, drawn under the seed. Left out: a fifth of them."),
    ...standardising,
  },
  { error: 'must be given, such as {"file": "houses.csv", "targets": ["price"]}' },
);

/** A fully connected network whose numbers of inputs and outputs come from the table. */
export const tableModel = z.strictObject({ hidden: hiddenLayers, ...networkFields });

/** A layers model that TensorFlow.js saved. */
export const savedModel = z.strictObject(
  {
    file: file.describe("The path of its model.json."),
    sha256,
    initialWeights: oneOf(["drawn", "saved"])
      .default("drawn")
      .describe(
        "Whether training continues from the saved weights, or starts anew from weights drawn from the seed.",
      ),
  },
  { error: 'must be given, such as {"file": "model/model.json"}' },
);
