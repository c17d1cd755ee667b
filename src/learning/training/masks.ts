import { layers } from "@tensorflow/tfjs-layers";
import { isModel, type Layer, partsOf } from "../subject/layerTree.ts";

/** These layers override `computeMask` to pass a mask on or to drop it. If they get no mask, they make none. */
const HAND_ON: ReadonlySet<string> = new Set([
  "RNN",
  "SimpleRNN",
  "GRU",
  "LSTM",
  "ConvRNN2D",
  "ConvLSTM2D",
  "TimeDistributed",
  "Bidirectional",
  "KerasBidirectional",
  "KerasGRU",
  "KerasGlobalPooling",
  "TracedLayer",
  "Add",
  "Average",
  "Maximum",
  "Minimum",
  "Multiply",
  "Subtract",
  "Dot",
  "Concatenate",
]);

/** A layer of a program's own code, which says itself whether it makes a mask. */
interface OwnLayer {
  readonly makesMask?: boolean;
}

/** Whether a layer may compute a mask that the layers after it need. */
export function makesMasks(layer: Layer): boolean {
  if (isModel(layer)) return layer.layers.some(makesMasks);
  const className = layer.getClassName();
  if (className === "Embedding") return layer.getConfig().maskZero === true;
  if ((layer as OwnLayer).makesMask === true) return true;
  if (HAND_ON.has(className)) return partsOf(layer).some(makesMasks);
  return layer.computeMask !== layers.Layer.prototype.computeMask;
}
