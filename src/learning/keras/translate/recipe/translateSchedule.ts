import { largestOf } from "../../../../foundation/numbers/extremes.ts";
import { isObject } from "../../../../foundation/savedModel/keras3.ts";
import type { JsonObject } from "../../../../foundation/savedModel/modelJson.ts";
import { numberIn } from "../arguments/argument.ts";
import type { Findings } from "../findings.ts";

/** A learning rate, and how it changes. */
export interface TranslatedRate {
  /** Undefined where the optimizer's default holds. */
  readonly learningRate?: number;
  /** As a config's `training.optimizer.schedule` has it. */
  readonly schedule?: JsonObject;
}

/** Translates a learning rate: a number or a schedule of `keras.optimizers.schedules`. */
export function translateRate(written: unknown, findings: Findings): TranslatedRate {
  const rate = numberIn(written);
  if (rate !== null) return { learningRate: rate };
  if (written === undefined || written === null) return {};
  const kind = isObject(written) ? String(written.class_name) : String(written);
  const config = isObject(written) && isObject(written.config) ? written.config : {};
  if (kind === TABLE) return table(config);
  const translate = SCHEDULES[kind.replace(/^.*>/, "")];
  const refuse = (rule: string): TranslatedRate => {
    findings.refuse("compile", "learning_rate", rule);
    return {};
  };
  if (translate === undefined)
    return refuse(
      `${kind} has no counterpart; take a number, or one of ${Object.keys(SCHEDULES).join(", ")}`,
    );
  return translate(config, refuse);
}

type Refuse = (rule: string) => TranslatedRate;

function decay(name: string) {
  return (config: JsonObject): TranslatedRate => ({
    learningRate: config.initial_learning_rate as number,
    schedule: {
      name,
      decayRate: config.decay_rate,
      decaySteps: config.decay_steps,
      ...(config.staircase === true && { staircase: true }),
    },
  });
}

const SCHEDULES: Readonly<Record<string, (config: JsonObject, refuse: Refuse) => TranslatedRate>> = {
  ExponentialDecay: decay("exponential"),
  InverseTimeDecay: decay("inverseTime"),
  PolynomialDecay: polynomial,
  CosineDecay: cosine,
  PiecewiseConstantDecay: piecewise,
};

/** The schedules that are covered, as Keras names their classes. */
export const scheduleNames: readonly string[] = Object.keys(SCHEDULES);

/** The rates that the capture found a schedule to give which has no formula here. */
const TABLE = "RateTable";

function table({ boundaries, values }: JsonObject): TranslatedRate {
  const rates = values as readonly number[];
  const learningRate = largestOf(rates);
  if (!(learningRate > 0) || rates.length === 1) return { learningRate: Math.max(0, learningRate) };
  return {
    learningRate,
    schedule: {
      name: "piecewise",
      boundaries,
      factors: rates.map((rate) => Math.max(0, rate) / learningRate),
    },
  };
}

function polynomial(config: JsonObject, refuse: Refuse): TranslatedRate {
  const { initial_learning_rate: first, end_learning_rate: last = 0.0001, decay_steps, power = 1 } = config;
  if (config.cycle === true) return refuse("PolynomialDecay has cycle=True; take cycle=False");
  return {
    learningRate: first as number,
    schedule: {
      name: "polynomial",
      decaySteps: decay_steps,
      endFactor: (last as number) / (first as number),
      power,
    },
  };
}

function cosine(config: JsonObject, refuse: Refuse): TranslatedRate {
  const { initial_learning_rate: first, decay_steps: decaySteps, alpha = 0, warmup_target: target } = config;
  const plain = { name: "cosine", decaySteps, endFactor: alpha };
  if (target === null || target === undefined) return { learningRate: first as number, schedule: plain };
  if (first !== 0)
    return refuse("CosineDecay warms up from a rate that is not 0; take initial_learning_rate=0");
  return {
    learningRate: target as number,
    schedule: { ...plain, warmupSteps: config.warmup_steps },
  };
}

function piecewise({ boundaries, values }: JsonObject, refuse: Refuse): TranslatedRate {
  const rates = values as readonly number[];
  const first = rates[0] as number;
  if (first === 0) return refuse("PiecewiseConstantDecay begins at 0; begin with a larger rate");
  return {
    learningRate: first,
    schedule: { name: "piecewise", boundaries, factors: rates.map((rate) => rate / first) },
  };
}
