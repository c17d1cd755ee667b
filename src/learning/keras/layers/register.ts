// Makes learnproof's own layers and activations known to TensorFlow.js, so that a topology may name them.

import "./activations.ts";
import "./reshaping.ts";
