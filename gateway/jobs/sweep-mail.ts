import { sql } from 'kysely'
import type { GatewayContext } from '../gateway-context'

/** What was mailed and whether it arrived stays in the audit. */
const mailKeptDays = 90
/** So long a link that has expired says that it has; afterwards nobody knows it. */
const linkKeptDays = 90

/** Forget mails that were settled and links that expired long ago. */
export async function sweepMail({ db }: GatewayContext): Promise<void> {
  await db
    .deleteFrom('mail')
    .where('state', '<>', 'queued')
    .where('settled_at', '<', sql<Date>`now() - make_interval(days => ${mailKeptDays})`)
    .execute()
  await db
    .deleteFrom('customer_link')
    .where('expires_at', '<', sql<Date>`now() - make_interval(days => ${linkKeptDays})`)
    .execute()
}
