// Faults of a question that the capture of the script tells by itself, whatever the run answers.

import { percent } from "../../../foundation/print/printNumber.ts";
import type { LeftOut, Question } from "../../../learning/subject/asked/question.ts";
import { nameCall } from "./askedFault.ts";
import type { FoundFault } from "./findAskedFaults.ts";

/** More of the rows are compared with their own targets where only some are out of place. */
const OUT_OF_ORDER = 0.95;

/** Finds the first fault that the capture tells of a question; null where it tells none. */
export function findToldFault(question: Question): FoundFault | null {
  return (
    ofUntrained(question) ??
    ofOrder(question) ??
    ofCarried(question) ??
    ofInTraining(question) ??
    ofMissing(question) ??
    ofRounds(question)
  );
}

function ofRounds({ rounds, call, place }: Question): FoundFault | null {
  if (!rounds) return null;
  return {
    kind: "trainedBefore",
    place,
    words: `${nameCall({ call, place })} measures one model that every round of a loop trains on: in ${rounds.old} of ${rounds.count} rounds by rows that an earlier round trained on, as where the folds of a cross-validation share their model; build and compile the model anew in each round`,
  };
}

function ofMissing({ missing, call, place }: Question): FoundFault | null {
  if (!missing) return null;
  const { where, rows, count } = missing;
  return {
    kind: "incomplete",
    place,
    words: `${nameCall({ call, place })} asks about rows from which numbers are missing, and none are missing from those of training: ${where} hold NaN or infinite numbers in ${rows.length} of ${count} examples, and so are the answers to them`,
    repair: "filled",
  };
}

function ofUntrained(question: Question): FoundFault | null {
  if (!question.untrained) return null;
  const { leftOut, usedBehind, isPart } = question;
  if (leftOut) return ofPartLoaded(question, leftOut);
  if (usedBehind)
    return {
      kind: "untrained",
      place: question.place,
      words: `${nameCall(question)} asks the model before it is trained, line ${usedBehind.line} uses the answers behind the training, and the trained model is not asked: they are the answers of the weights that it began with; ask once it is trained`,
      repair: "trained",
    };
  const like = isPart ? "the last layers of the trained one" : "the trained one";
  const instead = isPart ? "make it of the trained layers" : "load the trained weights into it";
  return {
    kind: "untrained",
    place: question.place,
    words: `${nameCall(question)} asks a model that is built like ${like} and was never trained, and the trained one is not asked: its weights are those that it began with; ${instead}`,
    repair: "trained",
  };
}

/** So many layers are named. */
const NAMED = 3;

function ofPartLoaded(question: Question, { layers, place }: LeftOut): FoundFault {
  const more = layers.length > NAMED ? ` and ${layers.length - NAMED} more` : "";
  const names = layers.slice(0, NAMED).join(", ") + more;
  const keeps = layers.length === 1 ? "keeps the weights that it" : "keep the weights that they";
  return {
    kind: "untrained",
    place,
    words: `${nameCall(question)} asks a model into which ${nameCall({ call: "load_weights", place })} loads the trained weights by name: a layer is loaded only where the file has one of its name, and ${names} ${keeps} began with; give the layers the same names in both models, or leave by_name out`,
    repair: "trained",
  };
}

function ofOrder({ order, rows }: Question): FoundFault | null {
  if (order === null || order.agreement > OUT_OF_ORDER) return null;
  const own = `the data that are asked about give each row its own class, and only ${percent(order.agreement)} of the ${rows} rows are compared with it`;
  return {
    kind: "order",
    place: order.place,
    words: `${order.function}${order.place ? ` (${order.place.file}:${order.place.line})` : ""} compares the answers with the same classes in another order: ${own}; ask without shuffling, or take the classes from the batches that are asked about`,
    repair: "order",
  };
}

function ofCarried({ carried, call, place }: Question): FoundFault | null {
  if (!carried) return null;
  return {
    kind: "carried",
    place,
    words: `${nameCall({ call, place })} begins with a state that an earlier batch left in a stateful layer, while each batch of training begins with none: the answers change by ${percent(carried.difference)} of their spread; reset the states before each batch`,
    repair: "reset",
  };
}

function ofInTraining({ inTraining, call, place }: Question): FoundFault | null {
  if (!inTraining) return null;
  return {
    kind: "inTraining",
    place,
    words: `${nameCall({ call, place })} asks the model with training=True, so that ${inTraining} takes the mean and the variance of the rows that are asked about together, and a row's answer depends on the others: leave it out, or ask by predict`,
    repair: "evaluation",
  };
}
