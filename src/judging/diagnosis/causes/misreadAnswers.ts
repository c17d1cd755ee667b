import type { Cause } from "../cause.ts";
import { suspectAsked } from "../suspectAsked.ts";

export const misreadAnswers: Cause<"misread-answers"> = {
  name: "misread-answers",
  claim: "the script reads the answers of the network in a way that tells nothing",
  silent: true,
  examine({ askedFaults }) {
    return suspectAsked(askedFaults, "misread", "answers are misread");
  },
  byHand: "read the answers as the last layer and the loss mean them; training is not at fault",
};
