import type { WarehouseId } from './warehouses'

/** Stock that the scenes of the first inbox stand on. Whole units; days from today, null undated. */
export interface StagedPosition {
  readonly onHand: number
  readonly safetyStock?: number
  /** Working days; null when no more can be bought. */
  readonly leadTime: number | null
  readonly backlog?: readonly (readonly [quantity: number, inDays: number | null])[]
  readonly inbound?: readonly (readonly [
    quantity: number,
    inDays: number | null,
    state: 'confirmed' | 'planned',
  ])[]
}

type Staged = Readonly<Partial<Record<WarehouseId, StagedPosition>>>

export const stagedStock: Readonly<Record<string, Staged>> = {
  // The bend: plenty in Stockholm, some in Göteborg, on its way to Umeå.
  'RB-2206': {
    STO: { onHand: 400, safetyStock: 20, leadTime: 8, backlog: [[60, null]] },
    GOT: { onHand: 85, leadTime: 8 },
    UME: { onHand: 0, leadTime: 8, backlog: [[30, 2]], inbound: [[300, 9, 'confirmed']] },
    SRV: { onHand: 20, leadTime: 8 },
  },
  // The valve: too few in Stockholm until the next delivery, enough in Göteborg, lead time in Umeå.
  'KV-0150': {
    STO: { onHand: 62, leadTime: 10, backlog: [[50, -3]], inbound: [[40, 9, 'confirmed']] },
    GOT: { onHand: 96, leadTime: 10 },
    UME: { onHand: 0, leadTime: 10 },
  },
  // The heat pump: the last one, and no more to be had.
  'VP-9000': {
    STO: { onHand: 1, leadTime: null },
    GOT: { onHand: 0, leadTime: null },
    UME: { onHand: 0, leadTime: null },
  },
  'IS-1922': {
    STO: { onHand: 410, safetyStock: 40, leadTime: 6 },
    GOT: { onHand: 220, leadTime: 6 },
    UME: { onHand: 60, leadTime: 6 },
  },
  // The gasket: Stockholm waits for a delivery that should have come; Umeå has none coming.
  'FL-0040': {
    STO: { onHand: 0, leadTime: 10, inbound: [[200, -5, 'confirmed']] },
    GOT: { onHand: 25, leadTime: 10 },
    UME: { onHand: 0, leadTime: null },
  },
  // Three lines of Nordkust's list come together in nine days.
  'TR-4251': {
    STO: { onHand: 34, leadTime: 8, backlog: [[20, 1]], inbound: [[200, 9, 'confirmed']] },
    GOT: { onHand: 12, leadTime: 8 },
    UME: { onHand: 6, leadTime: 8 },
  },
  'TS-4072': {
    STO: { onHand: 40, leadTime: 8, inbound: [[240, 9, 'confirmed']] },
    GOT: { onHand: 0, leadTime: 8, inbound: [[60, 14, 'planned']] },
    UME: { onHand: 15, leadTime: 8, backlog: [[15, null]] },
  },
  'XP-1291': {
    STO: { onHand: 350, leadTime: 9, backlog: [[300, 4]], inbound: [[2_500, 9, 'confirmed']] },
    GOT: { onHand: 200, leadTime: 9 },
    UME: { onHand: 75, leadTime: 9 },
  },
  // Asked for from Umeå, where there is enough.
  'FB-2030': {
    STO: { onHand: 210, leadTime: 6 },
    GOT: { onHand: 90, leadTime: 6 },
    UME: { onHand: 64, leadTime: 6, backlog: [[12, 3]] },
  },
  // Undated: the supplier has it on order and cannot say when.
  'KA-4415': {
    STO: { onHand: 0, leadTime: 18, inbound: [[12, null, 'planned']] },
    GOT: { onHand: 1, leadTime: 18 },
    UME: { onHand: 0, leadTime: null },
  },
  // Only by lead time, in every warehouse.
  'CP-32802': {
    STO: { onHand: 0, leadTime: 12 },
    GOT: { onHand: 0, leadTime: 15 },
    UME: { onHand: 0, leadTime: 17 },
  },
  // Gone, and not made any more.
  'MI-3002': {
    STO: { onHand: 0, leadTime: null },
    GOT: { onHand: 0, leadTime: null },
    UME: { onHand: 0, leadTime: null },
    SRV: { onHand: 1, leadTime: null },
  },
  // Enough only if all three send what they have.
  'KF-2002': {
    STO: { onHand: 5, safetyStock: 1, leadTime: 15 },
    GOT: { onHand: 3, leadTime: 15 },
    UME: { onHand: 2, leadTime: 15 },
  },
  'SP-0200': {
    STO: { onHand: 60, leadTime: 7, backlog: [[15, 3]] },
    GOT: { onHand: 30, leadTime: 7 },
    UME: { onHand: 24, leadTime: 7 },
  },
  // A delivery that is only planned, and one promised to others later on.
  'NX-5100': {
    STO: { onHand: 120.5, leadTime: 12, backlog: [[100, 20]], inbound: [[500, 12, 'planned']] },
    GOT: { onHand: 42.5, leadTime: 12 },
    UME: { onHand: 0, leadTime: 12 },
  },
  'GL-0500': {
    STO: { onHand: 260.4, safetyStock: 25, leadTime: 10 },
    GOT: { onHand: 88.5, leadTime: 10 },
    UME: { onHand: 31.2, leadTime: 10 },
  },
}
