import type { Values } from "../../../learning/config/changeConfig.ts";
import type { Preparation, Repair } from "../../../learning/config/preparations.ts";
import type { Question, ScriptLine } from "../../../learning/subject/asked/question.ts";

/**
 * What is wrong with a question: its rows are prepared otherwise than those of training, its answers are compared with the
 * targets of other rows, or read in a way that tells nothing, a model that was never trained is asked, one is asked with a state that
 * training left behind, or as in training, numbers are missing from its rows, an earlier round of a loop trained the same model on them, or it is answered no better than a constant would.
 */
export type AskedFaultKind =
  | "prepared"
  | "order"
  | "misread"
  | "untrained"
  | "carried"
  | "inTraining"
  | "incomplete"
  | "trainedBefore"
  | "unanswered";

/** A fault of what a script asks of its trained model. */
export interface AskedFault {
  readonly kind: AskedFaultKind;
  /** The place of the question in the subject's list. */
  readonly index: number;
  readonly question: Question;
  /** The line of the script that is at fault. */
  readonly place: ScriptLine | null;
  /** Says what is wrong, and where. */
  readonly words: string;
  /** What removes it; left out where a config cannot. */
  readonly repair?: Repair;
}

/** The values of config fields that remove every fault that a config can remove; null where there are none. */
export function remedyOf(faults: readonly AskedFault[]): Values | null {
  const repairs: Repair[] = [];
  for (const { repair, question } of faults) if (repair) repairs[question.number] = repair;
  if (repairs.length === 0) return null;
  return { "data.prepareAsked": Array.from(repairs, (repair) => repair ?? "none") };
}

/** Names the call of a question, such as `evaluate (line 31)`. */
export function nameCall({ call, place }: Pick<Question, "call" | "place">): string {
  const name = call === "call" ? "the call of the model" : call;
  return place ? `${name} (${place.file}:${place.line})` : name;
}

/** What a script did to rows that a preparation undoes. */
export const UNDONE: Readonly<Record<Preparation, string>> = {
  over255: "they are not divided by 255, as those of training are",
  times255: "they are divided by 255, which those of training are not",
  signed: "their numbers do not lie from -1 to 1, as those of training do",
  scale: "their numbers are not scaled as those of training are",
  mirror: "large numbers stand in place of small ones, as in black on white in place of white on black",
  targets: "their targets are in another unit than those of training",
  axes: "height and width have changed places",
  channels: "the colours stand in reverse order, as in BGR in place of RGB",
  codes: "their column of codes was encoded anew, so that a code stands for another value than in training",
  words: "their words were numbered anew, so that a number means another word than in training",
  channelsAndScale:
    "the colours stand in reverse order, and their numbers are not scaled as those of training are: they were prepared as another network wants it",
  columns:
    "their table has its columns in another order than that of training, so that most numbers go in as those of another column; take the columns by the names of training, as in reindex(columns=x_train.columns, fill_value=0), or count words by transform of the vectorizer that was fitted to the training texts",
  inputs: "the two inputs have changed places",
  padding: "they are padded at the other end than those of training",
};
