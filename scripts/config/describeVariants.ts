import { describeFields, type Field, listFields, meaningOf } from "./describeFields.ts";
import type { Schema } from "./describeType.ts";

/** Describes losses, optimizers or schedules, which their name tells apart: first what all of them have in common. */
export function describeVariants(variants: readonly Schema[]): string {
  const named = variants.filter((variant) => variant.properties?.name?.const !== undefined);
  const fields = named.map((variant) => listFields(variant).filter(({ path }) => path !== "name"));
  const shared = (fields[0] ?? []).filter((field) => fields.every((others) => others.some(isSame(field))));
  const isShared = (field: Field) => shared.some(isSame(field));
  const parts = named.map((variant, index) => {
    const own = (fields[index] ?? []).filter((field) => !isShared(field));
    return { name: `\`${variant.properties?.name?.const}\``, variant, own };
  });
  const bare = parts.filter(({ own, variant }) => own.length === 0 && !variant.description);
  const detailed = parts.filter((part) => !bare.includes(part));
  return [
    ...(bare.length > 0
      ? [`Without settings of their own: ${bare.map(({ name }) => name).join(", ")}.`]
      : []),
    ...(shared.length > 0 ? [`All of them take:`, describeFields(shared)] : []),
    ...detailed.map(({ name, variant, own }) => {
      const meaning = variant.description ? `: ${meaningOf(variant, name)}` : "";
      return [`**${name}**${meaning}`, ...(own.length > 0 ? [describeFields(own)] : [])].join("\n\n");
    }),
  ].join("\n\n");
}

function isSame(field: Field): (other: Field) => boolean {
  const text = JSON.stringify(field);
  return (other) => JSON.stringify(other) === text;
}
