// Random tables in which nothing is wrong: what a notice about data must not find anything in.

import { type SeedStream, seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { type Examples, gather } from "../../../../src/learning/subject/examples.ts";
import type { ExampleSets } from "../../../../src/learning/subject/subject.ts";

/** A standard normal number. */
const normal = (random: SeedStream) =>
  Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());

/** Kinds of columns that tables have. */
const KINDS: readonly ((random: SeedStream) => number)[] = [
  normal,
  (random) => random.uniform(),
  (random) => -Math.log(1 - random.uniform()),
  (random) => Math.exp(normal(random)),
  (random) => random.below(5),
  (random) => 20 + random.below(60),
  (random) => Number(random.uniform() < 0.02),
  (random) => Number(random.uniform() < 0.5),
];

/** How the targets follow from a row whose first column is a normal number, with `x` and `z` for the first two. */
const TARGETS: readonly ((
  x: number,
  z: number,
  random: SeedStream,
) => { classes: number; target: number })[] = [
  (x, z) => ({ classes: 2, target: Number(x + 0.5 * z > 0) }),
  (x, z, random) => ({ classes: 2, target: Number(x + z + normal(random) > 0) }),
  (_x, _z, random) => ({ classes: 2, target: random.below(2) }),
  (x, z) => ({ classes: 4, target: 2 * Number(x > 0) + Number(z > 0) }),
  (x) => ({ classes: 3, target: x < -1 ? 0 : x < 1 ? 1 : 2 }),
  (x, z) => ({ classes: 2, target: Number(Math.sin(4 * x) * Math.cos(4 * z) > 0) }),
  (x, z, random) => ({ classes: 0, target: 2 * x - z + 0.3 * normal(random) }),
  (x, z, random) => ({ classes: 0, target: Math.exp(x + 0.5 * normal(random)) + z }),
  (_x, _z, random) => ({ classes: 0, target: normal(random) / (0.2 + random.uniform()) }),
  (x, z) => ({ classes: 0, target: x * z }),
];

/** A table of 100 to 500 rows and 2 to 31 columns, split at random. */
export function healthyTable(seed: number): ExampleSets {
  const random = seedStream(seed, "spec/healthyTables");
  const count = 100 + random.below(400);
  const columns = 2 + random.below(30);
  const kinds = Array.from({ length: columns }, (_, column) =>
    column < 2 ? normal : (KINDS[random.below(KINDS.length)] as typeof normal),
  );
  const rule = TARGETS[seed % TARGETS.length] as (typeof TARGETS)[number];
  const rows = Array.from({ length: count }, () => kinds.map((draw) => draw(random)));
  const labels = rows.map(([x, z]) => rule(x as number, z as number, random));
  return splitTable(
    rows,
    labels.map(({ target }) => target),
    labels[0]?.classes ?? 0,
    random,
  );
}

/** Makes examples of rows, with row numbers from 1, and holds a fifth out at random. */
export function splitTable(
  rows: readonly (readonly number[])[],
  targets: readonly number[],
  classes: number,
  random: SeedStream,
): ExampleSets {
  const outputs = classes > 2 ? classes : 1;
  const whole: Examples = {
    count: rows.length,
    inputShape: [rows[0]?.length ?? 0],
    inputs: Float32Array.from(rows.flat()),
    outputs,
    targets: Float32Array.from(
      targets.flatMap((target) =>
        outputs === 1 ? [target] : Array.from({ length: outputs }, (_, at) => Number(at === target)),
      ),
    ),
    classification: classes > 0,
    rowNumbers: Int32Array.from(rows, (_, row) => row + 1),
  };
  const places = rows.map((_, row) => row);
  for (let last = places.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [places[last], places[other]] = [places[other] as number, places[last] as number];
  }
  const cut = Math.floor(0.8 * places.length);
  return { train: gather(whole, places.slice(0, cut)), heldOut: gather(whole, places.slice(cut)) };
}
