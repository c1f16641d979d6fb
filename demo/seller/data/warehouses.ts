/** Where the seller keeps stock. `carries` is the share of the range that is kept there. */
export const warehouses = [
  { id: 'STO', name: 'Stockholm', openToWebshop: true, priority: 10, carries: 0.97, size: 1 },
  { id: 'GOT', name: 'Göteborg', openToWebshop: true, priority: 20, carries: 0.8, size: 0.6 },
  { id: 'UME', name: 'Umeå', openToWebshop: true, priority: 30, carries: 0.6, size: 0.35 },
  {
    id: 'SRV',
    name: 'Servicebilar',
    openToWebshop: false,
    priority: 90,
    carries: 0.12,
    size: 0.08,
  },
] as const

export type WarehouseId = (typeof warehouses)[number]['id']
