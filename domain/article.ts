import type { CalendarDate, Instant, Milli, Ppm, UnitPrice, MicroUnits, Currency } from './units'

/** Something the seller sells. `id` is the seller's own article number, which never changes. */
export interface Article {
  readonly id: string
  readonly name: Readonly<Record<'sv' | 'en', string>>
  readonly unit: string
  /** Decimals a quantity may have, 0–3. */
  readonly precision: 0 | 1 | 2 | 3
  /** Quantities must be whole multiples of this; 0 when any will do. */
  readonly packMultiple: Milli
  readonly minimumQuantity: Milli
  readonly groupId: string | null
  readonly vatRate: Ppm
  readonly listPrice: UnitPrice | null
  /** What a unit costs the seller. Only roles that may see margins are sent it. */
  readonly cost: { readonly amount: MicroUnits; readonly currency: Currency } | null
  readonly supplier: string | null
  readonly weightGrams: number | null
  readonly status: 'active' | 'discontinued'
}

/** Warehouses not open to the webshop are never shown to customers. */
export interface Warehouse {
  readonly id: string
  readonly name: string
  readonly openToWebshop: boolean
  /** Only to these customer groups where there are any, else to all. */
  readonly customerGroups?: readonly string[] | undefined
  /** Lower comes first when a line has to be placed. */
  readonly priority: number
  /** Where an admin has set to whom it is open: who and when, and what the source last said instead. */
  readonly set?: { readonly by: string; readonly at: Instant; readonly source: boolean } | undefined
}

/** Non-working days, so that lead times count working days only. */
export interface WorkCalendar {
  readonly holidays: ReadonlySet<CalendarDate>
}
