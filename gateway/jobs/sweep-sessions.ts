import type { GatewayContext } from '../gateway-context'

const keptDays = 30

/** Forget sessions that ended long ago. Who signed in when stays in the audit. */
export async function sweepSessions({ db, now }: GatewayContext): Promise<void> {
  const before = new Date(now().getTime() - keptDays * 86_400_000)
  await db.deleteFrom('session').where('expires_at', '<', before).execute()
}
