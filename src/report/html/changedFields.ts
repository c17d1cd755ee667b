import type { Config } from "../../learning/config/schema.ts";

type Fields = { readonly [name: string]: unknown };

/** The fields of a config that another one changes, with their new values, nested as a config is: to be copied there. */
export function changedFields(before: Config, after: Config): Fields {
  return difference({ ...before }, { ...after });
}

function difference(before: Fields, after: Fields): Fields {
  const changed = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
  );
  return Object.fromEntries(
    changed.map(([name, value]) => {
      const old = before[name];
      return [
        name,
        isFields(old) && isFields(value) && isSameKind(old, value) ? difference(old, value) : value,
      ];
    }),
  );
}

/** A loss or an optimizer of another name has other fields. */
function isSameKind(before: Fields, after: Fields): boolean {
  return before.name === after.name;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
