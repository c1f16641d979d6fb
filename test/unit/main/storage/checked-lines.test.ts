import { open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { linesOf, openLine, sealLine } from '../../../../main/storage/checked-lines'
import { temporaryFolder } from '../../../support/temporary-folder'

async function readLines(bytes: Buffer, from = 0) {
  const path = join(await temporaryFolder(), 'lines')
  await writeFile(path, bytes)
  const file = await open(path, 'r')
  try {
    const lines: { start: number; end: number; text: string }[] = []
    for await (const { start, end, bytes: line } of linesOf(file, from, bytes.length)) {
      lines.push({ start, end, text: line.toString() })
    }
    return lines
  } finally {
    await file.close()
  }
}

describe('checked lines', () => {
  it('give back what was sealed', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const line = sealLine(value)
        expect(line.indexOf('\n')).toBe(line.length - 1)
        const opened = openLine(line.subarray(0, -1))
        expect(opened).toEqual({ ok: true, value: JSON.parse(JSON.stringify(value)) })
      }),
    )
  })

  it('notice every flipped bit', () => {
    const line = sealLine({ seq: 7, name: 'Åsa\u2028' }).subarray(0, -1)
    for (let bit = 0; bit < line.length * 8; bit += 1) {
      const flipped = Buffer.from(line)
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(openLine(flipped).ok).toBe(false)
    }
  })

  it('are told apart across the edges of a read, the torn tail left out', async () => {
    const long = sealLine('x'.repeat(700_000))
    const short = sealLine(1)
    const torn = Buffer.from('torn off')
    const lines = await readLines(Buffer.concat([long, short, torn]))
    expect(lines.map(({ start, end }) => [start, end])).toEqual([
      [0, long.length],
      [long.length, long.length + short.length],
    ])
    expect(openLine(Buffer.from(lines[0]?.text ?? ''))).toEqual({
      ok: true,
      value: 'x'.repeat(700_000),
    })
  })

  it('are read from an offset', async () => {
    const first = sealLine('first')
    const lines = await readLines(Buffer.concat([first, sealLine('second')]), first.length)
    expect(lines).toHaveLength(1)
    expect(lines[0]?.start).toBe(first.length)
  })
})
