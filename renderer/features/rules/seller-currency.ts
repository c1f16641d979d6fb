import type { Desk } from '../../desk'

/** The seller's currency, which new amounts are written in. */
export function sellerCurrency({ replica }: Desk): string {
  for (const seller of replica.all('seller').values()) return seller.currency
  return 'SEK'
}
