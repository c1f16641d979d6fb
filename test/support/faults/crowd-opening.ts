import { randomUUID } from 'node:crypto'
import type { CommandEnvelope } from '../../../contract/commands'
import type { User } from '../../../contract/entities'
import type { Role } from '../../../domain/access/roles'
import type { ApprovalRule } from '../../../domain/approval/policy'
import { createGateway, type Gateway } from '../../../gateway/create-gateway'
import { createLog } from '../../../gateway/log'
import { ConsoleClient } from '../console-client'
import { addTestShop, addUser, signInAs } from '../gateway'
import type { History } from '../history/history'
import { bought, inSteps, plainSeller } from '../model/seller'
import { load } from '../small-seller'
import type { Person, Staff } from './opening'

/** Of another company than everybody else, which not everybody sees. */
export const otherContact = 'per'

/** Who order for themselves, for as long as their limit of the year lasts. */
export const orderers = [1, 2, 3, 4].map((at) => `orderer-${at}`)
const buyers = [1, 2, 3, 4, 5, 6].map((at) => `buyer-${at}`)

/** Who answer what is asked, of each company: Olle may order without a limit, and Anna may not order. */
export const answering: Readonly<Record<string, readonly string[]>> = {
  '1001': ['anna', 'olle', 'strict', ...orderers.slice(2), ...buyers],
  '1002': [otherContact, 'vera'],
}

/** What orders and approvals of each of them may come to in a year, in kronor: it is used up on the way. */
function limitFor(documents: number): number {
  return Math.max(2_400, documents * 4)
}

function customersFor(documents: number): Parameters<typeof load>[1] {
  const limited = { orderingRight: 'order', currency: 'SEK' } as const
  const of1001 = (id: string, customerGroup: string) => ({
    id,
    company: '1001',
    name: id,
    email: `${id}@ahlbergs.example`,
    customerGroup,
  })
  return {
    customer_group: [
      { ...limited, id: 'A_YEAR', name: 'År', limitPerPeriod: limitFor(documents), period: 'year' },
      { ...limited, id: 'AN_ORDER', name: 'Per order', limitPerOrder: 750 },
    ],
    contact: [
      of1001('strict', 'AN_ORDER'),
      ...[...orderers, ...buyers].map((id) => of1001(id, 'A_YEAR')),
    ],
  }
}

const otherCompany: Parameters<typeof load>[1] = {
  company: [
    {
      id: '1002',
      name: 'Bergvalla El & Data',
      currency: 'SEK',
      customerGroup: 'PROPOSES',
      accountOwner: 'sara',
    },
  ],
  contact: [
    { id: otherContact, company: '1002', name: 'Per Bergman', email: 'per@bergvalla.example' },
    {
      id: 'vera',
      company: '1002',
      name: 'Vera Vd',
      email: 'vera@bergvalla.example',
      customerGroup: 'ORDERS',
    },
  ],
}

interface Hiring {
  readonly username: string
  readonly roles: readonly Role[]
  readonly team?: string
  readonly approvalLimit?: number
  readonly discountLimit?: number
}

/** Reps who share an account and one with another, an admin who may not decide, and then approvers. */
const first: readonly Hiring[] = [
  { username: 'erik', roles: ['rep'], team: 'syd', approvalLimit: 10_000, discountLimit: 50_000 },
  { username: 'eva', roles: ['rep'], team: 'syd' },
  { username: 'ove', roles: ['rep'], team: 'syd', discountLimit: 50_000 },
  { username: 'karin', roles: ['approver'] },
  { username: 'lars', roles: ['approver'], discountLimit: 50_000 },
  { username: 'sara', roles: ['rep'], discountLimit: 50_000 },
  { username: 'adam', roles: ['admin'] },
]

function hiringOf(at: number): Hiring {
  const approver = { username: `approver-${at}`, roles: ['approver'] } as const
  const limits = [{}, { discountLimit: 50_000 }, { approvalLimit: 30_000 }][at % 3] ?? {}
  return first[at] ?? { ...approver, ...limits }
}

/**
 * Fill an empty database: a seller of many articles and two customers with people of their own, a shop,
 * people who may decide, rules that ask several of them one after the other, and deadlines.
 * @param people at least seven
 * @param documents how many the customers' limits are for
 */
export async function hireCrowd(
  databaseUrl: string,
  people: number,
  documents: number,
  history: History,
): Promise<Staff> {
  const gateway = await createGateway({ databaseUrl, log: createLog({ level: 'silent' }) })
  try {
    await load(gateway, plainSeller)
    await load(gateway, otherCompany)
    await load(gateway, customersFor(documents))
    const { secret } = await addTestShop(gateway)
    const hired: Person[] = []
    for (let at = 0; at < people; at += 1) hired.push(await hire(gateway, hiringOf(at)))
    await setRules(gateway, hired, history)
    return { people: hired, secret }
  } finally {
    await gateway.close()
  }
}

async function hire(gateway: Gateway, hiring: Hiring): Promise<Person> {
  const { username, roles, team = null } = hiring
  const userId = await addUser(gateway, hiring)
  const token = await signInAs(gateway, username)
  const known = { username, displayName: username, team, status: 'active' } as const
  const user: User = { ...known, id: userId, roles: [...roles] }
  return { userId, token, user }
}

/** The rule for who may order, but not so much: a colleague of theirs first, and then an approver. */
const beyondOwnLimit: ApprovalRule = {
  id: 'beyond-own-limit',
  name: 'Beyond their own limit',
  isOn: true,
  when: { fact: 'overOwnLimit', is: 'so' },
  demands: [
    { tier: 1, by: { kind: 'buyer' }, when: { all: [] } },
    { tier: 2, by: { kind: 'approvers' }, when: { all: [] } },
  ],
}

async function setRules(
  gateway: Gateway,
  people: readonly Person[],
  history: History,
): Promise<void> {
  const idOf = (name: string) => people.find(({ user }) => user.username === name)?.userId ?? ''
  const admin = people.find(({ user }) => user.username === 'adam')
  if (!admin) throw new Error('Nobody may set the rules.')
  const client = await ConsoleClient.open(gateway.url, admin.token)
  const set = async (type: string, aggregateId: string, payload: CommandEnvelope['payload']) => {
    const envelope = { id: randomUUID(), type, aggregateId, expectedVersion: 0, payload }
    const answer = await client.send(envelope)
    history.sending(admin.userId, envelope).answers.push(answer)
    if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  }
  const rules = [inSteps(['erik', 'eva', 'ove', 'karin'].map(idOf)), bought, beyondOwnLimit]
  await set('policy.set', 'approval', { rules })
  const deadlines = { releaseHours: 1, remindDays: 1, escalateDays: 2, expireDays: 10 }
  await set('deadlines.set', 'deadlines', deadlines)
  client.close()
}
