import { BellRing, ListChecks, MessageCircleQuestionMark, ShoppingCart } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { memo } from 'react'
import type { ReactNode } from 'react'
import type { Desk } from '../../desk'
import type { RequisitionBrief } from '../../../contract/replica-items'
import { useStore } from 'zustand'
import {
  useDesk,
  useEntity,
  useNow,
  usePending,
  useReplica,
  useTexts,
  useUser,
} from '../../desk-hooks'
import type { Send } from '../../state/sends'
import { todayAt } from '../../state/today'
import { waitsFor } from '../../state/wanted'
import type { Texts } from '../../../language/texts'
import { Money } from '../../ui/figure'
import { ListRow } from '../../ui/list-row'
import { PendingStatus, Status } from '../../ui/status'
import { standsReminded } from '../../../domain/approval/deadlines'
import { wantedNow } from '../../../domain/approval/steps'
import { outcomeWords } from '../../wording/outcome'
import { reasonInShort } from '../../wording/reasons'
import { wantedWords } from '../../wording/steps'
import { workingKey } from './decisions'
import css from './requisition-row.module.css'

/** At most this many reasons stand in a row; the rest are in the detail. */
const MOST_REASONS = 2

/** One requisition in the list: who and how much, then why it is here. */
export const RequisitionRow = memo(function RequisitionRow({
  id,
  isSelected,
}: {
  readonly id: string
  readonly isSelected: boolean
}) {
  const texts = useTexts()
  const { t, formats } = texts
  const now = useNow()
  const user = useUser()
  const requisition = useEntity('requisition', id)
  const company = useEntity('company', requisition?.companyId)
  const contact = useEntity('contact', requisition?.contactId)
  const isUnread = useReplica(
    ({ reads }) => requisition !== undefined && reads.isUnread(requisition),
  )
  const turn = useReplica((desk) => othersTurn(desk, requisition, user?.id ?? null, texts))
  const [pending] = usePending(id).slice(-1)
  const { picked } = useDesk()
  const isPicked = useStore(picked.store, ({ ids }) => ids.has(id))
  const isPicking = useStore(picked.store, ({ ids }) => ids.size > 0)
  if (!requisition) return null
  const { claimedBy } = requisition
  const reasons = requisition.outcome ? [] : reasonsOf(requisition, texts)
  // Who is asked again; to the others it says nothing.
  const isReminded = turn === null && standsReminded(requisition)
  return (
    <ListRow
      isSelected={isSelected}
      unread={isUnread ? t('inbox.unread') : null}
      pick={{ isPicked, isPicking }}
      title={company?.name ?? requisition.companyId}
      figure={<Money amount={requisition.net} currency={requisition.currency} />}
      facts={[
        { id: 'state', content: stateOf(requisition, pending, texts, now, user?.id ?? null) },
        { id: 'reasons', content: reasons.length > 0 && <Reasons reasons={reasons} /> },
        {
          id: 'claimed',
          content: claimedBy && !requisition.outcome && (
            <span className={css.claimed}>
              {claimedBy.id === user?.id
                ? t('requisition.claimedByYou')
                : t('requisition.claimedBy', { name: claimedBy.name })}
            </span>
          ),
        },
        { id: 'reminder', content: isReminded && <Reminded requisition={requisition} /> },
        { id: 'turn', content: turn && <span className={css.claimed}>{turn}</span> },
        {
          id: 'part',
          content: requisition.restOf && t('inbox.restOf', { number: requisition.restOf }),
        },
        { id: 'kind', content: <Kind kind={requisition.kind} /> },
        { id: 'contact', content: contact?.name },
        { id: 'lines', content: t('inbox.lines', { count: requisition.lineCount }) },
      ]}
      end={
        <time dateTime={requisition.receivedAt}>
          {formats.shortWhen(requisition.receivedAt, now)}
        </time>
      }
    />
  )
})

