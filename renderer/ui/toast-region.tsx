import { X } from 'lucide-react'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { useStore } from 'zustand'
import { useDesk, useNavigation, useTexts } from '../desk-hooks'
import { TOAST_MILLISECONDS } from '../state/toasts'
import type { Toast } from '../state/toasts'
import { IconButton, TextButton } from './button'
import { classes } from './class-names'
import { meaningIcon } from './status'
import css from './toast-region.module.css'

/**
 * Results told in passing, above the foot of the detail, in a band that what scrolls there leaves to
 * them (`--toast-band`): they cover nothing. They are read out and go away by themselves.
 */
export function ToastRegion() {
  const { toasts } = useDesk()
  const shown = useStore(toasts.store, (state) => state.toasts)
  const foot = useFootHeight(shown.length > 0)
  const region = useRef<HTMLDivElement>(null)
  useBand(region, shown.length)
  return (
    <div
      ref={region}
      className={css.region}
      style={{ marginBottom: foot }}
      role="status"
      aria-live="polite"
    >
      {shown.map((toast) => (
        <ToastView key={toast.id} toast={toast} />
      ))}
    </div>
  )
}

function ToastView({ toast: { id, meaning, text, action } }: { readonly toast: Toast }) {
  const texts = useTexts()
  const { toasts } = useDesk()
  const [isPointedAt, setPointedAt] = useState(false)
  const [isFocused, setFocused] = useState(false)
  const isHeld = isPointedAt || isFocused
  const dismiss = useCallback(() => toasts.dismiss(id), [toasts, id])
  // Must not depend on anything that changes when other results come: each has its own time.
  useEffect(() => {
    if (isHeld) return undefined
    const timer = setTimeout(dismiss, TOAST_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [isHeld, dismiss])
  const Icon = meaningIcon[meaning]
  return (
    <div
      className={css.toast}
      onPointerEnter={() => setPointedAt(true)}
      onPointerLeave={() => setPointedAt(false)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <Icon size={16} className={classes(css.icon, css[meaning])} aria-hidden="true" />
      <span className={css.text}>{text(texts)}</span>
      {action && (
        <TextButton
          onPress={() => {
            action.run()
            dismiss()
          }}
        >
          {action.title(texts)}
        </TextButton>
      )}
      <IconButton label={texts.t('controls.dismiss')} icon={X} onPress={dismiss} />
    </div>
  )
}

/** Tells the page how high the band is in pixels: as high as the results that stand in it. */
function useBand(region: RefObject<HTMLElement | null>, count: number): void {
  useLayoutEffect(() => {
    const { style } = document.documentElement
    const height = count === 0 ? 0 : (region.current?.offsetHeight ?? 0)
    style.setProperty('--toast-band', `${height}px`)
    return () => void style.removeProperty('--toast-band')
  }, [region, count])
}

/** Height in pixels of the bar at the foot of the detail, marked `data-foot`; 0 where there is none. */
function useFootHeight(isNeeded: boolean): number {
  const [height, setHeight] = useState(0)
  // Another screen or another selection may have another foot.
  const navigation = useNavigation((state) => state)
  useLayoutEffect(() => {
    if (!isNeeded) return undefined
    const observer = new ResizeObserver(() => measure())
    const measure = () => {
      const foot = document.querySelector('[data-foot]')
      setHeight(foot?.getBoundingClientRect().height ?? 0)
      // What stands above is resized when another foot takes the place of this one.
      for (const part of [foot, foot?.previousElementSibling]) if (part) observer.observe(part)
    }
    measure()
    return () => observer.disconnect()
  }, [isNeeded, navigation])
  return height
}
