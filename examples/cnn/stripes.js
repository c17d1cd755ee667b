const SIDE = 8;
const CLASSES = 3;

/** Lying, standing and leaning stripes, each begun at a place of its own; the class is a number from 0. */
export function drawStripes({ set, count }) {
  const first = set === "train" ? 0 : 100_000;
  const numbers = Array.from({ length: count }, (_, index) => first + index);
  return {
    inputs: numbers.map((number) => drawPicture(number % CLASSES, number)),
    targets: numbers.map((number) => number % CLASSES),
  };
}

function drawPicture(kind, number) {
  const begin = 4 * fraction(12.9898 * number);
  return Array.from({ length: SIDE }, (_, y) =>
    Array.from({ length: SIDE }, (_, x) => {
      const along = [y, x, x + y][kind];
      const noise = 0.2 * fraction(78.233 * (number * SIDE * SIDE + y * SIDE + x));
      return [(along + begin) % 4 < 2 ? 0.8 + noise : noise];
    }),
  );
}

/** A number from 0 to 1 that looks drawn, and is the same each time. */
function fraction(value) {
  const long = 43758.5453 * Math.sin(value);
  return long - Math.floor(long);
}
