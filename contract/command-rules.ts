/** What is known of commands beside their shapes: no schemas, so that the window starts without zod. */
import type { CommandType } from './commands'

/**
 * Commands that must never wait in an outbox: they are answered now or not sent at all, so that
 * nobody believes something approved, and no password is ever written to the console's disk.
 */
export const onlineOnlyCommands: ReadonlySet<CommandType> = new Set<CommandType>([
  'requisition.approve',
  'quote.create',
  'quote.submit_for_review',
  'quote.approve',
  'quote.send',
  'quote.withdraw',
  'quote.new_version',
  'policy.set',
  'deadlines.set',
  'customer_group.set',
  'customer_group.follow_source',
  'warehouse.set_open',
  'warehouse.follow_source',
  'stock_display.set',
  'requisition.remind',
  'requisition.skip_step',
  'requisition.revive',
  'requisition.split',
  'requisition.attach',
  'requisition.detach',
  'delegation.create',
  'delegation.end',
  'user.create',
  'user.update',
  'user.disable',
  'user.enable',
  'user.set_password',
])
