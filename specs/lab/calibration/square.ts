// The program of the workers in the spec: the larger the number, the longer it takes.

import { InputError } from "../../../src/foundation/input/inputError.ts";
import { answering } from "../../../src/learning/workers/answer.ts";

export default answering(async (number: number) => {
  await new Promise((resolve) => setTimeout(resolve, Math.abs(number)));
  if (number < 0)
    throw new InputError({ code: "negative", field: "number", message: "must be 0 or more", got: number });
  return number * number;
});
