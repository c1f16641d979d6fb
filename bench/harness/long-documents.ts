import { storefrontEventSchema } from '../../contract/storefront'
import { demoSeed } from '../../demo/seller/generate-demo'
import { generateVolume } from '../../demo/seller/volume'
import { todayIn } from '../../domain/calendar'
import { createGateway } from '../../gateway/create-gateway'
import { createLog } from '../../gateway/log'
import { placeOrder } from '../../gateway/requisitions/place-order'
import { receiveEvent } from '../../gateway/storefront/receive-event'

/**
 * One document of each length by the real door, one after the other, all of them waiting for a decision.
 * @returns their ids, in that order
 */
export async function takeInDocuments(
  databaseUrl: string,
  lengths: readonly number[],
): Promise<readonly string[]> {
  const door = await createGateway({ databaseUrl, log: createLog({ level: 'error' }) })
  const now = new Date().toISOString()
  const by = { seed: demoSeed, today: todayIn('Europe/Stockholm', now), now }
  const ids: string[] = []
  for (const [at, size] of lengths.entries()) {
    const [one] = generateVolume({ seller: by, seed: 100 + at, count: 1, lines: [size, size] })
    if (!one) throw new Error('Nothing was made.')
    const webhookId = `long-${at}-${size}`
    const { data: drawn } = one.event as { readonly data: { readonly lines: readonly object[] } }
    // A customer has only so many articles to choose from: the same come on several rows.
    const lines = Array.from({ length: size }, (_, row) => ({
      ...drawn.lines[row % drawn.lines.length],
      id: String(row + 1),
    }))
    const data = { ...drawn, id: webhookId, lines }
    const event = { ...(one.event as object), data }
    const reception = await receiveEvent(door.context, placeOrder, {
      shopId: 'demo',
      webhookId,
      body: Buffer.from(JSON.stringify(event)),
      event: storefrontEventSchema.parse(event),
    })
    if (reception.kind === 'refused') throw new Error(JSON.stringify(reception.errors))
    if (!('requisition' in reception.receipt))
      throw new Error('A proposal was taken for an answer.')
    const { id, state } = reception.receipt.requisition
    if (state !== 'submitted') throw new Error(`It is ${state}.`)
    ids.push(id)
  }
  await door.close()
  return ids
}
