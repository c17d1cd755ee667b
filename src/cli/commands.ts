import type { Command, CommandOption } from "./command.ts";
import { baselines, gateFiles, gateFlags, gateReport } from "./gateFlags.ts";
import {
  budget,
  engine,
  fit,
  open,
  pageless,
  parts,
  python,
  quiet,
  running,
  seed,
  training,
  what,
  workers,
} from "./sharedOptions.ts";

const REPORT: CommandOption = {
  flag: "--report <file>",
  text: "Where to write the HTML report",
  fallback: "learnproof-report.html",
};

const REPORT_OF_RUN: CommandOption = {
  flag: "--report <file>",
  text: "Where to write a page of the run",
  fallback: "none; with --open learnproof-report.html",
};

/** Every command, in the order in which a person meets them. */
export const commands: readonly Command[] = [
  {
    usage: "check [what]",
    summary: "Find out whether something learns: every law, a verdict, the cause, a proven cure, a report",
    options: [
      REPORT,
      {
        flag: "--budget <time>",
        text: "The most time to take, such as 90s or 10m; says what it leaves out for that, and ends with exit code 2 where it left no time to judge the run",
        fallback: "none",
      },
      { flag: "--ladder", text: "Climb the ladder as well, and show it in the report" },
      { flag: "--verify", text: "Compare with the last check of the script: is it cured?" },
      { flag: "--watch", text: "Check again whenever a file that it reads changes" },
      { ...workers, fallback: "1, so that the kernels have all cores" },
      ...what,
      seed,
      ...running.filter((option) => option !== budget),
      open,
    ],
    examples: [
      "learnproof check houses.csv --target price",
      "learnproof check train.js --budget 2m",
      "learnproof check config.json --seed 7",
      "learnproof check my-subject --open",
    ],
    run: async ([what], options) =>
      (await import("./check.ts")).checkCommand(what as string | undefined, options),
  },
  {
    usage: "init",
    summary: "Find a model or a table here; write a config, a spec and a CI job; and check it",
    options: [{ flag: "--yes", text: "Write the files without a question" }, ...running, pageless],
    examples: ["learnproof init --yes"],
    run: async (_args, options) => (await import("./init.ts")).initCommand(options),
  },
  {
    usage: "doctor",
    summary: "Say what would run here, what is missing, and how it is mended",
    options: [],
    examples: ["learnproof doctor"],
    run: async (_args, options) => (await import("./doctor.ts")).doctorCommand(options),
  },
  {
    usage: "train <what>",
    summary: "Train once, exactly the steps asked for, and judge the run",
    options: [...training, REPORT_OF_RUN, open],
    examples: ["learnproof train config.json", "learnproof train houses.csv --target price --json"],
    run: async ([what], options) => (await import("./train.ts")).trainCommand(what as string, options),
  },
  {
    usage: "gate [...whats]",
    summary: "Compare with the baselines: does every subject learn as it did?",
    options: [
      ...gateFlags,
      { flag: "--changed <commit>", text: "Only subjects that depend on something that changed since" },
      ...parts,
      { flag: "--inputs-only", text: "Only hash what the subjects depend on" },
      workers,
      ...training,
      { flag: "--open", text: "Open the summary" },
    ],
    examples: ["learnproof gate config.json --update", "learnproof gate"],
    run: async ([whats], options) => {
      await (await import("./gateEarly.ts")).refuseBeforeEngine(whats as string[], options);
      return (await import("./gate.ts")).gateCommand(whats as string[], options);
    },
  },
  {
    usage: "history [file]",
    summary: "Draw what the gate measured over the commits, and find where it changed",
    options: [
      { flag: "--out <file>", text: "Where to write the page", fallback: "learnproof-history.html" },
      { flag: "--floor <ratio>", text: "The ratio from which worse matters", fallback: "1.25" },
      engine,
      quiet,
    ],
    examples: ["learnproof history"],
    run: async ([file], options) =>
      (await import("./history.ts")).historyCommand(file as string | undefined, options),
  },
  {
    usage: "bisect <good> <bad> [...what]",
    help: "bisect GOOD BAD [options] -- WHAT",
    summary: "Find the first commit that learns differently, and worse",
    options: [
      { flag: "--seeds <number>", text: "Seeds of a comparison", fallback: "chosen by the spread" },
      seed,
      ...running,
      pageless,
    ],
    examples: ["learnproof bisect v1.0.0 HEAD -- config.json"],
    run: async ([good, bad, what], options) =>
      (await import("./bisect.ts")).bisectCommand(String(good), String(bad), what as string[], options),
  },
  {
    usage: "ladder [what]",
    summary: "Climb from one example to a split, growing the network where it must",
    options: [
      { flag: "--alpha", text: "Sweep the alpha of the loss mse+msle instead" },
      { ...workers, text: `With --alpha: ${workers.text[0]?.toLowerCase()}${workers.text.slice(1)}` },
      ...training,
      pageless,
    ],
    examples: ["learnproof ladder config.json"],
    run: async ([what], options) =>
      (await import("./ladder.ts")).ladderCommand(what as string | undefined, options),
  },
  {
    usage: "report [...files]",
    summary: "Train configs or capsules and lay the runs side by side in one page",
    options: [
      { flag: "--out <file>", text: "Where to write the page", fallback: "learnproof-report.html" },
      ...training,
      open,
    ],
    examples: ["learnproof report before.json after.json --open"],
    run: async ([files], options) => (await import("./report.ts")).reportCommand(files as string[], options),
  },
  {
    usage: "record <what>",
    summary: "Train once and keep the run as a capsule",
    options: [
      { flag: "--out <file>", text: "The capsule to write; it must not exist yet" },
      ...training,
      pageless,
    ],
    examples: ["learnproof record config.json --out collapse.json"],
    run: async ([what], options) => (await import("./record.ts")).recordCommand(what as string, options),
  },
  {
    usage: "capture <script>",
    summary: "Run a Keras script up to its fit, and keep what it trains as a folder",
    options: [{ flag: "--out <folder>", text: "The folder to write" }, python, fit],
    examples: ["learnproof capture train.py --out captured"],
    run: async ([script], options) =>
      (await import("./capture.ts")).captureCommand(script as string, options),
  },
  {
    usage: "judge <trace>",
    summary: "Judge a training of any program by the trace that watch() wrote",
    options: [],
    examples: ["learnproof judge trace.jsonl"],
    run: async ([trace], options) => (await import("./judge.ts")).judgeCommand(trace as string, options),
  },
  {
    usage: "replay <capsule>",
    summary: "Make a capsule's run again: is it the same, bit for bit?",
    options: [{ ...engine, fallback: "the capsule's" }, ...running.slice(1), pageless],
    examples: ["learnproof replay collapse.json"],
    run: async ([capsule], options) =>
      (await import("./replay.ts")).replayCommand(capsule as string, options),
  },
  {
    usage: "explain [name]",
    summary: "Say what a cause or a law means, how it is told from others, and what cures it",
    options: [],
    examples: ["learnproof explain targets-not-normalised", "learnproof explain beatsTheMean"],
    run: async ([name], options) =>
      (await import("./explain.ts")).explainCommand(name as string | undefined, options),
  },
  {
    usage: "new <kind> <name>",
    summary: "Write a failure-mode spec and its config, ready to edit",
    options: [],
    examples: ["learnproof new failure-mode dead-relu"],
    run: async ([kind, name], options) =>
      (await import("./new.ts")).newCommand(kind as string, name as string, options),
  },
  {
    usage: "engines [...whats]",
    summary: "Lay every engine side by side: laws, verdict and speed on each",
    options: [...training, pageless],
    examples: ["learnproof engines", "learnproof engines config.json --engine tensorflow"],
    run: async ([whats], options) =>
      (await import("./engines.ts")).enginesCommand(whats as string[], options),
  },
  {
    usage: "bench",
    summary: "Time a training step, engines and threads side by side",
    options: [
      { flag: "--against <what>", text: "torch, to time PyTorch in turn, or the JSON of an earlier run" },
    ],
    examples: ["learnproof bench --json", "learnproof bench --against torch"],
    run: async (_args, options) => (await import("./bench.ts")).benchCommand(options),
  },
  {
    usage: "calibrate",
    summary: "Measure the harness itself: does it catch mutants, and accuse no healthy config?",
    options: [
      { flag: "--healthy <number>", text: "Healthy configs to judge", fallback: "200" },
      { flag: "--mutated <number>", text: "How many of them to mutate in every way", fallback: "4" },
      workers,
      ...parts,
      { ...seed, text: "The seed from which configs are drawn, from 1", fallback: "1" },
      ...running,
      pageless,
    ],
    examples: ["learnproof calibrate --healthy 50"],
    run: async (_args, options) => (await import("./calibrate.ts")).calibrateCommand(options),
  },
  {
    usage: "merge <folder>",
    summary: "Put the parts of a gate or of calibrate together, from the blobs that they wrote",
    options: [
      baselines,
      gateReport,
      ...gateFiles,
      quiet,
      { flag: "--open", text: "Open the summary of a gate" },
    ],
    examples: ["learnproof calibrate --shard 1/2 --blob parts/1.json", "learnproof merge parts"],
    run: async ([folder], options) => (await import("./merge.ts")).mergeCommand(folder as string, options),
  },
  {
    usage: "build-tensorflow",
    summary: "Build TensorFlow's native library where npm cannot download it",
    options: [],
    examples: ["learnproof build-tensorflow"],
    run: async (_args, options) => (await import("./buildTensorflow.ts")).buildTensorflowCommand(options),
  },
];
