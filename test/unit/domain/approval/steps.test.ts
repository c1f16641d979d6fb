import { describe, expect, test } from 'vitest'
import type { Role } from '../../../../domain/access/roles'
import type { StepTaker } from '../../../../domain/approval/policy'
import {
  approveSteps,
  isDone,
  pendingSteps,
  skipStep,
  stepsOf,
  untaken,
  wantedFor,
  type ApprovalStep,
} from '../../../../domain/approval/steps'
import { anyOf, approvers, deciders, eachOf } from './rules'

const at = '2026-11-23T10:00:00.000Z'

/** Anna and Rolf are reps of `berg`, Olle of another company; Clara and Max are approvers. */
function person(userId: string, withinLimit = true) {
  const roles: readonly Role[] =
    userId === 'clara' || userId === 'max' ? ['approver'] : userId === 'ada' ? ['admin'] : ['rep']
  const accounts = new Set([userId === 'olle' ? 'alm' : 'berg'])
  const standsInFor: ReadonlySet<string> = new Set()
  return { userId, name: userId.toUpperCase(), roles, accounts, withinLimit, standsInFor }
}

const here = new Set(['anna', 'rolf', 'clara', 'max'])

/** Who decides for `berg` when some have gone. */
function without(...gone: readonly string[]) {
  return {
    companyId: 'berg',
    canDecide: (id: string) => here.has(id) && !gone.includes(id),
    approverIds: ['clara', 'max'].filter((id) => !gone.includes(id)),
  }
}

function step(tier: number, by: StepTaker, ...approvedBy: readonly string[]): ApprovalStep {
  const approvals = approvedBy.map((id) => ({
    by: { id, name: id.toUpperCase() },
    at,
    withinLimit: true,
  }))
  return { tier, by, because: [], approvals }
}

/** Who has approved which step, or what spoke against it. */
function approved(
  steps: readonly ApprovalStep[],
  by: ReturnType<typeof person>,
  context = without(),
) {
  const taken = approveSteps(steps, by, context, at)
  if (taken.kind !== 'taken') return taken.kind
  return {
    isLast: taken.isLast,
    by: taken.steps.map(({ approvals }) => approvals.map((one) => one.by.id).join()),
  }
}

describe('a step is approved', () => {
  test('by one, whoever it is, unless each of several is asked', () => {
    for (const by of [deciders, approvers, anyOf('anna', 'rolf')]) {
      expect(isDone(step(1, by))).toBe(false)
      expect(isDone(step(1, by, 'rolf'))).toBe(true)
    }
  })

  test('by each of those who are asked', () => {
    expect(isDone(step(1, eachOf('anna', 'rolf'), 'rolf'))).toBe(false)
    expect(isDone(step(1, eachOf('anna', 'rolf'), 'rolf', 'anna'))).toBe(true)
  })

  test('by somebody in the place of one who was asked, and only in that one', () => {
    const approval = {
      by: { id: 'clara', name: 'CLARA' },
      for: { id: 'rolf' },
      at,
      withinLimit: true,
    }
    const instead = (by: StepTaker) => ({ tier: 1, by, because: [], approvals: [approval] })
    expect(isDone(instead(anyOf('anna', 'rolf')))).toBe(true)
    expect(isDone(instead(eachOf('anna', 'rolf')))).toBe(false)
    expect(isDone(instead(eachOf('rolf')))).toBe(true)
  })
})

test('where no rule demands anything, whoever decides does so once', () => {
  expect(stepsOf({})).toEqual([step(1, deciders)])
  expect(stepsOf({ steps: [step(2, approvers)] })).toEqual([step(2, approvers)])
})

test('steps begin as they are demanded, with nobody’s approval', () => {
  const because = [{ ruleId: 'r', name: 'R', findings: [] }]
  expect(untaken([{ tier: 2, by: approvers, because }])).toEqual([
    { tier: 2, by: approvers, because, approvals: [] },
  ])
})

test('the lowest tier with an open step is taken now, its open steps side by side', () => {
  const steps = [
    step(1, deciders, 'anna'),
    step(2, approvers),
    step(2, deciders, 'anna'),
    step(2, anyOf('rolf')),
    step(3, approvers),
  ]
  expect(pendingSteps(steps)).toEqual([steps[1], steps[3]])
  expect(pendingSteps([step(1, deciders, 'anna')])).toEqual([])
})

test('users are wanted until they have approved', () => {
  expect(wantedFor(step(1, eachOf('anna', 'rolf'), 'anna'))).toEqual({
    userIds: ['rolf'],
    need: 'all',
  })
  expect(wantedFor(step(1, approvers))).toBe('approvers')
})

