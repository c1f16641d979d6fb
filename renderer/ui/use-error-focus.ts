import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'

/**
 * After an attempt that came back, goes to the first field in error and brings it into sight with
 * its label and its sentence, which a screen reader reads out with the field. Where no field is in
 * error it goes to the form's own message, or the form: the focus never falls out of the window.
 *
 * @param form may be focused by program (`tabIndex={-1}`)
 */
export function useErrorFocus(form: RefObject<HTMLElement | null>, failures: number): void {
  const before = useRef(failures)
  useEffect(() => {
    const isNew = failures > before.current
    before.current = failures
    const element = form.current
    if (!isNew || element === null) return
    const field = element.querySelector<HTMLElement>(
      'input[aria-invalid="true"], textarea[aria-invalid="true"], [data-invalid] input, [data-invalid] [data-choice]',
    )
    const shown = field?.closest<HTMLElement>('[data-invalid]') ?? field ?? element
    ;(field ?? element).focus({ preventScroll: true })
    shown.scrollIntoView({ block: field ? 'center' : 'start' })
  }, [form, failures])
}
