import type { GatewayContext } from '../../gateway/gateway-context'
import { placeOrder } from '../../gateway/requisitions/place-order'
import { parseEvent } from '../../gateway/storefront/parse-event'
import { receiveEvent } from '../../gateway/storefront/receive-event'
import type { EventAnswer } from './history/history'

/** An event of the shop's taken in behind its door: by whatever the context's clock shows. */
export async function takeIn(
  context: GatewayContext,
  webhookId: string,
  event: object,
): Promise<EventAnswer> {
  const body = Buffer.from(JSON.stringify(event))
  const parsed = parseEvent(body)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  const signed = { shopId: 'shop', webhookId, body, event: parsed.event }
  const received = await receiveEvent(context, placeOrder, signed)
  if (received.kind === 'refused') return { ok: false, code: received.errors[0].code }
  if (!('requisition' in received.receipt)) throw new Error('It answers a quote.')
  return { ok: true, receipt: received.receipt }
}
