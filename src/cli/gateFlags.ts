import type { CommandOption } from "./command.ts";

/** Where a gate and `merge` find the baselines. */
export const baselines: CommandOption = {
  flag: "--baselines <folder>",
  text: "Where the baselines lie",
  fallback: "fixtures/baselines",
};

/** Where a gate and `merge` write their summary. */
export const gateReport: CommandOption = {
  flag: "--report <file>",
  text: "Where to write the summary, as Markdown",
  fallback: "learnproof-gate.md",
};

/** What a gate writes beside its summary. */
export const gateFiles: readonly CommandOption[] = [
  { flag: "--history <file>", text: "The file to append a line to, which history draws" },
  { flag: "--badge <file>", text: "Where to write a badge, as shields.io reads it" },
  { flag: "--sarif <file>", text: "Where to write the changes as SARIF" },
  { flag: "--junit <file>", text: "Where to write the metrics as JUnit's XML" },
];

/** What `gate` alone takes: its baselines, how it compares, and what it writes. */
export const gateFlags: readonly CommandOption[] = [
  { flag: "--update", text: "Rewrite the baselines, and show the difference" },
  { flag: "--reason <text>", text: "With --update: why the baseline is replaced, which its file keeps" },
  { flag: "--accept-worse", text: "With --update: take a baseline that is worse than the one before" },
  {
    flag: "--floor <ratio>",
    text: "With --update: the ratio from which worse matters",
    fallback: "the baseline's, else 1.25",
  },
  {
    flag: "--seeds <number>",
    text: "With --update: seeds of a gate",
    fallback: "chosen by the spread",
  },
  {
    flag: "--minutes <number>",
    text: "With --update: the most minutes for a gate's seeds of a subject",
    fallback: "10",
  },
  {
    flag: "--false-alarms <rate>",
    text: "How often a gate may fail though nothing got worse",
    fallback: "1e-4",
  },
  { flag: "--all", text: "Measure what the cache knows, too" },
  baselines,
  {
    flag: "--cache <folder>",
    text: "Where measurements are kept",
    fallback: "node_modules/.cache/learnproof",
  },
  gateReport,
  {
    flag: "--capsules <folder>",
    text: "Where to keep a capsule of what regressed",
    fallback: "none is kept",
  },
  ...gateFiles,
];
