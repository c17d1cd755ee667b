// Makes learnproof's own layers and activations known to TensorFlow.js, so that a topology may name them.

import "./activations.ts";
import "./augmentation.ts";
import "./batchNormalization.ts";
import "./convolution.ts";
import "./merging.ts";
import "./normalization.ts";
import "./penalty.ts";
import "./pooling.ts";
import "./preprocessing.ts";
import "./rectifiers.ts";
import "./recurrent.ts";
import "./reshaping.ts";
import "./resizing.ts";
import "./sequenceConvolution.ts";
import "./steadyNoise.ts";
import "../traced/tracedLayer.ts";
