// Draws the law of the logarithmic term for the README: `npm run draw`.

import { boundaryPrediction } from "../specs/learning/loss/logarithmicTerm.ts";
import { writeWhole } from "../src/foundation/files/writeWhole.ts";
import { drawLines } from "../src/report/html/chart/drawing.ts";

const POINTS = 101;
const FILE = ".github/loss-law.svg";

const boundary = (alpha: number) => ({
  name: `α = ${alpha}`,
  points: Array.from({ length: POINTS }, (_, index) => {
    const target = index / (POINTS - 1);
    return [target, boundaryPrediction(target, { alpha, epsilon: 1e-9 })] as const;
  }),
});

const svg = drawLines({
  xName: "target y",
  yName: "prediction ŷ",
  series: [boundary(5), boundary(1), boundary(0.5)],
  line: { name: "ŷ = 1", value: 1 },
});
await writeWhole(FILE, `${svg}\n`);
process.stdout.write(`${FILE}\n`);
