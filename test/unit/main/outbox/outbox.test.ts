import { randomUUID } from 'node:crypto'
import { readFile, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'

import type { CommandAnswer, CommandEnvelope } from '../../../../contract/commands'
import type { OutboxEntry } from '../../../../contract/console'
import { refusal, type ErrorCode } from '../../../../contract/errors'
import {
  Outbox,
  type OutboxOptions,
  type ParsedCommand,
  type SendOutcome,
} from '../../../../main/outbox/outbox'
import { Recorder } from '../../../support/recorder'
import { silentLog } from '../../../support/silent-log'
import { temporaryFolder } from '../../../support/temporary-folder'

// Real disks, sockets and processes, on machines that may be busy.
vi.setConfig({ testTimeout: 30_000 })

function command(lane: string, reason = 'No.', id: string = randomUUID()): ParsedCommand {
  return {
    id,
    type: 'requisition.reject',
    aggregateId: lane,
    expectedVersion: 1,
    payload: { revision: 1, reason },
  }
}

function readMark(lane: string, revision: number): ParsedCommand {
  return {
    id: randomUUID(),
    type: 'requisition.mark_read',
    aggregateId: lane,
    expectedVersion: null,
    payload: { revision },
  }
}

const accepted: SendOutcome = { kind: 'answered', answer: { ok: true, result: {}, version: 2 } }
function refused(code: ErrorCode): SendOutcome {
  return { kind: 'answered', answer: { ok: false, error: refusal(code, 'No.') } }
}

/** The gateway's end: every command sent, each answered when and how the test says. */
function fakeGateway(
  answer: (command: CommandEnvelope, attempt: number) => SendOutcome | Promise<SendOutcome>,
) {
  const sent = new Recorder<CommandEnvelope>()
  const attempts = new Map<string, number>()
  const send = async (command: CommandEnvelope) => {
    const attempt = (attempts.get(command.id) ?? 0) + 1
    attempts.set(command.id, attempt)
    sent.push(command)
    return answer(command, attempt)
  }
  return { sent, send }
}

async function openOutbox(path: string, options: Partial<OutboxOptions> = {}) {
  const lists = new Recorder<readonly OutboxEntry[]>()
  const outbox = await Outbox.open({
    path,
    send: async () => ({ kind: 'offline' }),
    changed: lists.push,
    log: silentLog(),
    restAfter: () => 1,
    answerWithin: 60_000,
    ...options,
  })
  return { outbox, lists, empty: () => lists.waitFor((entries) => entries.length === 0) }
}

async function newPath(): Promise<string> {
  return join(await temporaryFolder(), 'outbox.log')
}

const reasons = (entries: readonly OutboxEntry[]) => entries.map(({ payload }) => payload['reason'])

describe('outbox', () => {
  it('keeps what is given while offline, over a restart, and sends it in order of each lane', async () => {
    const path = await newPath()
    const first = await openOutbox(path)
    const given = [command('a', '1'), command('b', '2'), command('a', '3'), command('a', '4')]
    for (const each of given) expect(await first.outbox.give(each)).toEqual({ kind: 'queued' })
    await first.outbox.close()

    const gateway = fakeGateway(() => accepted)
    const second = await openOutbox(path, { send: gateway.send })
    expect(reasons(second.outbox.entries)).toEqual(['1', '2', '3', '4'])
    expect(gateway.sent.items).toEqual([])
    second.outbox.setOnline(true)
    await second.empty()
    const lane = (name: string) =>
      gateway.sent.items.filter(({ aggregateId }) => aggregateId === name).map(({ id }) => id)
    expect(lane('a')).toEqual([given[0]?.id, given[2]?.id, given[3]?.id])
    expect(lane('b')).toEqual([given[1]?.id])
    await second.outbox.close()

    const third = await openOutbox(path)
    expect(third.outbox.entries).toEqual([])
    await third.outbox.close()
  })

  it('answers with the gateway’s answer when one comes at once', async () => {
    const gateway = fakeGateway(({ payload }) =>
      payload['reason'] === 'bad' ? refused('wrong_state') : accepted,
    )
    const { outbox } = await openOutbox(await newPath(), { send: gateway.send })
    outbox.setOnline(true)
    expect(await outbox.give(command('a'))).toEqual({ kind: 'accepted', result: {}, version: 2 })
    expect(await outbox.give(command('a', 'bad'))).toMatchObject({
      kind: 'refused',
      error: { code: 'wrong_state' },
    })
    // Whoever asked has been told; nothing is left to look at.
    expect(outbox.entries).toEqual([])
    await outbox.close()
  })

  it('answers that it is queued when the gateway takes its time, and settles it later', async () => {
    let answer: (outcome: SendOutcome) => void = () => undefined
    const gateway = fakeGateway(() => new Promise((resolve) => (answer = resolve)))
    const { outbox, lists } = await openOutbox(await newPath(), {
      send: gateway.send,
      answerWithin: 5,
    })
    outbox.setOnline(true)
    expect(await outbox.give(command('a'))).toEqual({ kind: 'queued' })
    answer(refused('already_decided'))
    const [entry] = await lists.waitFor((entries) => entries[0]?.state === 'refused')
    expect(entry?.refusal?.code).toBe('already_decided')
    await outbox.close()
  })

  it('never settles unseen what it has said is queued, however close the two come', async () => {
    // As on a slow machine: the answer has come, and before it is written down the wait is over.
    const gateway = fakeGateway(() => {
      const until = performance.now() + 20
      while (performance.now() < until);
      return refused('already_decided')
    })
    const { outbox, lists } = await openOutbox(await newPath(), {
      send: gateway.send,
      answerWithin: 10,
    })
    outbox.setOnline(true)
    const result = await outbox.give(command('a'))
    if (result.kind === 'queued') await lists.waitFor(([entry]) => entry?.state === 'refused')
    else expect(result).toMatchObject({ kind: 'refused', error: { code: 'already_decided' } })
    await outbox.close()
  })

  it('keeps a refused command over a restart, sends past it, and discards it for good', async () => {
    const path = await newPath()
    const offline = await openOutbox(path)
    const bad = command('a', 'bad')
    await offline.outbox.give(bad)
    await offline.outbox.give(command('a', 'good'))
    await offline.outbox.close()
    const gateway = fakeGateway(({ payload }) =>
      payload['reason'] === 'bad' ? refused('stale_version') : accepted,
    )
    const online = await openOutbox(path, { send: gateway.send })
    online.outbox.setOnline(true)
    await online.lists.waitFor((entries) => entries.length === 1 && entries[0]?.state === 'refused')
    await online.outbox.close()

    const later = await openOutbox(path, { send: gateway.send })
    expect(reasons(later.outbox.entries)).toEqual(['bad'])
    later.outbox.setOnline(true)
    expect(await later.outbox.retry(bad.id)).toMatchObject({
      ok: false,
      error: { code: 'wrong_state' },
    })
    expect(await later.outbox.discard(bad.id)).toEqual({ ok: true, value: null })
    expect(await later.outbox.discard(bad.id)).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
    await later.outbox.close()
    const last = await openOutbox(path)
    expect(last.outbox.entries).toEqual([])
    expect(gateway.sent.items).toHaveLength(2)
    await last.outbox.close()
  })

  it('retries a refused command under a new id, since the old one has its answer for ever', async () => {
    const path = await newPath()
    const offline = await openOutbox(path)
    const first = command('a')
    await offline.outbox.give(first)
    await offline.outbox.close()
    let isAllowed = false
    const gateway = fakeGateway(() => (isAllowed ? accepted : refused('forbidden')))
    const online = await openOutbox(path, { send: gateway.send })
    online.outbox.setOnline(true)
    await online.lists.waitFor((entries) => entries[0]?.state === 'refused')
    isAllowed = true
    expect(await online.outbox.retry(first.id)).toEqual({ ok: true, value: null })
    await online.empty()
    const [, second] = gateway.sent.items
    expect(second).toMatchObject({ aggregateId: 'a', payload: first.payload })
    expect(second?.id).not.toBe(first.id)
    await online.outbox.close()
  })

  it('sends again, under the same id, what was not answered or met a gateway in trouble', async () => {
    const outcomes: SendOutcome[] = [
      { kind: 'unanswered' },
      refused('unavailable'),
      refused('too_many_requests'),
      accepted,
    ]
    const gateway = fakeGateway((_command, attempt) => outcomes[attempt - 1] ?? accepted)
    const { outbox, empty } = await openOutbox(await newPath(), { send: gateway.send })
    outbox.setOnline(true)
    const given = command('a')
    expect(await outbox.give(given)).toEqual({ kind: 'queued' })
    await empty()
    expect(gateway.sent.items.map(({ id }) => id)).toEqual(Array(4).fill(given.id))
    await outbox.close()
  })

  it('takes a fault that stays for the command’s own', async () => {
    const gateway = fakeGateway(() => refused('internal'))
    const { outbox, lists } = await openOutbox(await newPath(), { send: gateway.send })
    outbox.setOnline(true)
    await outbox.give(command('a'))
    await lists.waitFor((entries) => entries[0]?.state === 'refused')
    expect(gateway.sent.items).toHaveLength(3)
    await outbox.close()
  })

  it('keeps the order of a lane while its first command is resent', async () => {
    const gateway = fakeGateway((_command, attempt) =>
      attempt < 3 ? { kind: 'unanswered' } : accepted,
    )
    const { outbox, empty } = await openOutbox(await newPath(), { send: gateway.send })
    const given = [command('a', '1'), command('a', '2')]
    for (const each of given) await outbox.give(each)
    outbox.setOnline(true)
    await empty()
    const [one, two] = given
    expect(gateway.sent.items.map(({ id }) => id)).toEqual(
      [one, one, one, two, two, two].map((each) => each?.id),
    )
    await outbox.close()
  })

  it('keeps eight under way at most', async () => {
    let underWay = 0
    let most = 0
    const gateway = fakeGateway(async () => {
      underWay += 1
      most = Math.max(most, underWay)
      await new Promise((resolve) => setImmediate(resolve))
      underWay -= 1
      return accepted
    })
    const { outbox, empty } = await openOutbox(await newPath(), { send: gateway.send })
    for (let lane = 0; lane < 30; lane += 1) await outbox.give(command(`lane-${lane}`))
    outbox.setOnline(true)
    await empty()
    expect(most).toBe(8)
    await outbox.close()
  })

  it('keeps only the furthest read mark of a requisition', async () => {
    const path = await newPath()
    const { outbox } = await openOutbox(path)
    await outbox.give(readMark('a', 1))
    await outbox.give(readMark('b', 1))
    await outbox.give(readMark('a', 2))
    const marks = () =>
      outbox.entries.map(({ aggregateId, payload }) => [aggregateId, payload['revision']])
    expect(marks()).toEqual([
      ['b', 1],
      ['a', 2],
    ])
    await outbox.close()
    const again = await openOutbox(path)
    expect(again.outbox.entries).toHaveLength(2)
    await again.outbox.close()
  })

  it('takes the same command twice for one, and another under its id for a mistake', async () => {
    const { outbox } = await openOutbox(await newPath())
    const given = command('a')
    await outbox.give(given)
    expect(await outbox.give(given)).toEqual({ kind: 'queued' })
    expect(outbox.entries).toHaveLength(1)
    expect(
      await outbox.give({ ...given, payload: { revision: 1, reason: 'Other.' } }),
    ).toMatchObject({
      kind: 'refused',
      error: { code: 'command_id_reused' },
    })
    await outbox.close()
  })

  it('reads past a damaged line, keeps a copy of the file, and says where', async () => {
    const path = await newPath()
    const first = await openOutbox(path)
    for (const reason of ['1', '2', '3']) await first.outbox.give(command('a', reason))
    await first.outbox.close()
    const lines = (await readFile(path, 'utf8')).split('\n')
    await writeFile(path, [lines[0], lines[1]?.replace('"2"', '"9"'), lines[2], ''].join('\n'))
    const log = silentLog()
    const second = await openOutbox(path, { log })
    expect(reasons(second.outbox.entries)).toEqual(['1', '3'])
    expect(await readFile(second.outbox.keptAs ?? '', 'utf8')).toContain('"9"')
    expect(log.said.items.at(0)?.level).toBe('error')
    await second.outbox.close()
    const third = await openOutbox(path)
    expect(third.outbox.keptAs).toBeNull()
    await third.outbox.close()
  })

  it.runIf(process.platform === 'linux')('promises nothing when the disk is full', async () => {
    const path = await newPath()
    await symlink('/dev/full', path)
    const { outbox } = await openOutbox(path)
    expect(await outbox.give(command('a'))).toMatchObject({
      kind: 'refused',
      error: { code: 'unavailable', details: { reason: 'disk_full' } },
    })
    expect(outbox.entries).toEqual([])
    await outbox.close()
  })

  it('leaves one short file behind after much work', async () => {
    const path = await newPath()
    const gateway = fakeGateway(() => accepted)
    const { outbox } = await openOutbox(path, { send: gateway.send })
    outbox.setOnline(true)
    for (let each = 0; each < 60; each += 1) await outbox.give(command('a', 'x'.repeat(10_000)))
    await outbox.close()
    expect((await readFile(path)).length).toBeLessThan(300_000)
    expect(await readdir(join(path, '..'))).toEqual(['outbox.log'])
  })

  it('loses no command that was promised, doubles none and keeps each lane’s order, wherever it crashes', async () => {
    const folder = await temporaryFolder()
    let run = 0
    const lanes = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 10 })
    const faults = fc.array(
      fc.constantFrom<SendOutcome>(accepted, { kind: 'unanswered' }, refused('unavailable')),
    )
    const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: 1,
      maxLength: 3,
    })
    await fc.assert(
      fc.asyncProperty(lanes, faults, cuts, async (laneOf, fault, cutsAt) => {
        run += 1
        const path = join(folder, `outbox-${run}.log`)
        /** What the gateway has done, by command id, as its own table of ids keeps it. */
        const done = new Map<string, CommandAnswer>()
        const order: string[] = []
        let call = 0
        const send = async (sent: CommandEnvelope): Promise<SendOutcome> => {
          const planned = fault[call % Math.max(fault.length, 1)] ?? accepted
          // Every plan ends in answers, or nothing would ever be settled.
          const outcome = (call += 1) % 3 === 0 ? accepted : planned
          if (outcome.kind === 'answered' && !outcome.answer.ok) return outcome
          if (!done.has(sent.id)) {
            done.set(sent.id, { ok: true, result: {}, version: 2 })
            order.push(sent.id)
          }
          return outcome
        }

        // Given while offline; the length of the file at each promise is what a crash may not go below.
        const writer = await openOutbox(path, { send })
        const promised: { id: string; lane: string; size: number }[] = []
        for (const lane of laneOf) {
          const given = command(lane)
          expect(await writer.outbox.give(given)).toEqual({ kind: 'queued' })
          promised.push({ id: given.id, lane, size: (await readFile(path)).length })
        }
        await writer.outbox.close()
        const whole = await readFile(path)
        const at = Math.round((cutsAt[0] ?? 1) * whole.length)
        await writeFile(path, whole.subarray(0, at))
        const kept = promised.filter(({ size }) => size <= at)

        // Sent, with a crash at some byte of what is written meanwhile, until nothing is left.
        for (const cut of [...cutsAt.slice(1), null]) {
          const sender = await openOutbox(path, { send })
          sender.outbox.setOnline(true)
          if (cut === null) {
            if (sender.outbox.entries.length > 0) await sender.empty()
            await sender.outbox.close()
          } else {
            const atOpening = (await readFile(path)).length
            await new Promise((resolve) => setImmediate(resolve))
            await sender.outbox.close()
            const now = await readFile(path)
            const to = atOpening + Math.round(cut * (now.length - atOpening))
            await writeFile(path, now.subarray(0, Math.max(to, atOpening)))
          }
        }

        expect([...done.keys()].sort()).toEqual(kept.map(({ id }) => id).sort())
        for (const lane of ['a', 'b', 'c']) {
          const inLane = kept.filter((each) => each.lane === lane).map(({ id }) => id)
          expect(order.filter((id) => inLane.includes(id))).toEqual(inLane)
        }
      }),
      { numRuns: 60 },
    )
  })
})