describe('a step may be taken', () => {
  const takers = (one: ApprovalStep, context = without()) =>
    ['anna', 'rolf', 'olle', 'clara', 'max', 'ada'].filter(
      (id) => approveSteps([one], person(id), context, at).kind === 'taken',
    )

  test('by those who are asked', () => {
    expect(takers(step(1, deciders))).toEqual(['anna', 'rolf', 'clara', 'max'])
    expect(takers(step(1, approvers))).toEqual(['clara', 'max'])
    expect(takers(step(1, anyOf('rolf', 'max')))).toEqual(['rolf', 'max'])
  })

  test('not by somebody who does not decide for the company, though they are named', () => {
    expect(takers(step(1, anyOf('olle', 'ada', 'anna')))).toEqual(['anna'])
  })

  test('not again, and not when it is approved', () => {
    expect(takers(step(1, eachOf('anna', 'rolf'), 'anna'))).toEqual(['rolf'])
    expect(takers(step(1, deciders, 'anna'))).toEqual([])
  })

  test('by any approver where none of those who are left can', () => {
    expect(takers(step(1, anyOf('rolf', 'gone')))).toEqual(['rolf'])
    expect(takers(step(1, anyOf('gone')), without())).toEqual(['clara', 'max'])
    expect(takers(step(1, eachOf('anna', 'gone'), 'anna'))).toEqual(['clara', 'max'])
    // Nobody but Olle is named, and this is not his company.
    expect(takers(step(1, anyOf('olle')))).toEqual(['clara', 'max'])
  })

  test('but not for others by somebody who has a part in it', () => {
    expect(takers(step(1, eachOf('clara', 'gone'), 'clara'))).toEqual(['max'])
  })
})

describe('an approval', () => {
  test('takes every step of the tier that is theirs, and no other', () => {
    const steps = [step(1, deciders), step(1, approvers), step(1, anyOf('anna', 'rolf'))]
    expect(approved(steps, person('anna'))).toEqual({ isLast: false, by: ['anna', '', 'anna'] })
    expect(approved(steps, person('clara'))).toEqual({ isLast: false, by: ['clara', 'clara', ''] })
  })

  test('says who approved what when, and within their limit or not', () => {
    const taken = approveSteps(
      [step(1, deciders), step(2, approvers)],
      person('anna', false),
      without(),
      at,
    )
    expect(taken).toMatchObject({
      steps: [
        { approvals: [{ by: { id: 'anna', name: 'ANNA' }, at, withinLimit: false }] },
        { approvals: [] },
      ],
    })
  })

  test('goes on through the tiers for as long as it may', () => {
    const steps = [
      step(1, deciders),
      step(2, anyOf('clara')),
      step(3, anyOf('max')),
      step(4, deciders),
    ]
    expect(approved(steps, person('clara'))).toEqual({
      isLast: false,
      by: ['clara', 'clara', '', ''],
    })
    const rest = [step(1, deciders, 'clara'), step(2, anyOf('clara'), 'clara'), ...steps.slice(2)]
    expect(approved(rest, person('max'))).toEqual({
      isLast: true,
      by: ['clara', 'clara', 'max', 'max'],
    })
  })

  test('does not pass a tier that still waits for somebody', () => {
    const steps = [step(1, eachOf('anna', 'clara')), step(2, deciders)]
    expect(approved(steps, person('anna'))).toEqual({ isLast: false, by: ['anna', ''] })
    expect(
      approved([step(1, eachOf('anna', 'clara'), 'anna'), step(2, deciders)], person('clara')),
    ).toEqual({
      isLast: true,
      by: ['anna,clara', 'clara'],
    })
  })

  test('of steps that are others’ is not theirs', () => {
    expect(approved([step(1, approvers)], person('anna'))).toBe('not_yours')
    expect(approved([step(1, anyOf('rolf')), step(2, deciders)], person('clara'))).toBe('not_yours')
    expect(approved([step(1, deciders)], person('olle'))).toBe('not_yours')
    expect(approved([step(1, deciders, 'anna')], person('clara'))).toBe('not_yours')
  })

  test('comes to an end where somebody named has gone, and others have approved', () => {
    const steps = [step(1, eachOf('clara', 'rolf'))]
    expect(approved(steps, person('clara'), without('rolf'))).toEqual({
      isLast: false,
      by: ['clara'],
    })
    const left = [step(1, eachOf('clara', 'rolf'), 'clara')]
    expect(approved(left, person('clara'), without('rolf'))).toBe('not_yours')
    expect(approved(left, person('max'), without('rolf'))).toEqual({
      isLast: true,
      by: ['clara,max'],
    })
  })
})

