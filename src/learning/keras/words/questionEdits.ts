import type { Repair } from "../../config/preparations.ts";
import type { QuestionFacts, ScriptLine } from "../../subject/asked/question.ts";
import type { KerasEdit } from "./edit.ts";
import { inOwnNames } from "./ownNames.ts";
import type { Situation } from "./shapeEdits.ts";

/** What to do with the rows that the script asks its trained model about, before it asks. */
export const LINES: Readonly<Record<Exclude<Repair, "none">, string>> = {
  over255: "x_asked = x_asked / 255, as before fit",
  times255: "x_asked = x_asked * 255, or leave the division out, as before fit",
  signed: "x_asked = x_asked / 127.5 - 1, as before fit",
  scale: "x_asked = scaler.transform(x_asked), by the scaler that was fitted to x",
  mirror:
    "x_asked = x.min() + x.max() - x_asked, as where 255 - x_asked turns black on white into white on black",
  targets: "y_asked = scaler.transform(y_asked), by the scaler that was fitted to y",
  axes: "x_asked = np.swapaxes(x_asked, 1, 2)",
  channels: "x_asked = x_asked[..., ::-1]",
  channelsAndScale:
    "prepare x_asked by the function that prepared x: that of another network orders the colours otherwise",
  padding: "pad x_asked at the end at which x is padded",
  codes:
    "encode new rows by transform of the encoder that was fitted to those of training, without fitting it again",
  words:
    "number new texts by the list of words, or the tokenizer, that training numbered them by: save it beside the model, and make none anew",
  columns:
    "x_asked = x_asked[x.columns] of the tables by name, or x_asked.reindex(columns=x.columns, fill_value=0) behind get_dummies; for texts vectorizer.transform, and no further fit",
  inputs: "give the two inputs in the order in which the model and fit take them",
  reset: "reset the states of the recurrent layers before each batch, as in training",
  evaluation: "call the trained model with training=False, or ask it by predict",
  trained:
    "load the trained weights into the model that is asked, as by keras.models.load_model, or by load_weights without names that differ",
  filled:
    "find out why numbers are missing from x_asked, such as indices that do not match where tables are joined (reset_index), or fill them as those of x are",
  reading:
    "read the answers as the last layer and the loss mean them: argmax(axis=-1) over a unit for each class, > 0.5 for one probability, > 0 for one logit, < and > as the loss means near and far",
  order: "take the targets in the order of the rows that are asked about (shuffle=False)",
};

/** The edits at the lines that ask the trained model. */
export function ofQuestions({ captured, before, after }: Situation): KerasEdit[] {
  if (before.data.prepareAsked || !after.data.prepareAsked) return [];
  const { asked = [] } = captured.arrays;
  return after.data.prepareAsked.flatMap((repair, number) => {
    const question = asked[number];
    if (repair === "none" || !question) return [];
    const source = placeOf(repair, question) ?? question.place;
    const line =
      repair === "trained" && question.usedBehind ? "move this line behind the training" : LINES[repair];
    const value = inOwnNames(line, captured.source.fit);
    return [{ argument: null, value, layer: null, source, replace: null }];
  });
}

/** The line that takes the answers wrongly, where it is not the one that asks. */
function placeOf(repair: Repair, { order, readings }: QuestionFacts): ScriptLine | null {
  if (repair === "order") return order?.place ?? null;
  return repair === "reading" ? (readings[0]?.place ?? null) : null;
}