/** The first in words; in a narrow list the others only by how many they are. */
function Reasons({ reasons: [first, ...others] }: { readonly reasons: readonly string[] }) {
  return (
    <span className={css.reason} title={[first, ...others].join(' · ')}>
      {first}
      {others.length > 0 && (
        <>
          <span className={css.wide}>{others.map((reason) => ` · ${reason}`)}</span>
          <span className={css.narrow} aria-hidden="true">
            {' '}
            +{others.length}
          </span>
        </>
      )}
    </span>
  )
}

const kindIcon: { readonly [K in RequisitionBrief['kind']]: LucideIcon } = {
  list: ListChecks,
  quote_request: MessageCircleQuestionMark,
  proposal: ShoppingCart,
}

/** Its word, or in a narrow list its icon with the same name. */
function Kind({ kind }: { readonly kind: RequisitionBrief['kind'] }) {
  const { t } = useTexts()
  const Icon = kindIcon[kind]
  const word = t(`requisition.kind.${kind}`)
  return (
    <span title={word}>
      <Icon className={css.narrow} size={14} aria-hidden="true" />
      <span className={css.wordOfIcon}>{word}</span>
    </span>
  )
}

/** Somebody, or time, has asked for it. */
function Reminded({ requisition }: { readonly requisition: RequisitionBrief }) {
  const { t } = useTexts()
  const name = requisition.reminder?.by?.name
  const words = name === undefined ? t('inbox.reminded') : t('inbox.remindedBy', { name })
  return (
    <span className={css.reminded} title={words}>
      <BellRing size={14} aria-hidden="true" />
      <span className={css.wordOfIcon}>{words}</span>
    </span>
  )
}

/** Whose turn it is, where it is somebody else's. */
function othersTurn(
  { replica, clock }: Desk,
  requisition: RequisitionBrief | undefined,
  userId: string | null,
  texts: Texts,
): string | null {
  if (!requisition?.steps) return null
  if (waitsFor(replica, requisition, userId, todayAt({ replica, clock }))) return null
  const wanted = wantedNow(requisition.steps)
  // Who of the customer's has no room in a row.
  if (wanted.length > 0 && wanted.every((one) => one === 'buyer'))
    return texts.t('inbox.waitsForCustomer')
  return texts.t('inbox.waitsFor', {
    who: wantedWords(wanted, requisition.companyId, replica, texts),
  })
}

function reasonsOf({ reasons, rules }: RequisitionBrief, texts: Texts): readonly string[] {
  const inShort = reasons
    .map((reason) => reasonInShort(reason, texts))
    .filter((reason) => reason !== null)
  return [...inShort, ...rules].slice(0, MOST_REASONS)
}

/** What is happening to it, or has: nothing for one that only waits to be decided. */
function stateOf(
  requisition: RequisitionBrief,
  pending: Send | undefined,
  texts: Texts,
  now: string,
  userId: string | null,
): ReactNode {
  const { t } = texts
  if (pending) {
    switch (pending.phase.kind) {
      case 'sending':
      case 'settling':
        return <PendingStatus>{t(workingKey(pending.type))}</PendingStatus>
      case 'queued':
        return <PendingStatus>{t('pending.queuedShort')}</PendingStatus>
      case 'asking':
        return <PendingStatus>{t('pending.askingShort')}</PendingStatus>
      case 'unknown':
        return <Status meaning="warning">{t('pending.unknownShort')}</Status>
      case 'refused':
        if (!requisition.outcome)
          return <Status meaning="danger">{t('pending.refusedShort')}</Status>
        break
      case 'offline':
        break
    }
  }
  if (requisition.outcome) {
    const { word, meaning, icon } = outcomeWords(requisition.outcome, texts, now, userId)
    return (
      <Status meaning={meaning} icon={icon}>
        {word}
      </Status>
    )
  }
  if (requisition.state === 'approved' || requisition.state === 'expired') {
    return <Status meaning="plain">{t(`requisition.state.${requisition.state}`)}</Status>
  }
  return null
}
