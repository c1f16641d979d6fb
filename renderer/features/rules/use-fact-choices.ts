import { useMemo } from 'react'
import type { ChoiceFact, SetFact } from '../../../domain/approval/facts'
import { orderingRights } from '../../../domain/company'
import { documentKinds } from '../../../domain/approval/facts'
import type { Desk } from '../../desk'
import { useDesk, useReplica, useTexts } from '../../desk-hooks'
import type { Choice } from '../../ui/choice-menu'
import { valueWord } from '../../wording/policy'
import type { PolicyNames } from '../../wording/policy'
import { sellerCurrency } from './seller-currency'

/**
 * What a fact can be, by its name. Customer groups, article groups and currencies are those of the
 * working set as it was when the field came up, and what is chosen already is always among them.
 */
export function useFactChoices(
  fact: ChoiceFact | SetFact,
  chosen: readonly string[],
  names: PolicyNames,
): readonly Choice[] {
  const desk = useDesk()
  const texts = useTexts()
  // Every article is read for its group: once the working set is here, and not with every batch.
  const phase = useReplica(({ replica }) => replica.store.getState().phase)
  // oxlint-disable-next-line react/exhaustive-deps -- read anew when the working set has come
  const there = useMemo(() => valuesOf(desk, fact), [desk, fact, phase])
  return useMemo(() => {
    const called = [...new Set([...there, ...chosen])].map((id) => ({
      id,
      name: valueWord({ fact }, id, texts, names),
    }))
    const isFixed = fact === 'kind' || fact === 'orderingRight'
    return isFixed ? called : called.sort((a, b) => a.name.localeCompare(b.name, 'sv'))
  }, [there, chosen, fact, texts, names])
}

/** The currencies that an amount can be in: the seller's and its customers', and the one it is in. */
export function useCurrencies(chosen: string, names: PolicyNames): readonly Choice[] {
  return useFactChoices(
    'currency',
    useMemo(() => [chosen], [chosen]),
    names,
  )
}

function valuesOf(desk: Desk, fact: ChoiceFact | SetFact): readonly string[] {
  const { replica } = desk
  switch (fact) {
    case 'kind':
      return documentKinds
    case 'orderingRight':
      return orderingRights
    case 'currency': {
      const used = [...replica.all('company').values()].map(({ currency }) => currency)
      return [...new Set([sellerCurrency(desk), ...used])]
    }
    case 'customerGroup':
      return [...replica.all('customer_group').keys()]
    case 'articleGroups': {
      const groups = [...replica.all('article').values()].flatMap(({ groupId }) => groupId ?? [])
      return [...new Set(groups)]
    }
  }
}
