// The page of what learnproof computes as Keras does, from the tables by which programs are translated.

import { activation } from "../src/learning/keras/translate/arguments/activation.ts";
import type { Argument } from "../src/learning/keras/translate/arguments/argument.ts";
import { constraint } from "../src/learning/keras/translate/arguments/constraint.ts";
import { initializer } from "../src/learning/keras/translate/arguments/initializer.ts";
import { regularizer } from "../src/learning/keras/translate/arguments/regularizer.ts";
import { knownLosses } from "../src/learning/keras/translate/recipe/lossName.ts";
import { translatedLosses } from "../src/learning/keras/translate/recipe/translateLoss.ts";
import { optimizerNames } from "../src/learning/keras/translate/recipe/translateOptimizer.ts";
import { scheduleNames } from "../src/learning/keras/translate/recipe/translateSchedule.ts";
import type { LayerEntry, LayerGroup } from "../src/learning/keras/translate/table/entry.ts";
import { dataFormat } from "../src/learning/keras/translate/table/shared.ts";
import { layerGroups } from "../src/learning/keras/translate/table/table.ts";

/** Writes docs/keras-layers.md. */
export function describeKeras(): string {
  const refused = knownLosses.filter((name) => !translatedLosses.includes(name));
  return `${[
    "# What is covered of Keras",
    "`npx tsx scripts/writeKeras.ts` writes this page from the tables by which learnproof translates [Keras programs](keras.md). Whatever is not on it is refused in one sentence that names the layer and the argument; with `--json`, `error.refusals` lists all of them.",
    "Every layer also takes `name`, `trainable`, `dtype` (computed as float32), its input shape and `activity_regularizer`.",
    shared,
    ...layerGroups.map(describeGroup),
    `## Losses\n\n${list(translatedLosses)}, by these names, their short names and their classes, with \`delta\`, \`from_logits\` and \`label_smoothing\`. A function of the script's own is read as one of them if it gives the same on random numbers, and is [traced](keras.md#code-of-your-own) otherwise, as are layers of your own. Known and refused: ${list(refused)}.`,
    `## Optimizers\n\n${list(optimizerNames)}, with \`decay\`, \`weight_decay\`, \`clipnorm\`, \`global_clipnorm\`, \`clipvalue\`, and a learning rate that is a number or one of ${list(scheduleNames)}.`,
  ].join("\n\n")}\n`;
}

/** Rules that stand for the same arguments of many layers. */
const sharedRules: readonly (readonly [what: string, rule: Argument])[] = [
  ["`activation`", activation],
  ["initializers", initializer],
  ["regularizers", regularizer],
  ["constraints", constraint],
  ["`data_format`", dataFormat],
];

const shared = `Where a layer lists them, these are covered:\n\n${sharedRules.map(([what, { covers }]) => `- ${what}: ${covers}`).join("\n")}`;

function describeGroup({ title, entries }: LayerGroup): string {
  const rows = entries.map(
    (entry) => `| ${names(entry)} | ${argumentsOf(entry)} | ${entry.difference ?? ""} |`,
  );
  return [`## ${title}`, "", "| layer | arguments | difference |", "|---|---|---|", ...rows].join("\n");
}

function names({ names }: LayerEntry): string {
  return names.map(code).join(", ");
}

/** Arguments by what is covered of them: first those of which everything is. */
function argumentsOf({ arguments: all }: LayerEntry): string {
  const groups = new Map<string, string[]>();
  for (const [name, { covers }] of Object.entries<Argument>(all))
    groups.set(covers, [...(groups.get(covers) ?? []), name]);
  const described = [...groups].map(([covers, found]) =>
    covers === "all" || sharedRules.some(([, rule]) => rule.covers === covers)
      ? list(found)
      : `${list(found)}: ${covers.replaceAll("|", "\\|")}`,
  );
  return described.join("; ") || "none";
}

const code = (name: string): string => `\`${name}\``;
const list = (all: readonly string[]): string => all.map(code).join(", ");
