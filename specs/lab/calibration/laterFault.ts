// The program of a worker in the spec that answers, and throws while it has no work.

import { answering } from "../../../src/learning/workers/answer.ts";

export default answering(async (number: number) => {
  setTimeout(() => {
    throw new Error("later");
  }, 0);
  return number;
});
