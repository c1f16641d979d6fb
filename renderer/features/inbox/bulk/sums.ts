import type { Texts } from '../../../../language/texts'

interface Amount {
  readonly net: number
  readonly currency: string
}

/** The sum in each currency that there is, as text: amounts of two currencies are never added. */
export function sumsText(amounts: Iterable<Amount>, { formats }: Texts): string {
  const sums = new Map<string, number>()
  for (const { net, currency } of amounts) sums.set(currency, (sums.get(currency) ?? 0) + net)
  return formats.list([...sums].map(([currency, net]) => formats.money(net, currency)))
}
