import { describe, expect, test } from 'vitest'
import { noRecords, type ShopRecords } from '../../../../../gateway/connectors/prestashop/cursor'
import { mapCustomers } from '../../../../../gateway/connectors/prestashop/customers'
import { address, byId, customer, factsWith, optionsWith } from './facts'

const map = (
  records: Pick<Partial<ShopRecords>, 'customers' | 'addresses'>,
  options = optionsWith(),
  known: Record<string, string> = {},
) => mapCustomers({ ...noRecords, ...records }, factsWith(), known, options)

describe('companies', () => {
  test('a customer is a contact of a company of its own', () => {
    const { companyRows, contactRows, addressRows } = map({
      customers: byId(
        customer(2, {
          company: 'Rör & Bad AB',
          max_payment_days: '30',
          outstanding_allow_amount: '5000.129000',
        }),
      ),
      addresses: byId(
        address(5, 2, {
          company: 'Filialen',
          vat_number: 'SE556036079301',
          phone_mobile: '070-1234567',
          address2: 'Port 2',
        }),
      ),
    })
    expect(companyRows).toEqual([
      {
        id: 'ps-company-2',
        name: 'Rör & Bad AB',
        vatNumber: 'SE556036079301',
        currency: 'SEK',
        language: 'sv',
        customerGroup: 'ps-group-3',
        paymentTerms: '30 dagar',
        creditLimit: '5000.12',
        status: 'active',
        statusReason: null,
      },
    ])
    expect(contactRows).toEqual([
      {
        id: 'ps-customer-2',
        company: 'ps-company-2',
        name: 'Eva Ek',
        email: 'eva2@example.test',
        phone: '070-1234567',
        customerGroup: null,
        status: 'active',
      },
    ])
    expect(addressRows).toEqual([
      {
        id: 'ps-address-5',
        company: 'ps-company-2',
        name: 'Filialen',
        street: 'Storgatan 1, Port 2',
        postalCode: '111 22',
        city: 'Stockholm',
        country: 'SE',
      },
    ])
  })

  test('is named after the address, else the person', () => {
    const names = map({
      customers: byId(customer(1), customer(2)),
      addresses: byId(address(5, 2, { company: 'Bygg AB' })),
    }).companyRows.map(({ name }) => name)
    expect(names).toEqual(['Eva Ek', 'Bygg AB'])
  })

  test('accounts with the same number are one company, names alone make none', () => {
    const { companyIds, contactRows } = map({
      customers: byId(
        customer(1, { company: 'Bygg AB' }),
        customer(2, { company: 'Bygg AB' }),
        customer(3),
        customer(4, { siret: '556036-0793' }),
        customer(5, { siret: '5560360793' }),
        customer(6),
        customer(7),
      ),
      addresses: byId(
        address(1, 1, { vat_number: 'SE556036079301' }),
        address(3, 3, { vat_number: 'se 556036-0793 01' }),
        address(6, 6, { vat_number: '00000000' }),
        address(7, 7, { vat_number: '00000000' }),
      ),
    })
    expect(companyIds).toEqual({
      1: 'ps-company-1',
      2: 'ps-company-2',
      3: 'ps-company-1',
      4: 'ps-company-4',
      5: 'ps-company-4',
      6: 'ps-company-6',
      7: 'ps-company-7',
    })
    expect(contactRows.filter(({ company }) => company === 'ps-company-1')).toHaveLength(2)
  })

  test('a company once given stays', () => {
    const addresses = byId(
      address(1, 1, { vat_number: 'SE556036079301' }),
      address(2, 2, { vat_number: 'SE556036079301' }),
      address(3, 3, { vat_number: 'SE556036079301' }),
    )
    const known = { 1: 'ps-company-1', 2: 'ps-company-2' }
    const { companyIds } = map(
      { customers: byId(customer(1), customer(2), customer(3)), addresses },
      optionsWith(),
      known,
    )
    expect(companyIds).toEqual({ ...known, 3: 'ps-company-1' })
  })

  test('without a working account is closed, with one of several is not', () => {
    const statuses = (...customers: ReturnType<typeof customer>[]) =>
      map({ customers: byId(...customers) }, optionsWith(), {
        1: 'c',
        2: 'c',
      }).companyRows.map(({ status }) => status)
    expect(statuses(customer(1, { active: '0' }))).toEqual(['closed'])
    expect(statuses({ ...customer(1), gone: true })).toEqual(['closed'])
    expect(statuses(customer(1, { deleted: '1' }))).toEqual(['closed'])
    expect(statuses({ ...customer(1), gone: true }, customer(2))).toEqual(['active'])
  })
})

describe('contacts', () => {
  test('inactive ones are disabled, erased and deleted ones are none', () => {
    const known = { 2: 'ps-company-2', 3: 'ps-company-3' }
    const { contactRows } = map(
      {
        customers: byId(customer(1, { active: '0' }), customer(2, { deleted: '1' }), {
          ...customer(3),
          gone: true,
        }),
      },
      optionsWith(),
      known,
    )
    expect(contactRows.map(({ id, status }) => [id, status])).toEqual([
      ['ps-customer-1', 'disabled'],
    ])
  })

  test('deleted before we came leaves no company', () => {
    expect(map({ customers: byId(customer(2, { deleted: '1' })) }).companyRows).toEqual([])
  })

  test('bear the group that may order most, where it is not the company’s', () => {
    const options = optionsWith({ orderingRights: { 3: 'lists', 4: 'order' } })
    const groups = [{ id: '3' }, { id: '4' }, { id: '99' }]
    const { contactRows, companyRows } = map(
      { customers: byId(customer(1, { associations: { groups } })) },
      options,
    )
    expect(companyRows[0]?.customerGroup).toBe('ps-group-3')
    expect(contactRows[0]?.customerGroup).toBe('ps-group-4')
  })

  test('of no group get the shop’s own; guests are left out', () => {
    const { contactRows, companyRows, skipped } = map({
      customers: byId(customer(1, { id_default_group: '0' }), customer(2, { is_guest: '1' })),
    })
    expect(companyRows.map(({ customerGroup }) => customerGroup)).toEqual(['ps-group-3'])
    expect(contactRows).toHaveLength(1)
    expect(skipped).toEqual([{ resource: 'customers', id: '2', reason: 'guest_account' }])
    const nowhere = mapCustomers(
      { ...noRecords, customers: byId(customer(1, { id_default_group: '0' })) },
      factsWith({ customerGroupId: null }),
      {},
      optionsWith(),
    )
    expect(nowhere.skipped).toEqual([{ resource: 'customers', id: '1', reason: 'group_unknown' }])
  })
})

test('addresses that lack something are told of, deleted ones are not', () => {
  const { addressRows, skipped } = map({
    customers: byId(customer(1)),
    addresses: byId(
      address(1, 1, { postcode: '' }),
      address(2, 1, { id_country: '99' }),
      address(3, 1, { deleted: '1' }),
      address(4, 99),
    ),
  })
  expect(addressRows).toEqual([])
  expect(skipped.map(({ id, reason }) => [id, reason])).toEqual([
    ['1', 'address_incomplete'],
    ['2', 'address_incomplete'],
  ])
})
