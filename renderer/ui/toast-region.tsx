import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { useDesk, useTexts } from '../desk-hooks'
import { TOAST_MILLISECONDS } from '../state/toasts'
import type { Toast } from '../state/toasts'
import { IconButton, TextButton } from './button'
import { classes } from './class-names'
import { meaningIcon } from './status'
import css from './toast-region.module.css'

/** Results told in passing, at the foot of the window. They are read out and go away by themselves. */
export function ToastRegion() {
  const { toasts } = useDesk()
  const shown = useStore(toasts.store, (state) => state.toasts)
  return (
    <div className={css.region} role="status" aria-live="polite">
      {shown.map((toast) => (
        <ToastView key={toast.id} toast={toast} onDone={() => toasts.dismiss(toast.id)} />
      ))}
    </div>
  )
}

function ToastView({ toast, onDone }: { readonly toast: Toast; readonly onDone: () => void }) {
  const { t } = useTexts()
  const [isHeld, setHeld] = useState(false)
  useEffect(() => {
    if (isHeld) return undefined
    const timer = setTimeout(onDone, TOAST_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [isHeld, onDone])
  const Icon = meaningIcon[toast.meaning]
  return (
    <div
      className={css.toast}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      <Icon size={16} className={classes(css.icon, css[toast.meaning])} aria-hidden="true" />
      <span className={css.text}>{toast.text}</span>
      {toast.action && (
        <TextButton
          onPress={() => {
            toast.action?.run()
            onDone()
          }}
        >
          {toast.action.title}
        </TextButton>
      )}
      <IconButton label={t('controls.dismiss')} icon={X} onPress={onDone} />
    </div>
  )
}
