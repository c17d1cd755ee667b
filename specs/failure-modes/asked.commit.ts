// Training is sound, and what the script asks after it is not.

import { failureMode } from "../../src/vitest/index.ts";
import { askedSubject, unscaled } from "../claims/askedSubjects.ts";

const SEED = 1;
const cure = () => askedSubject(SEED);

failureMode("rows that are asked about without the scaling of training", {
  subject: () => askedSubject(SEED, { rows: unscaled }),
  verdict: "learns",
  cause: "held-out-from-another-distribution",
  cure,
});

failureMode("answers that are compared with the classes in another order", {
  subject: () => askedSubject(SEED, { order: { agreement: 0.1 } }),
  verdict: "learns",
  cause: "shuffled-labels",
  cure,
});

failureMode("a model that is built anew and asked in place of the trained one", {
  subject: () => askedSubject(SEED, { untrained: true }),
  verdict: "learns",
  cause: "untrained-weights",
  cure,
});
