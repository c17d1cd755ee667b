import { startEngineUnderTest } from "../../engineUnderTest.ts";
// The report as a browser shows it. Skipped where no Chromium is installed: set CHROME_PATH to name one.

import { execFile, execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { diagnose } from "../../../src/judging/diagnosis/diagnose.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { train } from "../../../src/learning/training/train.ts";
import { renderReport } from "../../../src/report/html/renderReport.ts";
import { madeUpCheck, madeUpLaw } from "./madeUpCheck.ts";

const PHONE = 390;

/** Asks the page what can be seen only once it is laid out. */
const QUESTIONS = `<script>
const colour = (element) => getComputedStyle(element).color;
const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id).filter((id) => !id.startsWith("zr"));
document.title = JSON.stringify({
  width: document.documentElement.scrollWidth, window: innerWidth,
  headings: [...document.querySelectorAll("h1,h2")].map((h) => h.textContent),
  figures: document.querySelectorAll("figure[role=img][aria-label]").length, allFigures: document.querySelectorAll("figure").length,
  pictures: document.querySelectorAll(".gallery svg").length,
  missing: [...document.querySelectorAll('nav a')].filter((a) => !document.getElementById(a.hash.slice(1))).length,
  twice: ids.length - new Set(ids).size, ink: colour(document.body), ground: getComputedStyle(document.body).backgroundColor,
});
</script>`;

interface Answers {
  readonly width: number;
  readonly window: number;
  readonly headings: readonly string[];
  readonly figures: number;
  readonly allFigures: number;
  readonly pictures: number;
  readonly missing: number;
  readonly twice: number;
  readonly ink: string;
  readonly ground: string;
}

function findChromium(): string | null {
  for (const name of [process.env.CHROME_PATH, "chromium", "chromium-browser", "google-chrome"]) {
    if (!name) continue;
    try {
      execFileSync(name, ["--version"], { stdio: "ignore" });
      return name;
    } catch {
      // Try the next.
    }
  }
  return null;
}

const chromium = findChromium();
let folder: string;
let html: string;

beforeAll(async () => {
  if (!chromium) return;
  folder = await mkdtemp(join(tmpdir(), "report-"));
  await startEngineUnderTest();
  const config = parseConfig({
    model: { imageSize: 16, channels: 3, filters: [2, 4, 8], hiddenUnits: [6] },
    data: { examples: 40, heldOut: 20, boxSize: 4 },
    training: { steps: 20, optimizer: { learningRate: 1 } },
  });
  const subject = await createSubject(config);
  const run = await train(subject);
  html = renderReport({
    config,
    subject,
    engine: { name: "wasm", device: "CPU", reason: "", bitExact: true },
    examination: {
      ...madeUpCheck([madeUpLaw({ holds: false })], "collapsed"),
      run,
      findings: await diagnose(subject, run, config),
    },
    cures: { cure: null, attempts: [], notTried: [], causes: [] },
  });
});

afterAll(() => (folder ? rm(folder, { recursive: true, force: true }) : undefined));

async function ask(page: string, flags: readonly string[]): Promise<Answers> {
  const file = join(folder, "report.html");
  await writeFile(file, page.replace("</body>", `${QUESTIONS}</body>`));
  const quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
  const still = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];
  const args = [
    ...quiet,
    ...still,
    `--user-data-dir=${join(folder, "profile")}`,
    ...flags,
    "--dump-dom",
    `file://${file}`,
  ];
  const dom = await new Promise<string>((done, fail) => {
    execFile(chromium as string, args, { maxBuffer: 1e8 }, (error, stdout) =>
      error ? fail(error) : done(stdout),
    );
  });
  const [, title] = dom.match(/<title>([\s\S]*?)<\/title>/) as RegExpMatchArray;
  return JSON.parse((title as string).replaceAll("&amp;", "&")) as Answers;
}

/** Relative luminance contrast of two colours as `rgb(…)`, by the definition of WCAG 2. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string) => {
    const [red, green, blue] = (colour.match(/[\d.]+/g) as string[]).slice(0, 3).map((value) => {
      const share = Number(value) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

describe.skipIf(chromium === null)("a report in Chromium (skipped where none is installed)", () => {
  test("fits a phone, links to every section, and has words for every drawing", async () => {
    const answers = await ask(html, [`--window-size=${PHONE},800`]);

    expect(answers.width).toBeLessThanOrEqual(answers.window);
    expect(answers).toMatchObject({ missing: 0, twice: 0, pictures: 12 });
    expect(answers.figures).toBe(answers.allFigures);
    expect(answers.headings).toEqual([
      expect.stringMatching(/^collapsed: /),
      ...[
        "Laws",
        "Cause and cure",
        "Loss",
        "Layers",
        "Variance of the predictions",
        "Predictions",
        "Pictures",
        "Replay",
      ],
    ]);
  });

  test.each([
    ["light", []],
    ["dark", ["--blink-settings=preferredColorScheme=0"]],
  ])("can be read in the %s scheme", async (_, flags) => {
    const { ink, ground } = await ask(html, flags);

    expect(contrast(ink, ground)).toBeGreaterThanOrEqual(7);
  });

  test("asks nothing of the network", () => {
    expect(html).not.toMatch(/(?:src|href|action)="(?!#|data:image\/png)/);
    expect(html).not.toMatch(/@import|<script|<iframe|<link/);
  });

  test("would be caught if it were too wide: the twin", async () => {
    const wide = html.replace("<main>", '<main><div style="width:900px">wide</div>');

    const { width, window } = await ask(wide, [`--window-size=${PHONE},800`]);

    expect(width).toBeGreaterThan(window);
  });
});
