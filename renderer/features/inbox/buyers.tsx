import { AlertTriangle } from 'lucide-react'
import type { Requisition } from '../../../contract/entities'
import { asksBuyer, buyerProblem, type BuyerProblem } from '../../../domain/approval/buyers'
import type { Contact, CustomerGroup } from '../../../domain/company'
import { wholeNet } from '../../../domain/requisition/split'
import { awaitsDecision } from '../../../domain/requisition/states'
import type { MinorUnits } from '../../../domain/units'
import { useReplica, useDesk, useTexts } from '../../desk-hooks'
import type { Replica } from '../../state/replica'
import { Banner } from '../../ui/banner'
import { leftWords, periodLimitOf, usedWords } from '../../wording/allowance'
import { HowKnown, isAsked } from './allowance'
import css from './allowance.module.css'
import { usedBy, type UsedOfLimits } from './use-allowances'

interface Buyer {
  readonly contact: Contact
  readonly group: CustomerGroup
  /** Of their limit for the period; null where it is not known. */
  readonly used: MinorUnits | null
  /** What keeps them from it now, as far as it is known. */
  readonly problem: BuyerProblem | null
}

/** Who at the customer may approve what waits for one of them, or what to do where nobody may. */
export function Buyers({
  requisition,
  used,
}: {
  readonly requisition: Requisition
  readonly used: UsedOfLimits
}) {
  const texts = useTexts()
  const { t, formats } = texts
  const { replica } = useDesk()
  const isLoaded = useReplica(({ replica: { store } }) => store.getState().phase === 'loaded')
  // Contacts and groups may come or change later.
  useReplica(({ replica: { store } }) => store.getState().revision)
  if (!isLoaded) return null
  const { currency, totals, whole } = requisition
  const buyers = buyersOf(replica, requisition, used)
  const amount = formats.wholeMoney(wholeNet(totals.net, whole), currency)
  const isAnyLeft = buyers.some(({ problem }) => problem === null)
  const isAnyUsed = buyers.some(({ group }) => periodLimitOf(group) !== null)
  return (
    <>
      <p className={css.for}>{t('buyers.for', { amount })}</p>
      <ul className={css.people} data-selectable="">
        {buyers.map((buyer) => (
          <li key={buyer.contact.id}>
            {buyer.contact.name}
            <Left buyer={buyer} known={used} />
          </li>
        ))}
      </ul>
      {isAnyUsed && <HowKnown known={used} isKnown={buyers.some((buyer) => buyer.used !== null)} />}
      {!isAnyLeft && (
        <div className={css.help}>
          <p className={css.warning}>
            <AlertTriangle size={14} aria-hidden="true" />
            <span>{t(buyers.length === 0 ? 'buyers.nobody' : 'buyers.nobodyLeft')}</span>
          </p>
          <p>{t('buyers.whatToDo')}</p>
        </div>
      )}
    </>
  )
}

/** Above the lines, where the customer's people stand below them: nobody there may order so much. */
export function NoBuyersNotice({ requisition }: { readonly requisition: Requisition }) {
  const { t } = useTexts()
  const isForNobody = useReplica(
    ({ replica }) =>
      replica.store.getState().phase === 'loaded' &&
      awaitsDecision(requisition.state) &&
      asksBuyer(requisition) &&
      eligibleOf(replica, requisition).length === 0,
  )
  if (!isForNobody) return null
  return (
    <Banner meaning="warning">
      <strong>{t('buyers.nobody')}</strong> {t('buyers.whatToDo')}
    </Banner>
  )
}

function Left({
  buyer: { group, used, problem },
  known,
}: {
  readonly buyer: Buyer
  readonly known: UsedOfLimits
}) {
  const texts = useTexts()
  const { t, formats } = texts
  const limit = periodLimitOf(group)
  if (!limit) return <div className={css.left}>{t('buyers.noPeriod')}</div>
  const when = formats.inPeriod(known.today, limit.period)
  if (used === null) {
    const words = isAsked(known)
      ? t('allowance.left', { amount: '…' })
      : usedWords(limit, null, texts)
    return <div className={css.left}>{`${words} ${when}`}</div>
  }
  const left = `${leftWords(limit, used, texts)} ${when}`
  if (!problem) return <div className={css.left}>{left}</div>
  return (
    <div className={css.warning}>
      <AlertTriangle size={14} aria-hidden="true" />
      <span>{t('buyers.tooLittle', { left })}</span>
    </div>
  )
}

type Bought = Pick<Requisition, 'companyId' | 'currency' | 'totals' | 'whole'>

/** The company's active people who may order so much at a time, by name, with what is left of their period. */
function buyersOf(replica: Replica, requisition: Bought, known: UsedOfLimits): readonly Buyer[] {
  return eligibleOf(replica, requisition).map(({ contact, group }) => {
    const used = usedBy(contact.id, group, known)
    return { contact, group, used, problem: problemOf(group, requisition, used) }
  })
}

function problemOf(
  group: CustomerGroup,
  { currency, totals: { net: total }, whole }: Bought,
  used: MinorUnits | null,
): BuyerProblem | null {
  return buyerProblem(group, { currency, total, whole: wholeNet(total, whole), used: used ?? 0 })
}

/** Those whose right and limit for an order let them, whatever they have used of their period. */
function eligibleOf(
  replica: Replica,
  requisition: Bought,
): readonly Pick<Buyer, 'contact' | 'group'>[] {
  const { companyId } = requisition
  const company = replica.get('company', companyId)
  return [...replica.all('contact').values()]
    .filter((contact) => contact.companyId === companyId && contact.status === 'active')
    .flatMap((contact) => {
      const groupId = contact.customerGroupId ?? company?.customerGroupId
      const group = groupId === undefined ? undefined : replica.get('customer_group', groupId)
      if (!group) return []
      const problem = problemOf(group, requisition, null)
      return problem === null || problem.code === 'over_period_limit' ? [{ contact, group }] : []
    })
    .sort((a, b) => collator.compare(a.contact.name, b.contact.name))
}

const collator = new Intl.Collator('sv')
