/** The seller's approval rules and what comes of them, as they travel. See `domain/approval`. */
import type { Deadlines } from '../domain/approval/deadlines'
import type { DemandedStep, Finding, Grounds } from '../domain/approval/evaluate'
import {
  choiceFacts,
  countFacts,
  flagFacts,
  moneyFacts,
  rateFacts,
  setFacts,
} from '../domain/approval/facts'
import {
  comparisons,
  type ApprovalRule,
  type Condition,
  type StepTaker,
  type Test,
} from '../domain/approval/policy'
import type { ApprovalStep } from '../domain/approval/steps'
import {
  currencySchema,
  instantSchema,
  integerSchema,
  keySchema,
  requiredTextSchema,
  uuidSchema,
} from './primitives'
import { z } from './zod'

const is = z.enum(comparisons)

const testSchema = z.discriminatedUnion('fact', [
  z.strictObject({
    fact: z.enum(moneyFacts),
    is,
    value: integerSchema,
    currency: currencySchema,
  }),
  z.strictObject({ fact: z.enum(rateFacts), is, value: integerSchema }),
  z.strictObject({ fact: z.enum(countFacts), is, value: integerSchema.min(0) }),
  z.strictObject({ fact: z.enum(flagFacts), is: z.enum(['so', 'not_so']) }),
  z.strictObject({
    fact: z.enum([...choiceFacts, ...setFacts]),
    is: z.enum(['one_of', 'none_of']),
    values: z.array(keySchema).min(1).max(200),
  }),
]) satisfies z.ZodType<Test>

/** Groups within groups so deep and no deeper: whatever is sent, parsing it ends. */
const deepest = 4
const partsSchema = (part: z.ZodType<Condition>) => z.array(part).max(50)
const groupOf = (part: z.ZodType<Condition>): z.ZodType<Condition> =>
  z.union([
    testSchema,
    z.strictObject({ all: partsSchema(part) }),
    z.strictObject({ any: partsSchema(part) }),
  ])
const conditionSchema = Array.from({ length: deepest }).reduce<z.ZodType<Condition>>(
  (part) => groupOf(part),
  testSchema,
)

const takerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('deciders') }),
  z.strictObject({ kind: z.literal('approvers') }),
  z.strictObject({ kind: z.literal('buyer') }),
  z.strictObject({
    kind: z.literal('users'),
    userIds: z.array(uuidSchema).min(1).max(50),
    need: z.enum(['any', 'all']),
  }),
]) satisfies z.ZodType<StepTaker>

const tierSchema = z.number().int().min(1).max(9)

export const approvalRuleSchema = z.strictObject({
  id: keySchema,
  name: requiredTextSchema(120),
  isOn: z.boolean(),
  when: conditionSchema,
  demands: z
    .array(z.strictObject({ tier: tierSchema, by: takerSchema, when: conditionSchema }))
    .min(1)
    .max(20),
}) satisfies z.ZodType<ApprovalRule>

/** Objects that all rules together are made of: the rules, their conditions, steps and takers. */
const mostParts = 3_000
/** Entries of all their lists together. */
const mostEntries = 20_000

/** Whether there is more to it than rules may have, found without parsing any of it. */
function isTooMuch(input: unknown): boolean {
  let parts = 0
  let entries = 0
  const open: unknown[] = [input]
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value !== 'object' || value === null) continue
    const inside: readonly unknown[] = Array.isArray(value) ? value : Object.values(value)
    if (Array.isArray(value)) entries += inside.length
    else parts += 1
    if (parts > mostParts || entries > mostEntries) return true
    for (const one of inside) open.push(one)
  }
  return false
}

/** All of a policy's rules. What is far too much is refused before any of it is parsed: that takes long. */
export const approvalRulesSchema = z.preprocess(
  (input, context) => {
    if (!isTooMuch(input)) return input
    context.addIssue(
      `the rules may have ${mostParts} parts and ${mostEntries} entries in lists, all together`,
    )
    return z.NEVER
  },
  z
    .array(approvalRuleSchema)
    .max(200)
    .refine(
      (rules) => new Set(rules.map(({ id }) => id)).size === rules.length,
      'each rule needs an id of its own',
    ),
)

const findingSchema = z.object({
  test: testSchema,
  actual: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).nullable(),
}) satisfies z.ZodType<Finding>

const groundsSchema = z.object({
  ruleId: z.string(),
  name: z.string(),
  findings: z.array(findingSchema),
}) satisfies z.ZodType<Grounds>

export const demandedStepSchema = z.object({
  tier: tierSchema,
  by: takerSchema,
  because: z.array(groundsSchema),
}) satisfies z.ZodType<DemandedStep>

export const approvalStepSchema = demandedStepSchema.extend({
  approvals: z.array(
    z.object({
      /** A user; in a buyer step a contact. */
      by: z.object({ id: keySchema, name: z.string() }),
      for: z.object({ id: uuidSchema }).optional(),
      at: instantSchema,
      withinLimit: z.boolean(),
    }),
  ),
  escalatedAt: instantSchema.optional(),
  skipped: z
    .object({
      by: z.object({ id: uuidSchema, name: z.string() }),
      at: instantSchema,
      reason: z.string(),
    })
    .optional(),
}) satisfies z.ZodType<ApprovalStep>

const upTo = (most: number) => z.number().int().min(1).max(most).nullable()

/** When something is done about what waits; null is never. */
export const deadlinesSchema = z.strictObject({
  releaseHours: upTo(24 * 30),
  remindDays: upTo(60),
  escalateDays: upTo(60),
  expireDays: upTo(3_650),
}) satisfies z.ZodType<Deadlines>

/** For how long stock is held for a requisition that somebody has claimed; null holds none. */
export const holdMinutesSchema = upTo(60)
