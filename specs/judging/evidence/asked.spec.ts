import { beforeAll, describe, expect, test } from "vitest";
import { remedyOf } from "../../../src/judging/evidence/asked/askedFault.ts";
import { findAskedFaults } from "../../../src/judging/evidence/asked/findAskedFaults.ts";
import { findPlainFactor } from "../../../src/judging/evidence/asked/plainFactor.ts";
import { areNumberedAlone } from "../../../src/judging/evidence/asked/renumberedWords.ts";
import { answersWhatIsAsked } from "../../../src/judging/law/answersWhatIsAsked.ts";
import { checkLaws } from "../../../src/judging/law/checkLaws.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { type Examples, firstExamples } from "../../../src/learning/subject/examples.ts";
import type { Gaps } from "../../../src/learning/subject/gaps.ts";
import type { Subject } from "../../../src/learning/subject/subject.ts";
import { train } from "../../../src/learning/training/train.ts";
import { askedSubject, turned, unscaled } from "../../claims/askedSubjects.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

async function faultsOf(subject: Subject) {
  return findAskedFaults(subject, await train(subject, { probes: false }), true);
}

/** For what is known without training. */
function untrained(subject: Subject): Subject {
  return { ...subject, steps: 1 };
}

describe("what a script asks of a network that has learnt", () => {
  test("is at fault where its rows are answered well only once they are scaled as those of training", async () => {
    const [fault, ...others] = await faultsOf(askedSubject(1, { rows: unscaled }));

    expect(others).toEqual([]);
    expect(fault).toMatchObject({ kind: "prepared", repair: "scale" });
    expect(fault?.words).toContain("evaluate (train.py:30)");
    expect(remedyOf(fault ? [fault] : [])).toEqual({ "data.prepareAsked": ["scale"] });
  });

  test("is at fault where rows with known targets are answered no better than by a constant", async () => {
    expect(await faultsOf(askedSubject(1, { rows: turned }))).toMatchObject([{ kind: "unanswered" }]);
    // What is subtracted from the answers need not be their targets.
    expect(await faultsOf(askedSubject(1, { rows: turned, targets: "compared" }))).toEqual([]);
  });

  test("is no fault where new rows are answered well at another line, as beside adversarial ones", async () => {
    expect(await faultsOf(askedSubject(1, {}, { rows: turned }))).toEqual([]);
    // Rows that training has seen are answered well by any network that has learnt them.
    const { train: seen } = askedSubject(1);
    const beside = askedSubject(1, { rows: () => firstExamples(seen, 100) }, { rows: turned });
    expect(await faultsOf(beside)).toMatchObject([{ kind: "unanswered", index: 1 }]);
  });

  test("is no fault where held-out rows are answered about as badly, and is one where they are answered well: the twin", async () => {
    const question = askedSubject(1, { rows: turned });
    const [asked] = question.asked ?? [];
    // Held out are rows that are answered as badly as those that are asked about.
    const alike = { ...question, heldOut: asked?.examples ?? null };
    const apart = { ...question, heldOut: askedSubject(1).asked?.[0]?.examples ?? null };

    expect(await faultsOf(alike)).toEqual([]);
    expect(await faultsOf(apart)).toMatchObject([{ kind: "unanswered" }]);
  });

  test("is at fault where later rounds of a loop ask about what earlier ones trained on, and no config mends that", async () => {
    const subject = untrained(askedSubject(1));
    const asked = subject.asked?.map((question) => ({ ...question, rounds: { count: 5, old: 4 } }));
    const [fault, ...others] = await faultsOf({ ...subject, asked });
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ kind: "trainedBefore" });
    expect(fault).not.toHaveProperty("repair");
    expect(fault?.words).toContain("in 4 of 5 rounds by rows that an earlier round trained on");
  });

  test("is at fault where numbers are missing from its rows, and not once they are filled", async () => {
    const subject = untrained(askedSubject(1));
    const asked = (missing: Gaps | null): Subject => ({
      ...subject,
      asked: (subject.asked ?? []).map((question) => ({ ...question, missing })),
    });
    const gaps = { count: 9, rows: Int32Array.of(1, 4), where: "columns 1, 2 of the inputs" };
    const [fault, ...others] = await faultsOf(asked(gaps));
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ kind: "incomplete", repair: "filled" });
    expect(fault?.words).toContain(
      "columns 1, 2 of the inputs hold NaN or infinite numbers in 2 of 9 examples",
    );
    expect((await faultsOf(asked(null))).map(({ kind }) => kind)).not.toContain("incomplete");
  });

  test("is at fault where it begins with a state that training left, and not once that is reset", async () => {
    const subject = untrained(askedSubject(1));
    const asked = (carried: { calls: number; difference: number } | null): Subject => ({
      ...subject,
      asked: (subject.asked ?? []).map((question) => ({ ...question, carried })),
    });
    expect(await faultsOf(asked({ calls: 4, difference: 0.5 }))).toMatchObject([
      { kind: "carried", repair: "reset" },
    ]);
    expect((await faultsOf(asked(null))).map(({ kind }) => kind)).not.toContain("carried");
  });

  test("is at fault where it is answered as in training, and not once it is as in evaluation", async () => {
    const asked = (inTraining: string | null): Subject => {
      const subject = untrained(askedSubject(1));
      return { ...subject, asked: (subject.asked ?? []).map((question) => ({ ...question, inTraining })) };
    };
    expect(await faultsOf(asked("batch_normalization"))).toMatchObject([
      { kind: "inTraining", repair: "evaluation" },
    ]);
    expect((await faultsOf(asked(null))).map(({ kind }) => kind)).not.toContain("inTraining");
  });

  test("is at fault where logits are compared with 0.5, and not where outputs are probabilities", async () => {
    const reading = { readings: [{ does: "threshold", at: 0.5 } as const] };
    const classes = (fromLogits: boolean): Subject => {
      const subject = askedSubject(1, reading);
      const { train: given } = subject;
      const targets = given.targets.map((value) => Number(value > 0));
      return {
        ...subject,
        train: { ...given, targets, classification: true },
        loss: { name: "binaryCrossentropy", fromLogits, labelSmoothing: 0, reduction: "mean" },
        steps: 30,
      } as Subject;
    };
    expect(await faultsOf(classes(true))).toMatchObject([{ kind: "misread", repair: "reading" }]);
    expect((await faultsOf(classes(false))).map(({ kind }) => kind)).not.toContain("misread");
  });

  test("is cured by another reading where its rows are answered well, and not where they are not: the twin", async () => {
    const readings = [{ does: "argmax", over: 1, place: null } as const];
    const misread = askedSubject(1, { readings });
    const badly = askedSubject(1, { readings, rows: turned });
    const readOtherwise = (subject: Subject): Subject => ({
      ...subject,
      asked: (subject.asked ?? []).map((question) => ({ ...question, readings: [] })),
    });

    expect(await faultsOf(misread)).toMatchObject([{ kind: "misread", repair: "reading" }]);
    expect(await faultsOf(readOtherwise(misread))).toEqual([]);
    expect(await faultsOf(readOtherwise(badly))).toMatchObject([{ kind: "unanswered" }]);
  });

  test("is at fault where most rows are compared with another row's class", async () => {
    const order = (agreement: number) => untrained(askedSubject(1, { targets: null, order: { agreement } }));
    expect(await faultsOf(order(0.3))).toMatchObject([{ kind: "order", repair: "order" }]);
    expect(await faultsOf(order(0.99))).toEqual([]);
  });

  test("is at fault where weights are loaded by name into a model whose layers have other names", async () => {
    const subject = untrained(askedSubject(1, { untrained: true, targets: null }));
    const place = { file: "serve.py", line: 7, text: "served.load_weights('net.h5', by_name=True)" };
    const asked = subject.asked?.map((question) => ({
      ...question,
      leftOut: { layers: ["dense_3", "dense_4", "dense_5", "dense_6"], place },
    }));
    const [fault] = await faultsOf({ ...subject, ...(asked && { asked }) });
    expect(fault).toMatchObject({ kind: "untrained", place });
    expect(fault?.words).toContain("load_weights (serve.py:7)");
    expect(fault?.words).toContain("dense_3, dense_4, dense_5 and 1 more keep");
  });

  test("is at fault where the model is asked before its training, and the answers are used behind it", async () => {
    const subject = untrained(askedSubject(1, { untrained: true, targets: null }));
    const usedBehind = { file: "train.py", line: 37, text: "print(preds)" };
    const asked = subject.asked?.map((question) => ({ ...question, usedBehind }));
    const [fault] = await faultsOf({ ...subject, ...(asked && { asked }) });
    expect(fault).toMatchObject({ kind: "untrained", repair: "trained" });
    expect(fault?.words).toContain("line 37 uses the answers behind the training");
  });

  test("is at fault where argmax has one number to choose from, and not where it has two", async () => {
    const reading = (over: number) =>
      untrained(askedSubject(1, { targets: null, readings: [{ does: "argmax", over }] }));
    expect(await faultsOf(reading(1))).toMatchObject([{ kind: "misread" }]);
    expect(await faultsOf(reading(2))).toEqual([]);
  });

  test("is no fault where it is prepared, paired and read as in training", async () => {
    expect(await faultsOf(askedSubject(1))).toEqual([]);
    expect(await faultsOf(untrained(askedSubject(1, { targets: null })))).toEqual([]);
  });

  test("tells nothing of a network that has not learnt", async () => {
    const subject = { ...askedSubject(1, { rows: turned }), steps: 1 };
    const { thresholds } = parseConfig({ subject: "dense", data: { formula: ["x0"] } });
    const { laws } = await checkLaws(subject, { thresholds, bitExact: true, laws: [answersWhatIsAsked] });
    expect(laws).toMatchObject([{ measured: 0, holds: true }]);
  });
});

