import { tensor } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { largestOf } from "../../../foundation/numbers/extremes.ts";
import { seedStream } from "../../../foundation/random/seedStream.ts";
import { truncatedNormal } from "../../../foundation/random/truncatedNormal.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { fansOf } from "../../../learning/subject/initialWeights.ts";
import { allLayers, type Layer } from "../../../learning/subject/layerTree.ts";
import { sampleExamples } from "../../../learning/subject/sample.ts";
import { isKernelLayer } from "../../../learning/training/activationLayers.ts";
import { trainableVariables } from "../../../learning/training/gradients.ts";
import { makesMasks } from "../../../learning/training/masks.ts";
import { mostAtOnce } from "../../../learning/training/mostAtOnce.ts";
import { columnSpreads, type Spread } from "../spread.ts";
import { evaluateAtOnce } from "./evaluate.ts";
import type { FreshModel } from "./freshModel.ts";
import { looksUp, takesPlaces } from "./inputUse.ts";
import { type Variation, type WalkedCall, walkLayers } from "./walkLayers.ts";

/** Nearly every network answers these differently; only for the others more examples are asked. */
const FEW = 8;
const MANY = 128;
/** A dead relu may hide every difference by chance, though not for several draws of the weights. */
const DRAWS = 3;
/** Differences up to this share of the numbers themselves are rounding. */
const ROUNDING = 1e-5;
/** Where the input of a layer differs by less than this share, the differences faded little by little before it. */
const CLEARLY = 1e-3;

/** Where a model loses what tells its examples apart. */
export interface Blindness {
  /** The layers whose inputs differ between examples and whose outputs do not, in the order of their calls. */
  readonly layers: readonly string[];
}

/**
 * Finds whether a model gives all examples the same outputs, whatever its weights are. Every trainable weight is drawn
 * anew and is never 0, so that initial weights of 0, which training moves, hide nothing. Standardised inputs keep units
 * from saturating.
 *
 * The weights of the model are lost.
 *
 * @returns null for a model that tells examples apart, and where no single layer stops the differences: they may also
 * fade from layer to layer.
 */
export async function measureBlindness({ model, subject }: FreshModel): Promise<Blindness | null> {
  const { train, seed } = subject;
  const random = seedStream(seed, "evidence/blindness");
  const few = sampleExamples(train, seed, mostAtOnce(model, FEW, train));
  if (!answersAlike(await evaluateAtOnce(model, few), train.outputs)) return null;
  let stops: readonly string[] = [];
  for (let draw = 0; draw < DRAWS; draw++) {
    redraw(model, () => truncatedNormal(random));
    const seen = draw === 0 ? few : sampleExamples(train, seed, mostAtOnce(model, MANY, train));
    if (!answersAlike(await evaluateAtOnce(model, seen), train.outputs)) return null;
    const asked = atSoundScale(model, seen);
    if (!answersAlike(await evaluateAtOnce(model, asked), train.outputs)) return null;
    stops = findStops(await walkLayers(model, asked), asked !== seen);
    if (stops.length === 0) return null;
  }
  return { layers: stops };
}

/** Gives every trainable weight a random number, at a scale that keeps the size of a layer's input. */
function redraw(model: LayersModel, normal: () => number): void {
  for (const variable of trainableVariables(model)) {
    const { shape, size } = variable;
    const deviation = shape.length > 1 ? Math.sqrt(2 / fansOf(shape).fanIn) : 0.1;
    const drawn = tensor(
      Float32Array.from({ length: size }, () => deviation * normal()),
      shape,
    );
    variable.assign(drawn);
    drawn.dispose();
  }
}

/** Whether each number of the outputs is the same for all examples; false where one is not finite. */
function answersAlike(table: Float32Array, columns: number): boolean {
  const spreads = columnSpreads(table, columns);
  const size = largestOf(spreads.map(({ least, most }) => Math.max(-least, most)));
  return table.every(Number.isFinite) && spreads.every(({ least, most }) => most - least <= ROUNDING * size);
}

/** Places in a list stay as they are; where a number may be a mask, a 0 stays 0. */
function atSoundScale(model: LayersModel, seen: Examples): Examples {
  if (looksUp(model)) return seen;
  const columns = seen.inputs.length / seen.count;
  const spreads = columnSpreads(seen.inputs, columns);
  const keepsZero = allLayers(model).some(makesMasks);
  const inputs = seen.inputs.map((value, at) => {
    const { mean, deviation, size } = spreads[at % columns] as Spread;
    return keepsZero ? value / (size || 1) : (value - mean) / (deviation || 1);
  });
  return { ...seen, inputs };
}

/** Returns the layers at which differences stop; none where any of them has a reason of its own. */
function findStops(calls: readonly WalkedCall[], isScaled: boolean): readonly string[] {
  const sees: boolean[] = [];
  const stops = calls.filter((call, place) => {
    const meets = call.from.some((from, index) => {
      const reaches = from === -1 || sees[from] === true;
      return reaches && differs(call.given[index] as Variation);
    });
    sees[place] = meets && !call.answered.every((answer) => isAlike(answer, call));
    return meets && !sees[place];
  });
  const end = calls.findLastIndex(({ layer }) => isKernelLayer(layer));
  if (stops.some((call) => hasOwnReason(call, isScaled, calls.indexOf(call) >= end))) return [];
  return [...new Set(stops.map(({ path }) => path))];
}

function differs({ span, size }: Variation): boolean {
  return span > CLEARLY * size;
}

function isAlike({ span, size }: Variation, { given }: WalkedCall): boolean {
  const incoming = largestOf(given.map((one) => one.size));
  return span <= ROUNDING * size || size <= ROUNDING * incoming;
}

/**
 * Other causes name units that are dead or saturated, and a softmax over a single number as output. Inputs that could not be
 * scaled may saturate any layer with a kernel, but for one that looks places up in a list.
 */
function hasOwnReason({ layer, answered }: WalkedCall, isScaled: boolean, isOutput: boolean): boolean {
  const { activation } = layer.getConfig();
  const kind = `${layer.getClassName()} ${typeof activation === "string" ? activation : ""}`;
  if (/relu/i.test(kind)) return answered.every(({ size }) => size === 0);
  if (/softmax/i.test(kind)) return isOutput && isSingle(layer);
  return isKernelLayer(layer) && !isScaled && !takesPlaces(layer);
}

function isSingle({ outputShape }: Layer): boolean {
  return outputShape.at(-1) === 1;
}
