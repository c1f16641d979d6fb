import type { Virtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'

/**
 * Brings the selected row into sight when another is selected, and only then: a list that grows or is
 * sorted anew must not scroll.
 *
 * @param at where it stands; below 0 where it is not in the list
 */
export function useShownSelection(
  virtualizer: Pick<Virtualizer<HTMLDivElement, Element>, 'scrollToIndex'>,
  selected: string | null,
  at: number,
): void {
  const shown = useRef<string | null>(null)
  useEffect(() => {
    if (shown.current === selected) return
    shown.current = selected
    if (at >= 0) virtualizer.scrollToIndex(at)
  }, [selected, at, virtualizer])
}
