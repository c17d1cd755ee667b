/** The ways in which rows that a script asks its trained model about can be prepared as those of training. */
export const PREPARATIONS = [
  "over255",
  "times255",
  "signed",
  "scale",
  "mirror",
  "targets",
  "axes",
  "channels",
  "channelsAndScale",
  "padding",
  "codes",
  "words",
  "columns",
  "inputs",
] as const;

/** One of these ways. */
export type Preparation = (typeof PREPARATIONS)[number];

/** The ways that are tried on held-out examples; columns and targets on another scale are told by their numbers. */
export const HELD_OUT_PREPARATIONS = [
  "over255",
  "times255",
  "signed",
  "mirror",
  "axes",
  "channels",
  "padding",
  "inputs",
] as const;

/** One of these ways. */
export type HeldOutPreparation = (typeof HELD_OUT_PREPARATIONS)[number];

/** What a config does about a question: it prepares its rows, compares its answers in their order, or leaves it as it is. */
export const REPAIRS = [
  ...PREPARATIONS,
  "order",
  "reading",
  "reset",
  "evaluation",
  "trained",
  "filled",
  "none",
] as const;

/** One of these. */
export type Repair = (typeof REPAIRS)[number];

const WORDS: Readonly<Record<Exclude<Repair, "none">, string>> = {
  over255: "the rows that the script asks about divided by 255, as those of training are",
  times255: "the rows that the script asks about multiplied by 255, as those of training are",
  signed:
    "the rows that the script asks about mapped from 0 to 255, or from 0 to 1, to −1 to 1, as those of training are",
  scale: "the rows that the script asks about scaled as those of training are",
  mirror:
    "the rows that the script asks about mirrored in the range of those of training (least + most − number)",
  targets: "the targets of the rows that the script asks about scaled as those of training are",
  axes: "height and width of the rows that the script asks about exchanged",
  channels: "the colours of the rows that the script asks about in reverse order",
  channelsAndScale:
    "the colours of the rows that the script asks about in reverse order, and their numbers scaled as those of training are",
  padding: "the rows that the script asks about padded at the other end",
  codes: "the rows that the script asks about encoded by the codes of training",
  words: "the words that the script asks about numbered as in training",
  columns: "the columns of the rows that the script asks about in the order of those of training",
  inputs: "the two inputs of the rows that the script asks about exchanged",
  reset: "a state of 0 before each batch that the script asks about, as in training",
  evaluation: "the model asked as in evaluation, and not as in training",
  trained: "the trained weights loaded into the model that the script asks",
  filled: "the gaps of the rows that the script asks about filled",
  reading: "the answers read as the last layer and the loss mean them",
  order: "the answers compared with the targets of their own rows",
};

/** Says what is done about held-out examples. */
export function describePreparation(how: HeldOutPreparation): string {
  return WORDS[how].replace("the rows that the script asks about", "the held-out inputs");
}

/** Says what is done about the questions of a script. */
export function describeRepairs(repairs: readonly Repair[]): string {
  const made = [...new Set(repairs)].flatMap((repair) => (repair === "none" ? [] : [WORDS[repair]]));
  return made.join(", and ");
}
