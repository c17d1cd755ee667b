import { z } from "zod";
import { mostExamples, oneOf, wholeNumber } from "../../foundation/input/rules.ts";
import { standardising } from "./denseSchema.ts";
import { inputReading } from "./inputReading.ts";
import { HELD_OUT_PREPARATIONS, REPAIRS } from "./preparations.ts";
import { shiftTargets } from "./shiftTargets.ts";

/** Any value that JSON can represent. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
/** Settings of a model or of examples that the project's own code reads. */
export type Settings = { readonly [key: string]: Json };

/** The rule for names of subjects, as an error message states it. */
export const NAME_RULE = "must be a name of letters, digits, dashes, dots and underscores, at most 60";

export const ownName: z.ZodString = z
  .string({ error: NAME_RULE })
  .regex(/^[\w-][\w.-]{0,59}$/, NAME_RULE)
  .describe("The name that learnproof.config gives the subject.");

const PATH_RULE = "must be the path of a file or a folder, from the working directory";
const path = z.string({ error: PATH_RULE }).min(1, PATH_RULE);
const NAMES_RULE = "must be a list of names of columns";
const names = z.array(z.string({ error: NAMES_RULE }), { error: NAMES_RULE });

/** The Keras program that a subject is made from: a captured program's folder, or a saved model and its data. */
export const programFile = z.strictObject({
  path: path.describe("The folder of the captured program, or the file of the saved model."),
  data: path.optional().describe("The data of a saved model: a table, .npz or .npy."),
  targets: names.optional().describe("The columns to predict."),
  inputs: names.optional().describe("The columns to predict from. Left out: all the others."),
  initialWeights: z
    .literal("drawn", { error: 'must be "drawn", or left out' })
    .optional()
    .describe(
      "`drawn`: a captured program starts from weights of the run's seed, and not from the captured ones.",
    ),
  sha256: z.string().optional().describe("SHA-256 of all files, so that a run is not repeated on others."),
});

/** The largest class number that can be renumbered. */
const MOST_CLASSES = 1000;

const anything = z.json() as unknown as z.ZodType<Json>;

/** The settings of a subject's own model. */
export const ownModel: z.ZodType<Settings> = z
  .record(z.string(), anything)
  .describe("The settings that a subject's own code uses to build its model.");

/** The most outputs that a model is thought to have. */
const MOST_OUTPUTS = 1000;
const place = wholeNumber(0, MOST_OUTPUTS);

