import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

/** The colours of a theme as they stand in the style sheet, by name. */
function colours(theme: 'light' | 'dark', contrast: 'usual' | 'more'): ReadonlyMap<string, Colour> {
  const sheet = readFileSync('renderer/ui/tokens.css', 'utf8')
  const [usual = '', more = ''] = sheet.split('@media (prefers-contrast: more)')
  const found = new Map<string, Colour>()
  for (const part of contrast === 'more' ? [usual, more] : [usual]) {
    const block = new RegExp(`data-theme='${theme}'\\] \\{([^}]*)\\}`).exec(part)?.[1]
    if (!block) throw new Error(`There is no block for ${theme}`)
    for (const [, name = '', l, c, h] of block.matchAll(
      /--([\w-]+): oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\);/g,
    )) {
      found.set(name, { l: Number(l) / 100, c: Number(c), h: Number(h) })
    }
  }
  return found
}

interface Colour {
  readonly l: number
  readonly c: number
  readonly h: number
}

/** Relative luminance as WCAG 2.2 has it. OKLab to linear sRGB by Ottosson's matrices. */
function luminance({ l, c, h }: Colour): number {
  const radians = (h * Math.PI) / 180
  const [a, b] = [c * Math.cos(radians), c * Math.sin(radians)]
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clamp = (value: number) => Math.min(1, Math.max(0, value))
  const red = clamp(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short)
  const green = clamp(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short)
  const blue = clamp(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: Colour, other: Colour): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** Every ground that words stand on. */
const grounds = ['ground', 'rail', 'panel', 'raised', 'sunken', 'hover', 'accent-ground']
/** Every colour that words are written in, and the further grounds of each. */
const inks: readonly (readonly [string, readonly string[]])[] = [
  [
    'text',
    [...grounds, 'pressed', 'good-ground', 'notice-ground', 'warning-ground', 'danger-ground'],
  ],
  [
    'muted',
    [...grounds, 'pressed', 'good-ground', 'notice-ground', 'warning-ground', 'danger-ground'],
  ],
  ['faint', ['ground', 'rail', 'panel', 'raised', 'sunken', 'hover', 'accent-ground']],
  ['accent', [...grounds, 'good-ground', 'notice-ground', 'warning-ground', 'danger-ground']],
  ['good', [...grounds, 'good-ground']],
  ['notice', [...grounds, 'pressed', 'notice-ground']],
  ['warning', [...grounds, 'warning-ground']],
  ['danger', [...grounds, 'pressed', 'danger-ground']],
  ['on-accent', ['accent', 'accent-strong']],
]

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  test.each(['usual', 'more'] as const)('every word reaches 4.5:1, contrast %s', (level) => {
    const tokens = colours(theme, level)
    const colour = (name: string) => {
      const found = tokens.get(name)
      if (!found) throw new Error(`There is no --${name}`)
      return found
    }
    const tooLow = inks.flatMap(([ink, on]) =>
      on
        .map((ground) => ({ ink, ground, ratio: contrast(colour(ink), colour(ground)) }))
        .filter(({ ratio }) => ratio < 4.5)
        .map(({ ratio, ...pair }) => `${pair.ink} on ${pair.ground}: ${ratio.toFixed(2)}`),
    )
    expect(tooLow).toEqual([])
  })

  test('what is outlined and what has the focus stands off its ground', () => {
    const tokens = colours(theme, 'usual')
    const of = (name: string) => tokens.get(name) as Colour
    for (const ground of ['ground', 'rail', 'panel', 'raised']) {
      expect(contrast(of('accent'), of(ground))).toBeGreaterThan(3)
    }
  })
})

test('the reckoning itself: black on white is 21, and a grey of WCAG’s own example', () => {
  const white = { l: 1, c: 0, h: 0 }
  const black = { l: 0, c: 0, h: 0 }
  expect(contrast(white, black)).toBeCloseTo(21, 1)
  // #767676 on white is the well-known 4.54; its OKLCH lightness is 0.5658.
  expect(contrast({ l: 0.5658, c: 0, h: 0 }, white)).toBeCloseTo(4.54, 1)
})
