import { describe, expect, it } from 'vitest'
import { parseShopArguments } from '../../../../demo/shop/arguments'

describe('the shop’s command line', () => {
  it('is read', () => {
    const line = 'stream --url http://127.0.0.1:4100 --count 3 --every 0.5 --seed 9 --kind quote'
    expect(parseShopArguments(line.split(' '))).toEqual({
      kind: 'run',
      arguments: {
        command: 'stream',
        url: 'http://127.0.0.1:4100',
        secret: undefined,
        secretFile: undefined,
        id: undefined,
        contact: undefined,
        type: 'quote.requested',
        seed: 9,
        count: 3,
        every: 0.5,
      },
    })
  })

  it.each([
    ['buy', 'no command "buy"'],
    ['submit now', 'one word too many'],
    ['submit --colour red', 'colour'],
    ['submit --kind order', '--kind is list, quote or proposal'],
    ['submit --secret whsec_a --secret-file b', 'not both'],
    ['submit --seed -1', '--seed must be'],
    ['submit --seed 1.5', '--seed must be'],
    ['stream --id I-1', '--id names one document'],
    ['stream --count 0', '--count must be'],
    ['stream --count -1', '--count must be a whole number from 1'],
    ['stream --every -0.5', '--every must be'],
    ['stream --count many', '--count must be'],
    ['stream --every soon', '--every must be'],
  ])('does not understand “%s”', (line, message) => {
    expect(parseShopArguments(line.split(' '))).toEqual({
      kind: 'misunderstood',
      message: expect.stringContaining(message),
    })
  })

  it('helps when asked, and when nothing was asked', () => {
    expect(parseShopArguments(['--help'])).toEqual({ kind: 'help' })
    expect(parseShopArguments([])).toEqual({ kind: 'help' })
  })
})
