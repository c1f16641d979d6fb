import type { MasterDataInput } from '../../contract/master-data'
import { defaultRightOf, type CompanySeed } from './companies'
import { ownGroupId } from './customer-groups'
import { fictionPhones, firstNames, surnames } from './data/people'
import { createRandom, type Random } from './random'

/** Two to six people at each company, those with a part in the first inbox before the rest. */
export function makeContacts(
  seed: number,
  companies: readonly CompanySeed[],
): MasterDataInput<'contact'>[] {
  const random = createRandom(seed, 'contacts')
  return companies.flatMap((company) => {
    const people: (readonly [name: string, ownRight?: string])[] = [
      ...(company.featured?.contacts ?? []),
    ]
    const wanted = Math.max(people.length, random.pick([2, 2, 3, 3, 3, 4, 4, 5, 6]))
    const names = new Set(people.map(([name]) => name))
    while (people.length < wanted) {
      const name = `${random.pick(firstNames)} ${random.pick(surnames)}`
      if (names.has(name)) continue
      names.add(name)
      const ownRight = drawRight(company, people.length, random)
      people.push(ownRight ? [name, ownRight] : [name])
    }
    return people.map(([name, ownRight], index) => ({
      id: `${company.row.id}-${String.fromCharCode(65 + index)}`,
      company: company.row.id,
      name,
      email: `${mailbox(name)}@${domainOf(company.row.name)}.example`,
      phone: random.chance(0.85) ? drawPhone(company, random) : null,
      customerGroup: ownRight ? ownGroupId(company.row.customerGroup, ownRight) : null,
      status:
        !company.featured && index > 0 && random.chance(0.04)
          ? ('disabled' as const)
          : ('active' as const),
    }))
  })
}

/** Most people may do what their company's group may; one of a few may order, the last ones keep lists. */
function drawRight(company: CompanySeed, index: number, random: Random): string | undefined {
  const byDefault = defaultRightOf(company.trade)
  if (index === 1 && byDefault !== 'order') {
    return random.pick(['bestall-25', 'bestall-25', 'bestall-100', undefined, undefined])
  }
  if (index >= 3 && byDefault !== 'lists' && random.chance(0.5)) return 'lista'
  if (index === 0 && byDefault === 'lists' && random.chance(0.6)) return 'foresla'
  return undefined
}

function drawPhone({ place }: CompanySeed, random: Random): string {
  const { prefix, from, to } = fictionPhones[random.chance(0.65) ? 'mobile' : place.team]
  const digits = String(random.whole(from, to)).padStart(2, '0')
  return prefix + (digits.length === 3 ? `${digits.slice(0, 1)} ${digits.slice(1)}` : digits)
}

function mailbox(name: string): string {
  return plain(name).replaceAll(' ', '.')
}

function domainOf(company: string): string {
  return plain(company.replace(/ AB$/, '')).replaceAll(/[^a-z0-9]/g, '')
}

/** a–z only, as mailboxes are written. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[åä]/g, 'a')
    .replaceAll('ö', 'o')
    .replaceAll(/[éè]/g, 'e')
    .replaceAll(/[^a-z0-9 ]/g, '')
}
