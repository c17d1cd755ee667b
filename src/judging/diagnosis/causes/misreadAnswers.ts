import type { Cause } from "../cause.ts";

export const misreadAnswers: Cause<"misread-answers"> = {
  name: "misread-answers",
  claim: "the script reads the answers of the network in a way that tells nothing",
  silent: true,
  examine({ askedFaults }) {
    const fault = askedFaults.find(({ kind }) => kind === "misread");
    return fault ? { rank: "answers are misread", evidence: fault.words } : null;
  },
  byHand: "read the answers as the last layer and the loss mean them; training is not at fault",
};
