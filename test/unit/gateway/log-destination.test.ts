import { closeSync, constants, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { logDestination } from '../../../gateway/log-destination'
import { makeNamedPipe } from '../../support/named-pipe'
import { temporaryFolder } from '../../support/temporary-folder'

test('lines are written as they are', async () => {
  const file = join(await temporaryFolder(), 'log')
  const fd = openSync(file, 'w')
  const log = logDestination(fd)
  log.write('{"one":1}\n')
  log.write('{"two":"två"}\n')
  closeSync(fd)
  expect(readFileSync(file, 'utf8')).toBe('{"one":1}\n{"two":"två"}\n')
  expect(log.failures()).toBe(0)
  log.write('after the end')
  expect(log.failures()).toBe(1)
})

test.skipIf(process.platform === 'win32')(
  'a reader that does not keep up costs lines, and what comes when it does is whole',
  async () => {
    const pipe = join(await temporaryFolder(), 'pipe')
    await makeNamedPipe(pipe)
    const fd = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK)
    onTestFinished(() => closeSync(fd))
    const log = logDestination(fd)
    const line = `${'x'.repeat(50_000)}\n`
    log.write(line)
    expect(log.failures()).toBe(0)
    log.write(line)
    expect(log.failures()).toBe(1)
    // It was waited for once, and is not again by every line.
    const began = Date.now()
    for (let n = 0; n < 100; n += 1) log.write(line)
    expect(Date.now() - began).toBeLessThan(1_000)
    expect(log.failures()).toBe(101)

    const seen = Buffer.alloc(200_000)
    let length = readSync(fd, seen, 0, seen.length, null)
    log.write('{"later":1}\n')
    length += readSync(fd, seen, length, seen.length - length, null)
    const lines = seen.toString('utf8', 0, length).split('\n')
    expect(lines[0]).toHaveLength(50_000)
    expect(lines.at(-2)).toBe('{"later":1}')
    expect(log.failures()).toBe(101)
  },
)
