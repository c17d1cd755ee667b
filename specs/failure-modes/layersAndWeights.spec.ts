import { failureMode } from "../../src/vitest/index.ts";
import { distances, rareClass, spots } from "./subjects.ts";

failureMode("class weights upside down", {
  config: rareClass("weights-upside-down", { 0: 10, 1: 0.2 }).config(),
  verdict: "collapsed",
  cause: "wrong-loss",
  cure: { data: { evenClasses: true } },
});

failureMode("a mask that hides the zeros of a sequence", {
  config: distances("hidden-zeros", 0).config(),
  verdict: "collapsed",
  cause: "unused-input",
  cure: { rework: { masking: false } },
});

failureMode("pooling over a picture whose targets are places", {
  config: spots("pooled-places", true).config(),
  verdict: "stalled",
  cause: "too-little-capacity",
  cure: { rework: { keepPlaces: true } },
});
