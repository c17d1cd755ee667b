/** What a person should know of a cause or a law. Every part is plain text in whole sentences. */
export interface Explanation {
  /** What one sees in the numbers and the charts of a run. */
  readonly sees: string;
  /** What happens inside the network, or what the law asks. */
  readonly means: string;
  /** How learnproof tells it from causes or laws that look alike. */
  readonly neighbours: string;
  /** What removes it, the likeliest first. */
  readonly cures: string;
}
