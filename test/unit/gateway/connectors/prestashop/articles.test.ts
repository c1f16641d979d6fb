import { describe, expect, test } from 'vitest'
import { articleRow } from '../../../../../gateway/connectors/prestashop/article-rows'
import { findArticles } from '../../../../../gateway/connectors/prestashop/articles'
import { noRecords, type ShopRecords } from '../../../../../gateway/connectors/prestashop/cursor'
import { byId, combination, factsWith, optionsWith, product, record } from './facts'

const options = optionsWith()

function find(records: Partial<ShopRecords>, known: Record<string, string> = {}) {
  return findArticles({ ...noRecords, ...records }, factsWith(), known, options)
}

describe('article numbers', () => {
  test('the reference when it is alone, else the ids of the shop', () => {
    const { articleIds } = find({
      products: byId(
        product(1, { reference: 'A-1' }),
        product(2, { reference: 'B-1' }),
        product(3, { reference: 'b-1' }),
        product(4),
        product(5, { reference: 'ps-1-0' }),
        product(6, { reference: 'C\u0007' }),
        product(7, { reference: ' D ' }),
      ),
    })
    expect(articleIds).toEqual({
      '1-0': 'A-1',
      '2-0': 'ps-2-0',
      '3-0': 'ps-3-0',
      '4-0': 'ps-4-0',
      '5-0': 'ps-5-0',
      '6-0': 'ps-6-0',
      '7-0': 'D',
    })
  })

  test('combinations are articles, their product is none', () => {
    const { articleIds, notes } = find({
      products: byId(product(1, { reference: 'X' }), product(2, { reference: 'Y' })),
      combinations: byId(
        combination(11, 1, { reference: 'X-S' }),
        combination(12, 1, { reference: 'X-M' }),
        combination(21, 2, { reference: 'Y' }),
        combination(22, 2, { reference: 'Y' }),
      ),
    })
    expect(articleIds).toEqual({
      '1-11': 'X-S',
      '1-12': 'X-M',
      '2-21': 'ps-2-21',
      '2-22': 'ps-2-22',
    })
    expect(notes).toEqual([{ resource: 'products', id: '2', reason: 'reference_shared' }])
  })

  test('a number once given stays, whatever becomes of the reference', () => {
    const known = { '1-0': 'A', '2-0': 'ps-2-0' }
    const products = byId(
      product(1, { reference: 'A2' }),
      product(2, { reference: 'B' }),
      product(3, { reference: 'A' }),
    )
    const { articleIds, notes } = find({ products }, known)
    expect(articleIds).toEqual({ '1-0': 'A', '2-0': 'ps-2-0', '3-0': 'ps-3-0' })
    expect(notes).toContainEqual({ resource: 'products', id: '1', reason: 'reference_changed' })
  })

  test('a catalogue imported anew keeps its numbers', () => {
    const gone = { ...product(1, { reference: 'A' }), gone: true }
    const { articleIds, byKey } = find(
      { products: byId(gone, product(9, { reference: 'A' })) },
      { '1-0': 'A' },
    )
    expect(articleIds).toEqual({ '9-0': 'A' })
    expect([...byKey.values()].map(({ id, isActive }) => [id, isActive])).toEqual([['A', true]])
  })

  test('a draft is no article', () => {
    const { articleIds, skipped } = find({ products: byId(product(1, { state: '0' })) })
    expect(articleIds).toEqual({})
    expect(skipped).toEqual([{ resource: 'products', id: '1', reason: 'draft' }])
  })
})

describe('what is no longer sold', () => {
  const statusOf = (records: Partial<ShopRecords>, known: Record<string, string> = {}) =>
    Object.fromEntries(
      [...find(records, known).byKey.values()].map((article) => [
        article.id,
        articleRow(article, factsWith(), options).status,
      ]),
    )

  test('inactive', () => {
    const products = byId(product(1, { reference: 'A', active: '0' }))
    expect(statusOf({ products })).toEqual({ A: 'discontinued' })
  })

  test('deleted', () => {
    const products = byId({ ...product(1), gone: true })
    expect(statusOf({ products }, { '1-0': 'A' })).toEqual({ A: 'discontinued' })
    // What went before we came is nothing to us.
    expect(statusOf({ products })).toEqual({})
  })

  test('one combination of many', () => {
    const records = {
      products: byId(product(1)),
      combinations: byId({ ...combination(11, 1), gone: true }, combination(12, 1)),
    }
    expect(statusOf(records, { '1-11': 'S', '1-12': 'M' })).toEqual({
      S: 'discontinued',
      M: 'active',
    })
  })

  test('a product that came to have combinations', () => {
    const records = { products: byId(product(1)), combinations: byId(combination(11, 1)) }
    expect(statusOf(records, { '1-0': 'A' })).toEqual({ A: 'discontinued', 'ps-1-11': 'active' })
  })
})

describe('the row', () => {
  const facts = factsWith({
    usesEcotax: true,
    suppliers: { 2: { id: 2, name: 'Leverantören' } },
    categories: {
      1: { id: 1, id_parent: 0, name: { '': 'Rot' } },
      8: { id: 8, id_parent: 1, name: { '': 'Muggar' } },
    },
    optionValues: {
      5: record('product_option_values', {
        id: 5,
        id_attribute_group: '2',
        name: [
          { id: '1', value: 'Vit' },
          { id: '2', value: 'White' },
        ],
      }),
      7: record('product_option_values', { id: 7, id_attribute_group: '1', name: 'S' }),
    },
  })
  const rowOf = (productChanges: object, combinationChanges?: object) => {
    const records = {
      ...noRecords,
      products: byId(product(1, productChanges)),
      combinations: combinationChanges ? byId(combination(11, 1, combinationChanges)) : {},
    }
    const [article] = findArticles(records, facts, {}, options).byKey.values()
    return article && articleRow(article, facts, options)
  }

  test('of a combination adds up price, weight and ecotax', () => {
    expect(
      rowOf(
        {
          name: [
            { id: '1', value: 'Mugg' },
            { id: '2', value: 'Mug' },
          ],
          price: '19.120000',
          wholesale_price: '5.490000',
          weight: '0.300000',
          ecotax: '0.500000',
          id_supplier: '2',
          id_category_default: '8',
          minimal_quantity: '3',
        },
        {
          reference: 'M-1',
          price: '-0.000001',
          weight: '0.0255',
          minimal_quantity: '6',
          associations: { product_option_values: [{ id: '5' }, { id: '7' }, { id: '99' }] },
        },
      ),
    ).toEqual({
      id: 'M-1',
      nameSv: 'Mugg, S, Vit',
      nameEn: 'Mug, S, White',
      unit: 'st',
      precision: 0,
      packMultiple: 0,
      minimumQuantity: 6,
      group: 'ps-category-8',
      vatRate: '25',
      listPrice: '19.619999',
      basis: 'net',
      currency: 'SEK',
      cost: '5.49',
      supplier: 'Leverantören',
      weightGrams: 326,
      status: 'active',
    })
  })

  test('says nothing where the shop says nothing', () => {
    expect(rowOf({ id_category_default: '1', id_tax_rules_group: '0', name: '' })).toMatchObject({
      nameSv: 'ps-1-0',
      nameEn: null,
      group: null,
      vatRate: '0',
      cost: null,
      supplier: null,
      weightGrams: null,
      minimumQuantity: 0,
    })
  })

  test('has a name no longer than may be', () => {
    const name = rowOf({ name: 'x'.repeat(300) })?.nameSv ?? ''
    expect(name).toHaveLength(200)
    expect(name.endsWith('…')).toBe(true)
  })
})
