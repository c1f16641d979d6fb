import { sql } from 'kysely'
import { inTransaction } from '../../gateway/database/transaction'
import type { GatewayContext } from '../../gateway/gateway-context'
import type { MailSettings } from '../../gateway/mail/settings'
import { startMailing, type Mailing, type MailingOptions } from '../../gateway/mail/start-mailing'
import { tellSender } from '../../gateway/mail/tell-customer'
import { createMetrics } from '../../gateway/metrics'

/** Mail by a server on this computer. */
export function mailBy(port: number, changes: Partial<MailSettings> = {}): MailSettings {
  return {
    smtp: { host: '127.0.0.1', port, tls: 'never', auth: null },
    from: 'Grossisten AB <order@grossisten.example>',
    publicUrl: 'https://kontor.grossisten.example',
    linkDays: 14,
    ...changes,
  }
}

/** Queue a mail of a requisition as a gateway does that sends mail. */
export async function queueMail(
  { db }: Pick<GatewayContext, 'db'>,
  kind: Parameters<typeof tellSender>[1],
  requisition: {
    readonly id: string
    readonly revision?: number
    readonly contactId?: string
    readonly version?: number
  },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await sql`select set_config('kontor.mails_customers', 'on', true)`.execute(tx)
    const { id, revision = 1, contactId = 'anna', version = 1 } = requisition
    tellSender(tx, kind, { id, revision, contactId }, version)
  })
}

/** A node that sends mail and is in a hurry: hours pass in milliseconds. */
export function mailingNode(
  context: GatewayContext,
  settings: MailSettings,
  options: Partial<MailingOptions> = {},
): Mailing & { readonly metrics: ReturnType<typeof createMetrics> } {
  const metrics = createMetrics({ pools: {}, isReady: () => true })
  const mailing = startMailing(context, { onMove: () => () => undefined }, metrics, settings, {
    pollMs: 20,
    retryDelay: () => 10,
    times: { connectMs: 2_000, answerMs: 2_000, mailMs: 5_000 },
    ...options,
  })
  return { ...mailing, metrics }
}

/** How mails stand, the oldest first. */
export async function mailsOf({ db }: Pick<GatewayContext, 'db'>) {
  return db.selectFrom('mail').selectAll().orderBy('id').execute()
}

/** What the history of a thing says of mails. */
export async function mailHistory({ db }: Pick<GatewayContext, 'db'>, aggregateId: string) {
  return db
    .selectFrom('audit')
    .select(['type', 'actor', 'data', 'origin', 'version'])
    .where('aggregate_id', '=', aggregateId)
    .where('type', 'like', 'mail.%')
    .orderBy('seq')
    .execute()
}
