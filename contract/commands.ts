/**
 * The commands a console may send. Every command names one aggregate, the version it was decided on
 * and an id of its own that is kept for ever: sending it again gives the first answer.
 */
import { roles } from '../domain/access/roles'
import { orderingRights } from '../domain/company'
import { attachmentVisibilities } from '../domain/requisition/attachments'
import { LARGEST_DOCUMENT } from '../domain/requisition/document-size'
import { WHOLE } from '../domain/units'
import { changesSchema, internalCommentSchema } from './changes'
import { DECISION_TEXT_LIMIT } from './decision-text'
import { refusalSchema } from './errors'
import { seenFiguresSchema } from './figures'
import { approvalRulesSchema, deadlinesSchema, holdMinutesSchema } from './policy'
import {
  attachmentIdSchema,
  calendarDateSchema,
  currencySchema,
  integerSchema,
  keySchema,
  requiredTextSchema,
  textSchema,
  uuidSchema,
  versionSchema,
} from './primitives'
import { quoteCommandSchemas } from './quotes'
import { stockDisplaySchema } from './stock-display'
import { z } from './zod'

const username = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{1,39}$/, 'two to forty of a–z, 0–9, dot, dash and underscore')
const displayName = requiredTextSchema(120)
const password = z.string().max(256)
const rolesInput = z
  .array(z.enum(roles))
  .min(1, 'at least one role')
  .transform((list) => [...new Set(list)])
const team = keySchema.max(60).nullable()
const approvalLimit = integerSchema.min(0).nullable()
/** Left out, a user's limit stays as it is, and a new user has none. */
const priceLimits = {
  discountLimit: integerSchema.min(0).max(WHOLE).nullable().optional(),
  marginFloor: integerSchema.min(-WHOLE).max(WHOLE).nullable().optional(),
}

/** In minor units, without VAT; null is no limit. */
const groupLimit = integerSchema.min(0).nullable()

const lineIds = z.array(z.string()).min(1).max(LARGEST_DOCUMENT)

/** Names of files are cut and cleaned by the gateway; one longer than this is no name. */
const LONGEST_NAME_TYPED = 1_000

/** Far more customer groups than any seller names one by one. */
const MOST_GROUPS = 500