/** Changes made to examples after a project's own code has given them; each undoes a fault in how they were made. */
const repairs = {
  withoutInputs: z
    .array(wholeNumber(0, mostExamples), { error: "must be a list of places in a row of inputs, from 0" })
    .min(1, "must name a place in a row of inputs; leave it out to keep all")
    .optional()
    .describe(
      "Places in a row of inputs, from 0, whose numbers are replaced by their mean in training, so that nothing can be told from them.",
    ),
  withoutWeights: z
    .literal(true, { error: "must be true; leave it out to keep the weights" })
    .optional()
    .describe("Lets every example, and every step of its targets, count alike in the training loss."),
  delayInput: wholeNumber(0, MOST_OUTPUTS)
    .optional()
    .describe(
      "The place of an input of the model, from 0, that shows what it holds a step later, as a decoder is shown the answer before each: its first step holds 0.",
    ),
  readInputs: z
    .array(inputReading, { error: "must be a list of readings of columns" })
    .min(1, "must name a column; leave it out to take all numbers by their size")
    .optional()
    .describe(
      "Columns of the inputs that are read as what their numbers stand for: as names, by the mean target of the training rows of the same name, or as a time, by its place in a round from -1 to 1; or all inputs as codes that were divided by a number.",
    ),
  shiftTargets,
  heldOutClasses: z
    .array(wholeNumber(0, MOST_CLASSES), { error: "must be a list with a number for each class" })
    .min(2, "must name a number for each class, of which there are two at least; leave it out to keep them")
    .refine(
      (numbers) => numbers.every((_, number) => numbers.includes(number)),
      "must hold each class number from 0 once; correct it, or leave it out",
    )
    .optional()
    .describe(
      "Gives the classes of the held-out examples, or where there are none of the new rows that the script asks about, other numbers: the first number is the new one of class 0, the second that of class 1, and so on.",
    ),
  matchHeldOut: oneOf(["inputs", "targets", "both"])
    .optional()
    .describe(
      "Maps each held-out input, each held-out target that is no class, or both, linearly to the middle and the spread that it has in training.",
    ),
  prepareHeldOut: oneOf(HELD_OUT_PREPARATIONS)
    .optional()
    .describe(
      "Prepares the held-out inputs as those of training: divided or multiplied by 255 (`over255`, `times255`), mapped from 0 to 255 or 0 to 1 to −1 to 1 (`signed`), mirrored in the range of training (`mirror`), with height and width exchanged (`axes`), with the colours reversed (`channels`), padded at the other end (`padding`), or with two inputs exchanged (`inputs`).",
    ),
  prepareAsked: z
    .array(oneOf(REPAIRS), { error: "must be a list with a word for each question" })
    .optional()
    .describe(
      "For each question that the script asks its trained model, in order: prepares its rows as those of training, divided or multiplied by 255 (`over255`, `times255`), mapped from 0 to 255 or 0 to 1 to −1 to 1 (`signed`), scaled column by column (`scale`), mirrored in the range of training (`mirror`), with the targets scaled (`targets`), with height and width exchanged (`axes`), with the colours reversed (`channels`), padded at the other end (`padding`), with codes or words numbered as in training (`codes`, `words`), with columns in the order of those of training (`columns`), with two inputs exchanged (`inputs`), asks with a state of 0 (`reset`) or as in evaluation (`evaluation`), asks the trained model in place of one that was built anew (`trained`), fills the gaps of its rows (`filled`), reads its answers as the last layer and the loss mean them (`reading`), or compares them with the targets of their own rows (`order`).",
    ),
  turnLabels: z
    .literal(true, { error: "must be true; leave it out to keep the labels" })
    .optional()
    .describe(
      "Exchanges 0 and 1 in the targets of all examples, for a loss that takes them the other way round.",
    ),
  exchangeTargets: z
    .tuple([place, place], { error: "must be the places of two outputs, such as [0, 1]" })
    .optional()
    .describe(
      "Gives two outputs of the same size, by their places among the outputs, each other's targets in all examples.",
    ),
  withoutMarked: z
    .array(
      z.strictObject({
        target: wholeNumber(0, mostExamples).describe("The place among the targets of an example, from 0."),
        value: z.number({ error: "must be a number" }).describe("What stands there for what is not known."),
      }),
      { error: 'must be a list such as [{"target": 0, "value": -1}]' },
    )
    .min(1, "must name a value; leave it out to keep all examples")
    .optional()
    .describe(
      "Leaves out the examples that have one of these values as a target, which stands for what was not measured.",
    ),
  fillGaps: z
    .literal(true, { error: "must be true; leave it out to train on the examples as the program gives them" })
    .optional()
    .describe(
      "Fills numbers of a captured program's training examples that are NaN with the mean of their column, and infinite ones with its least or largest.",
    ),
  asHeld: z
    .array(wholeNumber(0, 100), { error: "must be a list of numbers of versions, from 0" })
    .min(1, "must name a version; leave it out to train on the examples as the program gives them")
    .optional()
    .describe(
      "Versions of a captured program's examples, from 0, that its script holds beside those it gives to fit, and that take their place: rows that fit never sees, the targets that belong to shuffled inputs, axes that a reshape has torn, inputs from before a step that made them alike, pictures from before a loader that changes them at random.",
    ),
  evenClasses: z
    .literal(true, { error: "must be true; leave it out to keep the weights of the definition" })
    .optional()
    .describe(
      "Weighs the training examples so that each class counts as much as every other, in place of the weights that the definition gives.",
    ),
  asChanges: oneOf(["targets", "both"])
    .optional()
    .describe(
      "For windows of a series: each target becomes its change from the window's last value, and with `both` each value of the series in the window its change from the value before.",
    ),
};

/** The number of examples, how they are standardised, and the settings of the subject's own code. */
export const ownData = z
  .object({
    examples: wholeNumber(1, mostExamples).default(200).describe("Examples to train on."),
    heldOut: wholeNumber(0, mostExamples)
      .default(100)
      .describe("Examples that are never trained on; 0 for none."),
    classification: z
      .boolean({ error: "must be true or false" })
      .default(false)
      .describe("Must equal the value in the subject's definition."),
    ...standardising,
    fitTargets: z
      .union([
        wholeNumber(1, 1_000_000),
        z.array(wholeNumber(1, 1_000_000)).min(2),
        z.array(z.array(wholeNumber(1, 1_000_000)).min(1)).min(2),
      ])
      .optional()
      .describe(
        "Gives the targets of each example the shape of the model's output, this many numbers or this shape, or the shapes of several outputs, as the broadcasting of a loss does; where no loss could, what both have is kept.",
      ),
    targetShape: z
      .array(wholeNumber(1, 1_000_000))
      .min(1)
      .optional()
      .describe("Reads the numbers of each example's targets, in their order, in this shape."),
    classes: z
      .array(z.int({ error: "must be whole numbers" }))
      .min(2)
      .max(1_000)
      .optional()
      .describe("The class numbers that the definition gives, in the order of the model's units."),
    oneHot: z
      .literal(true, { error: "must be true; leave it out otherwise" })
      .optional()
      .describe("Takes one-hot rows for a definition whose loss asks for class numbers."),
    classNumbers: z
      .literal(true, { error: "must be true; leave it out otherwise" })
      .optional()
      .describe("Reads targets that the definition gives as numbers as class numbers, from 0."),
    resplit: z
      .literal([true, "distinct", "more", "asked"], {
        error:
          'must be true, "distinct", "more" or "asked"; leave it out to keep the split of the definition',
      })
      .optional()
      .describe(
        "Joins training and held-out examples, shuffles them under the seed and splits them again into as many as before; with `distinct`, each input is kept once, and at most a fifth is held out; with `more`, a fifth is held out; with `asked`, training rows are mixed with those of the first question of known targets in place of the held-out ones.",
      ),
    ...repairs,
  })
  .catchall(anything);
