import { describe, expect, it } from 'vitest'
import { kinds, sizes } from '../../../../demo/seller/family'

describe('axes of a product family', () => {
  it('takes a size’s digits for its code, unless one is given', () => {
    expect(sizes('1,5 040=40 DN15', 1).map(({ code, sv }) => [code, sv])).toEqual([
      ['15', '1,5'],
      ['040', '40'],
      ['DN15', 'DN15'],
    ])
  })

  it('lets the cost grow by value where sizes are numbers', () => {
    expect(sizes('10 20 50', 5).map(({ cost }) => cost)).toEqual([1, 2, 5])
  })

  it('lets the cost grow by place where they are not', () => {
    expect(sizes('a=1/2" b=3/4" c=1"', 3).map(({ cost }) => cost)).toEqual([1, 2, 3])
  })

  it('writes decimals the English way in English, and spaces for underscores', () => {
    expect(sizes('a=2,5_m', 1)[0]).toMatchObject({ sv: '2,5 m', en: '2.5 m' })
  })

  it('leaves the weight alone for kinds', () => {
    expect(kinds(['1', 'svart', 'black', 2])).toEqual([
      { code: '1', sv: 'svart', en: 'black', cost: 2, weight: 1 },
    ])
  })
})
