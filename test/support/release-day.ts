import type { Gateway } from '../../gateway/create-gateway'
import { ConsoleClient } from './console-client'
import { addTestShop, addUser, signInAs } from './gateway'
import { load, proposal, smallSeller } from './small-seller'

/** What a database of a released version holds, as one console sees it. */
export interface ReleaseDay {
  readonly username: string
  /** The whole replica, by kind and id. */
  readonly replica: Readonly<Record<string, unknown>>
}

/**
 * A small seller's business day, with a document in every state that people bring about: the database
 * that is kept of each released version. Whoever reads it later signs in as `karin`.
 */
export async function makeReleaseDay(gateway: Gateway): Promise<ReleaseDay> {
  await load(gateway, smallSeller)
  const shop = await addTestShop(gateway)
  await addUser(gateway, { username: 'karin', roles: ['approver', 'admin'] })
  await addUser(gateway, { username: 'lars', roles: ['approver'], approvalLimit: 100_000 })
  const karin = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'karin'))
  const send = async (event: object) => {
    const sent = await shop.send(event)
    if (sent.status !== 202) throw new Error(JSON.stringify(sent.body))
  }
  const of = (document: string, revision = 1) =>
    karin.until(document, () =>
      karin
        .all('requisition')
        .find(({ value }) => value.shop.documentId === document && value.revision === revision),
    )
  const decide = async (document: string, type: string, payload: object) => {
    const { id, version } = await of(document)
    const answer = await karin.command(type, id, version, { revision: 1, ...payload })
    if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  }
  const documents = ['ordered', 'rejected', 'returned', 'answered', 'withdrawn', 'claimed', 'open']
  for (const document of documents) await send(proposal(document, { comment: `Åäö – ${document}` }))
  await decide('ordered', 'requisition.approve', {})
  await decide('rejected', 'requisition.reject', { reason: 'Utgått ur sortimentet.' })
  await decide('returned', 'requisition.return', { message: 'Vilken längd?' })
  await decide('answered', 'requisition.return', { message: 'Vilken färg?' })
  await send(proposal('answered', { revision: 2, comment: 'Grön.' }))
  await send({
    type: 'requisition.withdrawn',
    timestamp: new Date().toISOString(),
    data: { id: 'withdrawn', contact: 'anna', reason: 'Beställde fel.' },
  })
  const claimed = await of('claimed')
  await karin.command('requisition.claim', claimed.id, claimed.version)
  const open = await of('open')
  await karin.command('requisition.mark_read', open.id, null, { revision: 1 })
  await of('answered', 2)
  karin.close()
  const afresh = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'karin'))
  afresh.close()
  return { username: 'karin', replica: afresh.snapshot() }
}