describe("numbers of words", () => {
  /** Rows of words, of which the number n comes about 120 / n times, or in another order where words are moved. */
  const texts = (move: (word: number) => number): Examples => {
    const words = Array.from({ length: 20 }, (_, word) =>
      Array.from({ length: Math.ceil(120 / (word + 1)) }, () => move(word) + 2),
    ).flat();
    const count = Math.floor(words.length / 5);
    return {
      count,
      inputShape: [5],
      outputs: 1,
      inputs: Float32Array.from(words.slice(0, 5 * count)),
      targets: new Float32Array(count),
    };
  };
  const asIs = (word: number) => word;

  test("are known to be given anew where both sets are numbered by their own frequencies", () => {
    expect(areNumberedAlone({ train: texts(asIs), heldOut: null }, texts(asIs))).toBe(true);
    expect(
      areNumberedAlone(
        { train: texts(asIs), heldOut: null },
        texts((word) => (word * 7) % 20),
      ),
    ).toBe(false);
    expect(areNumberedAlone({ train: texts((word) => (word * 7) % 20), heldOut: null }, texts(asIs))).toBe(
      false,
    );
  });

  test("are known by the training texts and those split off from them, where these alone are a little out of order", () => {
    const all = texts(asIs);
    const rows = (from: number, to: number) => ({
      ...all,
      count: to - from,
      inputs: all.inputs.slice(5 * from, 5 * to),
    });
    const [first, rest] = [rows(0, 20), rows(20, all.count)];

    expect(areNumberedAlone({ train: rest, heldOut: null }, all)).toBe(false);
    expect(areNumberedAlone({ train: rest, heldOut: first }, all)).toBe(true);
    expect(areNumberedAlone({ train: rest, heldOut: rest }, all)).toBe(false);
  });
});

