import { check } from "learnproof";
import { buildModel } from "./model.js";
import { drawStripes } from "./stripes.js";

const model = buildModel({ lastActivation: "relu" }); // the fault: these are no probabilities
model.compile({ loss: "sparseCategoricalCrossentropy", optimizer: "adam" });

const { inputs: x, targets: y } = drawStripes({ set: "train", count: 150 });
const { verdict, cause, cure } = await check(model, { x, y, epochs: 40 });
console.log(`verdict: ${verdict}`);
console.log(`cause: ${cause?.name}: ${cause?.evidence}`);
console.log(`cure: ${JSON.stringify(cure?.change)}`);
