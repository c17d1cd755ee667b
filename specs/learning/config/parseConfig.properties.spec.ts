import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect } from "vitest";
import { InputError } from "../../../src/foundation/input/inputError.ts";
import { parseBoxConfig, parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { wholeConfig, writtenConfig } from "./arbitraryConfig.ts";

/** Every path of a config, to its objects, its lists and its numbers. */
function pathsOf(value: unknown): string[][] {
  if (typeof value !== "object" || value === null) return [[]];
  return [
    [],
    ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner).map((path) => [key, ...path])),
  ];
}

function withValueAt(value: unknown, [key, ...rest]: readonly string[], replacement: unknown): unknown {
  if (key === undefined) return replacement;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  copy[key] = withValueAt(copy[key], rest, replacement);
  return copy;
}

const anything = fc.oneof(fc.jsonValue(), fc.double(), fc.constant(undefined), fc.bigInt());

describe("parseConfig", () => {
  // Without a check of one kind of value, its TypeError comes through; a JSON value alone is refused at its root.
  property.prop([wholeConfig, fc.nat(), anything])(
    "throws nothing but InputError whatever stands in whichever field",
    (config, choice, replacement) => {
      const paths = pathsOf(config);
      const input = withValueAt(config, paths[choice % paths.length] as string[], replacement);

      let thrown: unknown = null;
      try {
        parseConfig(input);
      } catch (error) {
        thrown = error;
      }

      expect(thrown === null || thrown instanceof InputError).toBe(true);
      expect(String(thrown).split("\n")).toHaveLength(1);
    },
  );

  property.prop([fc.jsonValue()])("throws nothing but InputError on any JSON", (input) => {
    let thrown: unknown = null;
    try {
      parseConfig(input);
    } catch (error) {
      thrown = error;
    }

    expect(thrown === null || thrown instanceof InputError).toBe(true);
  });

  // A default that overrides what is written, or a knob that is dropped, breaks this.
  property.prop([writtenConfig])("keeps every knob that is written, as it is written", (written) => {
    expect(parseConfig(written)).toMatchObject(written);
  });

  property.prop([writtenConfig])("accepts again, unchanged, what it has accepted", (written) => {
    const once = parseConfig(written);

    const twice = parseConfig(JSON.parse(JSON.stringify(once)));

    expect(twice).toEqual(once);
  });

  property.prop([writtenConfig])("changes nothing in its input, and shares no default", (written) => {
    const before = structuredClone(written);
    const first = parseBoxConfig(written);
    const second = parseConfig(written);

    (first.model.filters as number[]).push(7);
    (first.data.inputRange as unknown as number[]).fill(7);

    expect(written).toEqual(before);
    expect(parseConfig(written)).toEqual(second);
  });
});