describe('what two were to look at', () => {
  const two = [step(1, anyOf('clara')), step(2, anyOf('max'))]

  test('is not for one alone who stands in for the other', () => {
    const max = { ...person('max'), standsInFor: new Set(['clara']) }
    // He is still to have a part of his own.
    expect(approved(two, max)).toBe('not_yours')
    const clara = { ...person('clara'), standsInFor: new Set(['max']) }
    expect(approved(two, clara)).toEqual({ isLast: false, by: ['clara', ''] })
  })

  test('nor for one who takes what somebody left who has gone', () => {
    const steps = [step(1, anyOf('gone')), step(2, approvers)]
    expect(approved(steps, person('clara'))).toEqual({ isLast: false, by: ['clara', ''] })
    const after = approveSteps(steps, person('clara'), without(), at)
    const left = after.kind === 'taken' ? after.steps : []
    expect(approved(left, person('clara'))).toBe('not_yours')
    expect(approved(left, person('max'))).toEqual({ isLast: true, by: ['clara', 'max'] })
  })

  test('is for one where there is no other approver, lest it wait for ever', () => {
    const steps = [step(1, eachOf('clara', 'gone')), step(2, approvers)]
    expect(approved(steps, person('clara'), without('max'))).toEqual({
      isLast: true,
      by: ['clara,clara', 'clara'],
    })
  })
})

describe('a stand-in', () => {
  const standingIn = (id: string, ...absent: readonly string[]) => ({
    ...person(id),
    standsInFor: new Set(absent),
  })

  test('takes what is asked of the absent person, and it is told for whom', () => {
    const taken = approveSteps([step(1, anyOf('clara'))], standingIn('max', 'clara'), without(), at)
    expect(taken).toMatchObject({
      isLast: true,
      steps: [{ approvals: [{ by: { id: 'max' }, for: { id: 'clara' } }] }],
    })
  })

  test('takes their own place where both are asked, and not both', () => {
    const steps = [step(1, eachOf('clara', 'max'))]
    const taken = approveSteps(steps, standingIn('max', 'clara'), without(), at)
    expect(taken).toMatchObject({ isLast: false, steps: [{ approvals: [{ by: { id: 'max' } }] }] })
    const after = taken.kind === 'taken' ? taken.steps : []
    expect(after[0]?.approvals[0]?.for).toBe(undefined)
    expect(approved(after, standingIn('max', 'clara'))).toBe('not_yours')
    expect(approved(after, person('clara'))).toEqual({ isLast: true, by: ['max,clara'] })
  })

  test('fills the absent person’s place and nobody else’s', () => {
    const steps = [step(1, eachOf('clara', 'anna'))]
    expect(approved(steps, standingIn('max', 'clara'))).toEqual({ isLast: false, by: ['max'] })
    const taken = approveSteps(steps, standingIn('max', 'clara'), without(), at)
    const after = taken.kind === 'taken' ? taken.steps : []
    expect(approved(after, person('clara'))).toBe('not_yours')
    expect(approved(after, person('anna'))).toEqual({ isLast: true, by: ['max,anna'] })
  })

  test('gets no role and no customers by it', () => {
    expect(approved([step(1, approvers)], standingIn('anna', 'clara'))).toBe('not_yours')
    expect(approved([step(1, anyOf('clara'))], standingIn('olle', 'clara'))).toBe('not_yours')
  })
})

