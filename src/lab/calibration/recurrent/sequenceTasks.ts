// What the recurrent networks of a calibration learn: numbers and classes that only the whole sequence tells.

import type { SeedStream } from "../../../foundation/random/seedStream.ts";
import { seedStream } from "../../../foundation/random/seedStream.ts";
import type { ExampleRequest } from "../../../learning/subject/subjectDefinition.ts";

/** A sequence of numbers, or of word numbers, with its target: a number, or the number of a class. */
interface Sequence {
  readonly steps: readonly number[];
  readonly target: number;
}

export interface SequenceTask {
  /** Units of the output. */
  readonly outputs: number;
  readonly classification: boolean;
  /** How many different words there are; 0 where the steps are numbers. */
  readonly words: number;
  draw(length: number, random: SeedStream): Sequence;
}

const numbers = (length: number, random: SeedStream) =>
  Array.from({ length }, () => 2 * random.uniform() - 1);
const sum = (steps: readonly number[]) => steps.reduce((total, step) => total + step, 0);
const NUMBERS = { outputs: 1, classification: false, words: 0 };
const WORDS = 30;
/** Words that speak for the first class, and as many that speak against it; the others say nothing. */
const TELLING = 8;

/** Every task by its name. */
export const sequenceTasks = {
  /** The sum of the steps. */
  sum: {
    ...NUMBERS,
    draw(length, random) {
      const steps = numbers(length, random);
      return { steps, target: sum(steps) };
    },
  },
  /** The first step less the last one: the first has to be remembered. */
  difference: {
    ...NUMBERS,
    draw(length, random) {
      const steps = numbers(length, random);
      return { steps, target: (steps[0] as number) - (steps.at(-1) as number) };
    },
  },
  /** The next value of a wave of unknown frequency and phase. */
  wave: {
    ...NUMBERS,
    draw(length, random) {
      const phase = 2 * Math.PI * random.uniform();
      const frequency = 0.4 + 0.6 * random.uniform();
      const at = (step: number) => Math.sin(phase + frequency * step);
      return { steps: Array.from({ length }, (_, step) => at(step)), target: at(length) };
    },
  },
  /** Whether the steps are positive on the whole. */
  sign: {
    outputs: 1,
    classification: true,
    words: 0,
    draw(length, random) {
      const steps = numbers(length, random);
      return { steps, target: sum(steps) > 0 ? 1 : 0 };
    },
  },
  /** In which third of the sequence the peak stands. */
  third: {
    outputs: 3,
    classification: true,
    words: 0,
    draw(length, random) {
      const target = random.below(3);
      const at = Math.floor((target * length) / 3) + random.below(Math.floor(length / 3));
      return {
        steps: numbers(length, random).map((step, place) => 0.3 * step + (place === at ? 1 : 0)),
        target,
      };
    },
  },
  /** Whether the words speak for it or against it. */
  opinion: {
    outputs: 1,
    classification: true,
    words: WORDS,
    draw(length, random) {
      const target = random.below(2);
      const steps = Array.from({ length }, () => 2 * TELLING + random.below(WORDS - 2 * TELLING));
      for (let word = 0; word < 3; word++)
        steps[random.below(length)] = target * TELLING + random.below(TELLING);
      return { steps, target };
    },
  },
} satisfies Record<string, SequenceTask>;

export type SequenceTaskName = keyof typeof sequenceTasks;

/** The settings of the examples; an index is there since they are plain data. */
export interface SequenceData {
  readonly [key: string]: number;
  /** Steps of a sequence. */
  readonly length: number;
  /** Steps of zeros behind each sequence. */
  readonly padding: number;
}

/** Draws examples: inputs `[count, steps, 1]`, or `[count, steps]` for words; targets one-hot for three classes. */
export function drawSequences(
  name: SequenceTaskName,
  { set, count, seed, data }: ExampleRequest<SequenceData>,
) {
  const task: SequenceTask = sequenceTasks[name];
  const random = seedStream(seed, `calibration/sequences/${set}`);
  const drawn = Array.from({ length: count }, () => task.draw(data.length, random));
  const padded = drawn.map(({ steps }) => [...steps, ...Array<number>(data.padding).fill(0)]);
  return {
    inputs: task.words > 0 ? padded : padded.map((steps) => steps.map((step) => [step])),
    targets: drawn.map(({ target }) =>
      task.outputs === 1
        ? [target]
        : Array.from({ length: task.outputs }, (_, one) => (one === target ? 1 : 0)),
    ),
  };
}
