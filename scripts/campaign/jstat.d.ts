declare module "jstat" {
  interface BetaDistribution {
    /** The quantile of Beta(alpha, beta) at `probability`. */
    inv(probability: number, alpha: number, beta: number): number;
  }
  const statistics: { readonly jStat: { readonly beta: BetaDistribution } };
  export default statistics;
}