/** Rows of pixels, of which the caller says how they are scaled. */
function pixels(count: number, scale: (pixel: number) => number): Examples {
  const inputs = Float32Array.from({ length: count * 64 }, (_, at) => scale((at * 97) % 256));
  const targets = new Float32Array(count);
  return { count, inputShape: [8, 8, 1], outputs: 1, inputs, targets };
}

describe("a plain factor", () => {
  const of = (ours: Examples, theirs: Examples) =>
    findPlainFactor({ ...askedSubject(1), train: ours }, theirs);
  const raw = (pixel: number) => pixel;
  const unit = (pixel: number) => pixel / 255;

  test("is known from a single picture, both ways", () => {
    expect(of(pixels(20, unit), pixels(1, raw))).toBe("over255");
    expect(of(pixels(20, raw), pixels(1, unit))).toBe("times255");
  });

  test("is known where held-out rows that are no whole levels are asked about again, both ways", () => {
    const grey = (shift: number, factor: number) =>
      pixels(12, (pixel) => ((pixel * 0.713 + shift) % 251.3) * factor);
    const between = (asked: Examples) =>
      findPlainFactor({ ...askedSubject(1), train: grey(3.1, 1 / 255), heldOut: grey(5.7, 1 / 255) }, asked);

    expect(between(grey(5.7, 1))).toBe("over255");
    expect(
      findPlainFactor({ ...askedSubject(1), train: grey(3.1, 1), heldOut: grey(5.7, 1) }, grey(5.7, 1 / 255)),
    ).toBe("times255");
    // Other rows of the same kind, and the same rows as they are.
    expect(between(grey(9.2, 1))).toBeNull();
    expect(between(grey(5.7, 1 / 255))).toBeNull();
  });

  test("is known where pictures are black and white", () => {
    const black = (white: number) => (pixel: number) => (pixel % 2) * white;
    expect(of(pixels(20, black(1)), pixels(1, black(255)))).toBe("over255");
    expect(of(pixels(20, black(1)), pixels(1, black(1)))).toBeNull();
    // Classes in the place of pixels are no levels of grey.
    expect(of(pixels(20, black(1)), pixels(1, black(3)))).toBeNull();
  });

  test("is known where training has pixels from -1 to 1, or about their mean", () => {
    expect(
      of(
        pixels(20, (pixel) => pixel / 127.5 - 1),
        pixels(1, raw),
      ),
    ).toBe("signed");
    expect(
      of(
        pixels(20, (pixel) => (pixel - 127) / 73.9),
        pixels(1, raw),
      ),
    ).toBe("scale");
    expect(
      of(
        pixels(20, (pixel) => unit(pixel) - 0.4),
        pixels(1, raw),
      ),
    ).toBe("scale");
    expect(
      of(
        pixels(20, (pixel) => pixel / 127.5 - 1),
        pixels(1, unit),
      ),
    ).toBeNull();
    expect(
      of(
        pixels(20, (pixel) => pixel - 127),
        pixels(1, raw),
      ),
    ).toBeNull();
    expect(
      of(
        pixels(20, (pixel) => pixel + 3 * Math.sin(pixel) - 1),
        pixels(1, raw),
      ),
    ).toBeNull();
  });

  test("is known where other levels of grey are asked about than their shares of the largest", () => {
    const grey = (levels: number) => (pixel: number) => Math.round((pixel / 255) * levels);
    const shares = pixels(20, (pixel) => grey(16)(pixel) / 16);

    expect(of(shares, pixels(4, grey(16)))).toBe("scale");
    expect(of(shares, pixels(4, grey(15)))).toBeNull();
    expect(of(pixels(20, unit), pixels(4, grey(16)))).toBeNull();
  });

  test("is not seen where pixels are scaled alike, nor in noise", () => {
    expect(of(pixels(20, unit), pixels(1, unit))).toBeNull();
    expect(of(pixels(20, raw), pixels(1, raw))).toBeNull();
    expect(
      of(
        pixels(20, raw),
        pixels(1, (pixel) => Math.sin(pixel) ** 2),
      ),
    ).toBeNull();
    expect(
      of(
        pixels(20, unit),
        pixels(1, (pixel) => 300 * Math.sin(pixel)),
      ),
    ).toBeNull();
  });

  /** Two columns around 0, or moved far away from them. */
  const columns = (count: number, far: number): Examples => ({
    count,
    inputShape: [2],
    outputs: 1,
    inputs: Float32Array.from({ length: 2 * count }, (_, at) => far + 1.4 * Math.sin(2.3 * at)),
    targets: new Float32Array(count),
  });

  /** Columns from 0 to 1, as a scaler leaves them that was fitted to them. */
  const fitted = (): Examples => {
    const rows = columns(60, 0);
    return { ...rows, inputs: rows.inputs.map((_, at) => Math.floor(at / 2) / 59) };
  };
  const apart = { ...columns(1, 40), inputs: Float32Array.of(40, 1400) };

  test("is known where scaled columns are asked about far outside of them", () => {
    expect(of(fitted(), columns(1, 40))).toBe("scale");
    expect(of(columns(60, 0), apart)).toBe("scale");
    // A toy that was trained on random numbers may be asked for 10 + 20.
    expect(of(columns(60, 0), columns(1, 40))).toBeNull();
    expect(of(columns(60, 0), columns(1, 5))).toBeNull();
    expect(of(columns(60, 200), columns(1, 900))).toBeNull();
  });

  test("is no fault of an autoencoder, which may be asked about outliers", () => {
    const train = columns(60, 0);
    const copying = { ...train, outputs: 2, targets: train.inputs };
    expect(of(copying, apart)).toBeNull();
  });
});