/** Payload schema of each command type. */
export const commandSchemas = {
  /** Take a requisition under review, so that colleagues see who has it. */
  'requisition.claim': z.strictObject({}),
  'requisition.release': z.strictObject({}),
  /**
   * Turn it into a firm order, on the figures that were seen. Lines not named in `warehouses` keep the
   * one that was chosen at an earlier step, else come from where it was seen that they would or from the
   * best. `refresh` names the lines to be ordered at the price resolved now; without it, those of an
   * earlier step. With `lines` only those are approved, and the others are split off as by
   * `requisition.split`: both or neither.
   */
  'requisition.approve': z.strictObject({
    revision: z.number().int().min(1),
    warehouses: z.record(z.string(), keySchema).default({}),
    refresh: z.array(z.string()).optional(),
    lines: lineIds.optional(),
    seen: seenFiguresSchema,
  }),
  'requisition.reject': z.strictObject({
    revision: z.number().int().min(1),
    reason: requiredTextSchema(DECISION_TEXT_LIMIT),
  }),
  /**
   * Send it back to the customer with a message, and with a proposal where there are changes; their answer
   * is a new revision.
   */
  'requisition.return': z.strictObject({
    revision: z.number().int().min(1),
    message: requiredTextSchema(DECISION_TEXT_LIMIT),
    proposal: changesSchema.optional(),
  }),
  /** Make the next revision of it by hand; nothing is decided by that. */
  'requisition.edit': z.strictObject({
    revision: z.number().int().min(1),
    changes: changesSchema,
    internalComment: internalCommentSchema,
  }),
  /**
   * Take an expired one up again: its next revision, with the same lines at the prices of now, which waits
   * to be decided as if it had just come in.
   */
  'requisition.revive': z.strictObject({ revision: z.number().int().min(1) }),
  /** Let only these lines stay in it; the others become a requisition of their own. */
  'requisition.split': z.strictObject({ revision: z.number().int().min(1), lines: lineIds }),
  /** Ask those whom it waits for once more. */
  'requisition.remind': z.strictObject({ revision: z.number().int().min(1) }),
  /** Let a step go that waits for somebody by name; \`step\` is its place in the list, from 0. */
  'requisition.skip_step': z.strictObject({
    revision: z.number().int().min(1),
    step: z.number().int().min(0),
    reason: requiredTextSchema(DECISION_TEXT_LIMIT),
  }),
  /**
   * Make a file that was uploaded under this id belong to it, or, where it does, change what it is called
   * and who is shown it. Nothing is decided by that.
   */
  'requisition.attach': z.strictObject({
    attachmentId: attachmentIdSchema,
    name: requiredTextSchema(LONGEST_NAME_TYPED),
    visibility: z.enum(attachmentVisibilities),
    /** Leave one that belongs to it already as it is: somebody may have changed it since it was sent first. */
    onlyNew: z.boolean().optional(),
  }),
  'requisition.detach': z.strictObject({ attachmentId: attachmentIdSchema }),
  /** The sender's own read mark. Has no expected version. */
  'requisition.mark_read': z.strictObject({ revision: z.number().int().min(1) }),
  ...quoteCommandSchemas,
  /** Promise the customer when lines of an order are delivered, or take that back; lines not named stay as they are. */
  'order.confirm_dates': z.strictObject({
    lines: z
      .array(z.strictObject({ id: z.string(), confirmedDate: calendarDateSchema.nullable() }))
      .min(1)
      .max(LARGEST_DOCUMENT),
  }),
  /** All of the seller's approval rules anew; what came in before is judged as it was. */
  'policy.set': z.strictObject({ rules: approvalRulesSchema }),
  /** When something is done about what waits. */
  'deadlines.set': deadlinesSchema.extend({
    /** Left out: as it is. */
    holdMinutes: holdMinutesSchema.optional(),
  }),
  /** What people of a customer group may do from now on, whatever its source says later. */
  'customer_group.set': z.strictObject({
    orderingRight: z.enum(orderingRights),
    orderLimit: z.strictObject({
      perOrder: groupLimit,
      perPeriod: groupLimit,
      period: z.enum(['month', 'year']),
      currency: currencySchema,
    }),
  }),
  /** What its source last said, and will say. */
  'customer_group.follow_source': z.strictObject({}),
  /** To whom a warehouse is open from now on, whatever its source says later: to all where no group is named. */
  'warehouse.set_open': z.strictObject({
    openToWebshop: z.boolean(),
    customerGroups: z.array(keySchema).max(MOST_GROUPS).default([]),
  }),
  /** What its source last said, and will say. */
  'warehouse.follow_source': z.strictObject({}),
  /** What a shop's customers are shown of stock. */
  'stock_display.set': stockDisplaySchema,
  /** Give one's steps to a colleague for some days. An admin may do it for another. */
  'delegation.create': z.strictObject({
    fromUserId: uuidSchema,
    toUserId: uuidSchema,
    from: calendarDateSchema,
    until: calendarDateSchema,
    reason: textSchema(200),
  }),
  /** Take them back. */
  'delegation.end': z.strictObject({}),
  'user.create': z.strictObject({
    username,
    displayName,
    password,
    roles: rolesInput,
    team,
    approvalLimit,
    ...priceLimits,
  }),
  'user.update': z.strictObject({
    displayName,
    roles: rolesInput,
    team,
    approvalLimit,
    ...priceLimits,
  }),
  'user.disable': z.strictObject({}),
  'user.enable': z.strictObject({}),
  'user.set_password': z.strictObject({ password }),
} as const

export type CommandType = keyof typeof commandSchemas
export type CommandPayload<T extends CommandType> = z.output<(typeof commandSchemas)[T]>

/** The envelope, before the payload is judged by its type. */
export const commandEnvelopeSchema = z.strictObject({
  id: uuidSchema,
  type: z.string().max(80),
  aggregateId: z.string().min(1).max(120),
  expectedVersion: versionSchema.nullable(),
  payload: z.record(z.string(), z.unknown()),
})
export type CommandEnvelope = z.infer<typeof commandEnvelopeSchema>

/** What a command is acknowledged with, after commit. */
export const commandAnswerSchema = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    result: z.record(z.string(), z.unknown()),
    version: versionSchema,
  }),
  z.object({ ok: z.literal(false), error: refusalSchema }),
])
export type CommandAnswer = z.infer<typeof commandAnswerSchema>
