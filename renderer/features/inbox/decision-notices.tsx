import type { Requisition } from '../../../contract/entities'
import { useDesk, useNow, usePending, useTexts, useUser } from '../../desk-hooks'
import { refusalSentence } from '../../../language/refusals'
import { MINUTE, SECOND } from '../../state/clock'
import type { Send } from '../../state/sends'
import { Banner } from '../../ui/banner'
import { RefusalCode } from '../../ui/refusal-code'
import { TextButton } from '../../ui/button'
import { outcomeWords } from '../../wording/outcome'
import { openOrderAction } from './actions/open-order'
import { isDecision } from './decisions'
import css from './decision-notices.module.css'

/** What the notices are about: a requisition, or what is known of it in brief. */
type Decided = Pick<Requisition, 'id' | 'outcome'>

/** What became of it, and what became of what was done to it from here. */
export function DecisionNotices({ requisition }: { readonly requisition: Decided }) {
  const pending = usePending(requisition.id)
  return (
    <>
      {pending.map((send) => (
        <PendingNotice key={send.id} send={send} requisition={requisition} />
      ))}
      {requisition.outcome && <Outcome requisition={requisition} />}
    </>
  )
}

function Outcome({ requisition }: { readonly requisition: Decided }) {
  const desk = useDesk()
  const texts = useTexts()
  const user = useUser()
  const decidedAt = Date.parse(requisition.outcome?.at ?? '')
  const isFresh = Date.parse(useNow()) - decidedAt < 2 * MINUTE
  const now = useNow(isFresh ? SECOND : MINUTE)
  if (!requisition.outcome) return null
  const { word, sentence, text, meaning, icon } = outcomeWords(
    requisition.outcome,
    texts,
    now,
    user?.id ?? null,
  )
  const canOpen = requisition.outcome.kind === 'ordered' && desk.navigation.canOpen('order')
  return (
    <Banner
      meaning={meaning}
      icon={icon}
      actions={
        canOpen && (
          <TextButton onPress={() => openOrderAction.run(desk)}>
            {texts.t('outcome.openOrder')}
          </TextButton>
        )
      }
    >
      <strong>{word}.</strong> {sentence}
      {text && <p className={css.text}>{text}</p>}
    </Banner>
  )
}

function PendingNotice({
  send,
  requisition,
}: {
  readonly send: Send
  readonly requisition: Decided
}) {
  const desk = useDesk()
  const texts = useTexts()
  const user = useUser()
  const now = useNow()
  const { t } = texts
  const dismiss = (
    <TextButton onPress={() => discard(desk, send.id)}>{t('controls.close')}</TextButton>
  )
  const { phase } = send
  switch (phase.kind) {
    // The bar below says so where the button was pressed.
    case 'sending':
    case 'settling':
    case 'asking':
      return null
    case 'queued':
      return (
        <Banner meaning="notice">
          {isQueueable(send.type) ? t(`pending.queued.${send.type}`) : t('pending.queuedShort')}
        </Banner>
      )
    case 'unknown':
      return (
        <Banner
          meaning="warning"
          isAlert
          actions={
            send.type !== 'requisition.approve' && (
              <TextButton onPress={() => desk.commands.askAgain(send.id)}>
                {t('controls.askAgain')}
              </TextButton>
            )
          }
        >
          {t(send.type === 'requisition.approve' ? 'pending.unknown' : 'pending.unknownOther')}{' '}
          {phase.error && <RefusalCode error={phase.error} />}
        </Banner>
      )
    case 'offline':
      return (
        <Banner meaning="warning" actions={dismiss} isAlert>
          {t('pending.offline')}
        </Banner>
      )
    case 'refused': {
      const { error } = phase
      if (error.code === 'already_decided' && isDecision(send.type) && requisition.outcome) {
        // One's own later decision is no conflict; the outcome says it all.
        const { by } = requisition.outcome
        if (by.kind === 'user' && by.id === user?.id) return null
        return <Conflict requisition={requisition} onClose={() => discard(desk, send.id)} />
      }
      // The changes stand with the lines that they are of.
      if (error.code === 'figures_changed') return null
      if (error.code === 'stale_version') {
        return (
          <Banner meaning="warning" actions={dismiss} isAlert>
            {error.details['madeBy'] === undefined
              ? t('conflict.changed')
              : refusalSentence(error, texts, texts.formats, now)}
          </Banner>
        )
      }
      return (
        <Banner meaning="danger" actions={dismiss} isAlert>
          {refusalSentence(error, texts, texts.formats, now)} <RefusalCode error={error} />
        </Banner>
      )
    }
  }
}

/** Someone else was first: who, when, and that the press here did nothing. */
function Conflict({
  requisition,
  onClose,
}: {
  readonly requisition: Decided
  readonly onClose: () => void
}) {
  const { t, formats } = useTexts()
  const now = useNow(SECOND)
  const { outcome } = requisition
  if (!outcome) return null
  return (
    <Banner
      meaning="warning"
      isAlert
      actions={<TextButton onPress={onClose}>{t('controls.close')}</TextButton>}
    >
      <strong>{t('conflict.title')}.</strong>{' '}
      {t(`conflict.${outcome.kind}`, {
        name: outcome.by.name,
        when: formats.when(outcome.at, now),
      })}
    </Banner>
  )
}

/** Takes a refusal away, from the outbox as well when it is kept there. */
function discard({ bridge, commands, console, report }: ReturnType<typeof useDesk>, id: string) {
  commands.dismiss(id)
  if (console.getState().outbox.some((entry) => entry.id === id)) {
    bridge.request('outbox.discard', { id }).catch(report)
  }
}

const queueable = [
  'requisition.approve',
  'requisition.reject',
  'requisition.return',
  'requisition.edit',
  'requisition.claim',
  'requisition.release',
] as const

function isQueueable(type: string): type is (typeof queueable)[number] {
  return (queueable as readonly string[]).includes(type)
}
