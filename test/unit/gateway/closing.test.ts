import { expect, test } from 'vitest'
import { closing } from '../../../gateway/closing'
import { quietLog } from '../../support/quiet-log'

const limits = { withinMs: 40, graceMs: 40, log: quietLog }

test('what was started last is closed first, also where something fails', async () => {
  const closed: string[] = []
  const closers = closing(limits)
  closers.add(() => void closed.push('database'))
  closers.add(() => Promise.reject(new Error('no')))
  closers.add(async () => void closed.push('door'))
  await closers.closeAll()
  expect(closed).toEqual(['door', 'database'])
})

test('what waits for something that is broken off in the end is still waited for', async () => {
  const closed: string[] = []
  let breakOff = () => {}
  const answer = new Promise<void>((resolve) => (breakOff = resolve))
  const closers = closing(limits)
  closers.add(() => void closed.push('database'), { breakOff })
  closers.add(() => answer.then(() => void closed.push('job')))
  await closers.closeAll()
  expect(closed).toEqual(['job', 'database'])
})

test('what never ends is given up, and what must end is waited for all the same', async () => {
  const never = () => new Promise<void>(() => undefined)
  const closed: string[] = []
  const closers = closing(limits)
  closers.add(
    async () => {
      await new Promise((resolve) => setTimeout(resolve, 200))
      closed.push('server')
    },
    { always: true },
  )
  closers.add(async () => void closed.push('connections'))
  closers.add(never)
  closers.add(never)
  const began = Date.now()
  await closers.closeAll()
  expect(closed).toEqual(['connections', 'server'])
  expect(Date.now() - began).toBeGreaterThanOrEqual(200)
})
