import { writtenTexts } from "./causes/texts.ts";
import { lawTexts } from "./laws.ts";

/** The names that have an explanation. They are texts alone, while the causes and laws themselves load TensorFlow.js. */
export const explainedNames: readonly string[] = [...Object.keys(writtenTexts), ...Object.keys(lawTexts)];