describe('a limit', () => {
  const above = (id: string) => person(id, false)

  test('holds for whoever would be the last', () => {
    expect(approved([step(1, deciders)], above('anna'))).toBe('above_limit')
    expect(approved([step(1, deciders)], person('anna'))).toEqual({ isLast: true, by: ['anna'] })
  })

  test('does not hold for a part that leaves others to ask', () => {
    const steps = [step(1, deciders), step(2, approvers)]
    expect(approved(steps, above('anna'))).toEqual({ isLast: false, by: ['anna', ''] })
    // Their last step is left to somebody whose limit is higher.
    expect(approved(steps, above('clara'))).toEqual({ isLast: false, by: ['clara', ''] })
  })

  test('is kept by anybody who approves within theirs, before or after', () => {
    expect(approved([step(1, deciders, 'max'), step(2, anyOf('anna'))], above('anna'))).toEqual({
      isLast: true,
      by: ['max', 'anna'],
    })
    const aboveBefore = approveSteps(
      [step(1, deciders), step(2, approvers)],
      above('anna'),
      without(),
      at,
    )
    const steps = aboveBefore.kind === 'taken' ? aboveBefore.steps : []
    expect(approved(steps, above('clara'))).toBe('above_limit')
    expect(approved(steps, person('clara'))).toEqual({ isLast: true, by: ['anna', 'clara'] })
  })

  test('asks for somebody more where all that rules demand is approved above it', () => {
    const because = [{ ruleId: 'r', name: 'R', findings: [] }]
    for (const by of [anyOf('anna'), deciders]) {
      const demanded = [step(1, deciders), step(2, by)].map((one) => ({ ...one, because }))
      const taken = approveSteps(demanded, above('anna'), without(), at)
      expect(taken).toMatchObject({ kind: 'taken', isLast: false })
      const steps = taken.kind === 'taken' ? taken.steps : []
      expect(steps.slice(2)).toEqual([step(2, deciders)])
      expect(approved(steps, above('anna'))).toBe('above_limit')
      expect(approved(steps, person('clara'))).toEqual({
        isLast: true,
        by: ['anna', 'anna', 'clara'],
      })
    }
  })
})

describe('a step that waited too long', () => {
  const escalated = { ...step(1, eachOf('anna', 'rolf')), escalatedAt: at }

  test('is taken by any approver in the place of one who is named', () => {
    expect(approved([step(1, anyOf('anna'))], person('clara'))).toBe('not_yours')
    expect(approved([escalated], person('clara'))).toEqual({ isLast: false, by: ['clara'] })
    expect(approved([{ ...escalated, by: anyOf('anna') }], person('clara'))).toEqual({
      isLast: true,
      by: ['clara'],
    })
  })

  test('is still not for one approver twice, nor for a rep who is not named', () => {
    expect(approved([{ ...escalated, by: anyOf('anna') }], person('rolf'))).toBe('not_yours')
    const taken = approveSteps([escalated], person('clara'), without(), at)
    if (taken.kind !== 'taken') throw new Error(taken.kind)
    expect(approved(taken.steps, person('clara'))).toBe('not_yours')
    expect(approved(taken.steps, person('max'))).toMatchObject({ isLast: true })
  })
})

describe('a step is skipped', () => {
  const skip = { by: { id: 'max', name: 'MAX' }, at, reason: 'Anna är borta.' }
  const skipped = (
    steps: readonly ApprovalStep[],
    index: number,
    by = person('max'),
    context = without(),
  ) => skipStep(steps, index, by, context, skip)
  const two = [step(1, anyOf('anna')), step(2, approvers)]

  test('by an approver, and the next ones are asked', () => {
    const result = skipped(two, 0)
    expect(result).toMatchObject({ ok: true, steps: [{ skipped: skip, approvals: [] }, two[1]] })
    if (!result.ok) throw new Error(result.problem)
    expect(pendingSteps(result.steps)).toEqual([two[1]])
    expect(approved(result.steps, person('max'))).toEqual({ isLast: true, by: ['', 'max'] })
  })

  test.each([
    ['one that is not there', two, 2, person('max'), 'not_pending'],
    [
      'one whose turn has not come',
      [step(1, anyOf('anna')), step(2, anyOf('rolf'))],
      1,
      person('max'),
      'not_pending',
    ],
    [
      'one that waits for any approver',
      [step(1, approvers), step(2, anyOf('rolf'))],
      0,
      person('max'),
      'not_named',
    ],
    ['by a rep', two, 0, person('rolf'), 'not_approver'],
    ['by an admin', two, 0, person('ada'), 'not_approver'],
    ['one’s own', [step(1, anyOf('max')), step(2, approvers)], 0, person('max'), 'own_step'],
    [
      'the last that is left',
      [step(1, approvers, 'clara'), step(2, anyOf('anna'))],
      1,
      person('max'),
      'last_step',
    ],
    ['the only one', [step(1, anyOf('anna'))], 0, person('max'), 'last_step'],
  ] as const)('but not %s', (_what, steps, index, by, problem) => {
    expect(skipped(steps, index, by)).toEqual({ ok: false, problem })
  })

  test('what was skipped covers no limit: somebody whose limit reaches still approves', () => {
    const low = [step(1, anyOf('anna')), step(1, anyOf('rolf'))]
    const result = skipped(low, 0)
    if (!result.ok) throw new Error(result.problem)
    expect(approved(result.steps, person('rolf', false))).toBe('above_limit')
  })
})
