import { RotateCw, X } from 'lucide-react'
import { useDesk, useTexts } from '../../desk-hooks'
import type { Transfer } from '../../state/transfers'
import { IconButton } from '../../ui/button'
import { isWorthRetrying, whyNotSent } from './attaching'
import css from './attachments.module.css'

/** One file on its way: how far it has come, or why it has not. */
export function TransferRow({
  transfer,
  hasRoom,
}: {
  readonly transfer: Transfer
  /** For one more file at what it is for. */
  readonly hasRoom: boolean
}) {
  const desk = useDesk()
  const texts = useTexts()
  const { t, formats } = texts
  const { id, name, size, sent, phase } = transfer
  const share = size === 0 ? 0 : Math.min(1, sent / size)
  if (phase.kind === 'failed') {
    return (
      <li className={css.row} data-attachment={id}>
        <span className={css.unreachable}>{name}</span>
        <p className={css.failed} role="alert">
          {whyNotSent(phase.error, desk, texts)}
        </p>
        <div className={css.foot}>
          <span className={css.meta}>{formats.fileSize(size)}</span>
          <span className={css.deeds}>
            {isWorthRetrying(phase.error, hasRoom) && (
              <IconButton
                label={t('attachments.retry', { name })}
                icon={RotateCw}
                onPress={() => desk.attachments.retry(id)}
              />
            )}
            <IconButton
              label={t('attachments.dismiss', { name })}
              icon={X}
              onPress={() => desk.attachments.dismiss(id)}
            />
          </span>
        </div>
      </li>
    )
  }
  return (
    <li className={css.row}>
      <span className={css.unreachable}>{name}</span>
      <p className={css.meta}>
        {phase.kind === 'sending'
          ? t('attachments.sending', {
              sent: formats.fileSize(sent),
              size: formats.fileSize(size),
            })
          : t(phase.kind === 'waiting' ? 'attachments.waiting' : 'attachments.attaching')}
      </p>
      <div
        className={css.bar}
        role="progressbar"
        aria-label={t('attachments.progress', { name })}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
      >
        <div style={{ inlineSize: `${share * 100}%` }} />
      </div>
    </li>
  )
}
