/** Prices that scenes of the first inbox stand on, in öre. A list price of null is "on request". */
export const stagedPrices: Readonly<Record<string, { cost: number; listPrice: number | null }>> = {
  'RB-2206': { cost: 1_230, listPrice: 2_450 },
  'KV-0150': { cost: 4_120, listPrice: 8_250 },
  'VP-9000': { cost: 3_609_000, listPrice: 4_640_000 },
  'IS-1922': { cost: 905, listPrice: 1_860 },
  'FL-0040': { cost: 1_240, listPrice: 2_950 },
  'RU-1020': { cost: 1_881_500, listPrice: null },
}

interface StagedContract {
  readonly company: string
  readonly article: string
  /** Öre. */
  readonly price: number
  readonly net: boolean
  /** Per cent off for this company and article. */
  readonly rebate?: number
}

/** What those companies pay. No other price rule is drawn for these articles. */
export const stagedContracts: readonly StagedContract[] = [
  { company: '10001', article: 'RB-2206', price: 1_840, net: true },
  { company: '10001', article: 'KV-0150', price: 6_700, net: false, rebate: 5 },
  { company: '10001', article: 'VP-9000', price: 3_940_000, net: true },
  { company: '10001', article: 'IS-1922', price: 1_420, net: true },
  { company: '10001', article: 'FL-0040', price: 2_200, net: true },
]
