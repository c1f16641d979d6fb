import { randomBytes } from 'node:crypto'
import type { MasterDataKind } from '../contract/master-data'
import { storefrontEventSchema } from '../contract/storefront'
import type { DemoAccount } from '../contract/embedded-gateway'
import type { Role } from '../domain/access/roles'
import type { Deadlines } from '../domain/approval/deadlines'
import type { ApprovalRule } from '../domain/approval/policy'
import { hashPassword } from './access/passwords'
import { insertUser } from './access/users'
import { changeDeadlines, deadlinesLocked } from './approval/deadlines'
import { policyInForce, putInForce } from './approval/policy'
import { GatewayStartError } from './create-gateway'
import { ask } from './database/together'
import { inTransaction } from './database/transaction'
import type { GatewayContext } from './gateway-context'
import { setSeller, type SellerSettings } from './installation'
import { keepDeadlines } from './jobs/keep-deadlines'
import { upsertMasterData } from './master-data/upsert'
import { placeOrder } from './requisitions/place-order'
import { receiveEvent } from './storefront/receive-event'
import { addShop } from './storefront/manage-shops'

/** A whole seller as data: who it is, who works there, its master data and its first inbox. */
export interface Seed {
  readonly seller: SellerSettings
  readonly users: readonly {
    readonly username: string
    readonly displayName: string
    readonly roles: readonly Role[]
    readonly team: string | null
    readonly approvalLimit: number | null
  }[]
  /** In force from the beginning. */
  readonly rules: readonly ApprovalRule[]
  /** Those a seller begins with, where nothing is said: none. */
  readonly deadlines?: Deadlines
  readonly batches: readonly { readonly kind: MasterDataKind; readonly rows: readonly unknown[] }[]
  readonly events: readonly { readonly id: string; readonly event: unknown }[]
}

export interface SeededAccess {
  /** True when it was loaded just now. */
  readonly isNew: boolean
  readonly accounts: readonly DemoAccount[]
  readonly shop: { readonly id: string; readonly secret: string }
}

const shopId = 'demo'
const task = { via: 'gateway', task: 'seed' } as const
const actor = { kind: 'system', name: 'Kontor' } as const

/**
 * Load a seed into an empty database, by the same doors that a real seller's data comes in by. One
 * that broke off is carried on: every door takes the same things again without a second effect.
 * Where all of it is there nothing changes but the passwords of the seed's own people: they are made
 * anew each time and kept nowhere.
 * @throws GatewayStartError when the database holds somebody else's data.
 */
export async function loadSeed(
  context: GatewayContext,
  makeSeed: () => Seed,
): Promise<SeededAccess> {
  const seed = makeSeed()
  const known = await context.db
    .selectFrom('shop')
    .select('secret')
    .where('id', '=', shopId)
    .executeTakeFirst()
  const secret = known?.secret ?? (await begin(context))
  const isNew = !(await isLoaded(context, seed))
  if (isNew) {
    await loadAll(context, seed)
    // What is old when it comes in is seen to before anybody looks.
    await keepDeadlines(context)
  }
  return {
    isNew,
    accounts: await renewPasswords(context, seed.users),
    shop: { id: shopId, secret },
  }
}

/** The shop comes first: it marks the database as the seed's own. */
async function begin({ db }: GatewayContext): Promise<string> {
  const [user, company] = await Promise.all([
    db.selectFrom('app_user').select('id').limit(1).executeTakeFirst(),
    db.selectFrom('company').select('id').limit(1).executeTakeFirst(),
  ])
  if (user || company) {
    throw new GatewayStartError(
      'not_empty',
      'The demo is loaded into an empty database only, and this one has users or customers.',
    )
  }
  const added = await addShop(db, { id: shopId, name: 'Demobutiken', pushUrl: null })
  if (!added.ok) throw new Error(added.error.message)
  return added.secret
}

/** Whether the last thing that is loaded is there. */
async function isLoaded({ db }: GatewayContext, { events }: Seed): Promise<boolean> {
  const last = events.at(-1)
  if (!last) return true
  const row = await db
    .selectFrom('storefront_event')
    .select('webhook_id')
    .where('shop_id', '=', shopId)
    .where('webhook_id', '=', last.id)
    .executeTakeFirst()
  return row !== undefined
}

async function loadAll(context: GatewayContext, seed: Seed): Promise<void> {
  // Nobody can sign in with it: real ones are made once everything stands.
  const passwordHash = await hashPassword(newPassword())
  await inTransaction(context.db, async (tx) => {
    await setSeller(tx, seed.seller)
    for (const user of seed.users) await insertUser(tx, { ...user, passwordHash })
    const before = await ask(tx, policyInForce(tx))
    if (before.version === 0 && seed.rules.length > 0) {
      await putInForce(tx, before, seed.rules, { actor, origin: task, now: context.now() })
    }
    const { version } = await deadlinesLocked(tx)
    if (version === 0 && seed.deadlines) {
      await changeDeadlines(tx, seed.deadlines, { actor, origin: task })
    }
  })
  for (const { kind, rows } of seed.batches) {
    const result = await upsertMasterData(context, kind, rows, { actor, origin: task })
    const [first] = result.errors
    if (first) {
      throw new Error(
        `The seed's ${kind} ${first.index}${first.pointer} is not right: ${first.message}`,
      )
    }
  }
  for (const { id, event } of seed.events) {
    const parsed = storefrontEventSchema.parse(event)
    // Taken in as of the moment it was sent, so that an inbox has a past.
    const then = { ...context, now: () => new Date(parsed.timestamp) }
    const reception = await receiveEvent(then, placeOrder, {
      shopId,
      webhookId: id,
      body: Buffer.from(JSON.stringify(event)),
      event: parsed,
    })
    if (reception.kind === 'refused') {
      throw new Error(`The seed's event ${id} was refused: ${reception.errors[0].detail}`)
    }
  }
}

async function renewPasswords(
  { db }: GatewayContext,
  people: readonly {
    readonly username: string
    readonly displayName: string
    readonly roles: readonly Role[]
  }[],
): Promise<readonly DemoAccount[]> {
  const accounts: DemoAccount[] = []
  // Approvers first: the first account is the one the demo begins as.
  for (const person of [...people].sort((a, b) => rank(a.roles) - rank(b.roles))) {
    const password = newPassword()
    await db
      .updateTable('app_user')
      .set({ password_hash: await hashPassword(password) })
      .where('username', '=', person.username)
      .execute()
    const { username, displayName, roles } = person
    accounts.push({ username, displayName, roles: [...roles], password })
  }
  return accounts
}

function rank(roles: readonly Role[]): number {
  return roles.includes('approver') ? 0 : 1
}

function newPassword(): string {
  return randomBytes(12).toString('base64url')
}
