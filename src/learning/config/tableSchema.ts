import { z } from "zod";
import { mostExamples, oneOf, wholeNumber } from "../../foundation/input/rules.ts";
import { hiddenLayers, standardising } from "./denseSchema.ts";
import { networkFields } from "./networkSchema.ts";

const FILE_RULE = "must be the path of a file, from the working directory";
const file = z.string({ error: FILE_RULE }).min(1, FILE_RULE);
const HASH_RULE = "must be a SHA-256 in hexadecimal; leave it out to take the file as it is";
/**
 * SHA-256 of the file. It is filled in if left out and compared if given, so that a run is not repeated on other
 * contents.
 */
const sha256 = z
  .string({ error: HASH_RULE })
  .regex(/^[0-9a-f]{64}$/, HASH_RULE)
  .optional();

const COLUMNS_RULE = "must be a list of names of columns";
const columns = z.array(z.string({ error: COLUMNS_RULE }), { error: COLUMNS_RULE });

const WEIGHT_RULE = "must be the name of a column";

/** Rows of a CSV file with a header line. */
export const tableData = z.strictObject(
  {
    file,
    sha256,
    /** The columns to predict; for classes a single one, which holds numbers or words. */
    targets: columns.min(1, COLUMNS_RULE),
    /** The columns to predict from. @defaultValue all the others */
    inputs: columns.min(1, COLUMNS_RULE).optional(),
    classification: z.boolean({ error: "must be true or false" }).default(false),
    /**
     * The column that says how much each row counts in the training loss, from 0. Evaluation and verdict count every row
     * alike. @defaultValue every row counts 1
     */
    weight: z.string({ error: WEIGHT_RULE }).min(1, WEIGHT_RULE).optional(),
    /** Rows to train on. @defaultValue all that are not held out */
    examples: wholeNumber(1, mostExamples).optional(),
    /** Rows held out, drawn under the seed. @defaultValue a fifth of them */
    heldOut: wholeNumber(0, mostExamples).optional(),
    ...standardising,
  },
  { error: 'must be given, such as {"file": "houses.csv", "targets": ["price"]}' },
);

/** A fully connected network whose numbers of inputs and outputs come from the table. */
export const tableModel = z.strictObject({ hidden: hiddenLayers, ...networkFields });

/** A layers model that TensorFlow.js saved. */
export const savedModel = z.strictObject(
  {
    /** The path of its model.json. */
    file,
    sha256,
    /** Whether training continues from the saved weights, or starts anew from weights drawn from the seed. */
    initialWeights: oneOf(["drawn", "saved"]).default("drawn"),
  },
  { error: 'must be given, such as {"file": "model/model.json"}' },
);
