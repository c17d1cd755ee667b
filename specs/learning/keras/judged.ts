// What learnproof must say of the captured programs of fixtures/keras: which learn, and what keeps the others from it.

/** A verdict and the causes of which one must be named first; none where the program is healthy. */
export interface Expectation {
  readonly verdict: "learns" | "stalled" | "collapsed" | "diverged";
  readonly causes: readonly string[];
  /** Whether it is left for the night: its check is long, or a quicker program makes the same claim. */
  readonly long?: boolean;
}

const healthy: Expectation = { verdict: "learns", causes: [] };
/** Healthy as well, and judged at night. */
const longHealthy: Expectation = { ...healthy, long: true };
/** Too short a training, which a higher learning rate or a larger network shortens as well. */
const short = ["too-few-steps", "learning-rate-too-low", "too-little-capacity"];

export const expectations: Readonly<Record<string, Expectation>> = {
  autoencoder: longHealthy,
  binary: longHealthy,
  cnn: healthy,
  embedding: healthy,
  functional: healthy,
  generator: longHealthy,
  multiClass: healthy,
  scheduled: longHealthy,
  tfData: longHealthy,
  weightedLoss: healthy,
  broadcastLoss: { verdict: "collapsed", causes: ["broadcast-loss"] },
  climbingLoss: { verdict: "diverged", causes: ["gradient-of-the-wrong-sign"] },
  deadOutput: { verdict: "collapsed", causes: ["wrong-output-activation"] },
  questionToday: { verdict: "collapsed", causes: ["wrong-output-activation"] },
  question2016: { verdict: "diverged", causes: ["inputs-not-normalised"] },
  denseRegression: { verdict: "collapsed", causes: short },
  mergedBranches: { verdict: "collapsed", causes: short, long: true },
  plots: { verdict: "stalled", causes: short, long: true },
  python2: { verdict: "stalled", causes: short, long: true },
  sklearnWrapper: { verdict: "stalled", causes: short, long: true },
  sparseClasses: { verdict: "collapsed", causes: short, long: true },
  subclassed: { verdict: "stalled", causes: short, long: true },
  trainOnBatch: { verdict: "stalled", causes: short, long: true },
};
