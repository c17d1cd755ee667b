// Training is sound, and what the script asks after it is not.

import { failureMode } from "../../src/vitest/index.ts";
import { askedSubject } from "../claims/askedSubjects.ts";

const SEED = 1;
const cure = () => askedSubject(SEED);

failureMode("argmax over the only output", {
  subject: () => askedSubject(SEED, { readings: [{ does: "argmax", over: 1 }] }),
  verdict: "learns",
  cause: "misread-answers",
  cure,
});
