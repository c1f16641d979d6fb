import type { OutboxEntry } from '../../../contract/console'
import { refusalSentence } from '../../../language/refusals'
import { useConsole, useDesk, useNavigation, useNow, useReplica, useTexts } from '../../desk-hooks'
import { isSilent } from '../../state/sends'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { EmptyState } from '../../ui/empty-state'
import { PendingStatus, Status } from '../../ui/status'
import css from './outbox-panel.module.css'

/** What waits to be sent and what came back, each with its way on. */
export function OutboxPanel() {
  const { navigation } = useDesk()
  const { t } = useTexts()
  const isOpen = useNavigation(({ overlay }) => overlay === 'outbox')
  const outbox = useConsole((state) => state.outbox)
  const shown = outbox.filter(({ type }) => !isSilent(type))
  return (
    <Dialog
      title={t('outbox.title')}
      width="wide"
      isOpen={isOpen}
      onClose={() => navigation.show(null)}
    >
      {shown.length === 0 ? (
        <EmptyState title={t('outbox.empty')} />
      ) : (
        <ul className={css.entries}>
          {shown.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
    </Dialog>
  )
}

function Entry({ entry }: { readonly entry: OutboxEntry }) {
  const { bridge, report, navigation } = useDesk()
  const texts = useTexts()
  const { t, formats } = texts
  const now = useNow()
  const kind = entry.type.startsWith('quote.') ? 'quote' : 'requisition'
  const about = useReplica(({ replica }) => {
    const document = replica.get(kind, entry.aggregateId)
    if (!document) return ''
    return `${document.number} ${replica.get('company', document.companyId)?.name ?? ''}`
  })
  const text = entry.payload['reason'] ?? entry.payload['message']
  const isRefused = entry.state === 'refused'
  return (
    <li className={css.entry}>
      <div className={css.what}>
        <p>
          <strong>{t(titleOf(entry.type))}</strong> {about}
        </p>
        {typeof text === 'string' && <p className={css.text}>{t('controls.quoted', { text })}</p>}
        <p className={css.state}>
          {isRefused ? (
            <Status meaning="danger">{t('outbox.state.refused')}</Status>
          ) : (
            <PendingStatus>{t(`outbox.state.${entry.state}`)}</PendingStatus>
          )}
          <span>{formats.when(entry.createdAt, now)}</span>
        </p>
        {entry.refusal && <p>{refusalSentence(entry.refusal, texts, formats, now)}</p>}
      </div>
      <div className={css.ways}>
        {about !== '' && (
          <Button variant="quiet" onPress={() => navigation.open(kind, entry.aggregateId)}>
            {t('action.list.open')}
          </Button>
        )}
        {isRefused && (
          <Button
            onPress={() => void bridge.request('outbox.retry', { id: entry.id }).catch(report)}
          >
            {t('controls.retry')}
          </Button>
        )}
        {entry.state !== 'sending' && (
          <Button
            variant="quiet"
            onPress={() => void bridge.request('outbox.discard', { id: entry.id }).catch(report)}
          >
            {t('controls.discard')}
          </Button>
        )}
      </div>
    </li>
  )
}

function titleOf(type: OutboxEntry['type']) {
  switch (type) {
    case 'requisition.reject':
    case 'requisition.return':
    case 'requisition.claim':
    case 'requisition.release':
    case 'requisition.approve':
      return `action.${type}` as const
    case 'order.confirm_dates':
      return 'action.orders.confirmDates'
    case 'quote.edit':
      return 'action.quotes.save'
    case 'quote.refuse':
      return 'action.quotes.refuse'
    default:
      return 'outbox.other'
  }
}
