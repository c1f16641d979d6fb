import { useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Dialog, Popover as AriaPopover } from 'react-aria-components'
import css from './popover.module.css'

/**
 * A button with something more to read beside it. A table may have a thousand of these: what opens is
 * made when it is opened, and until then it is a button and nothing more.
 */
export function Popover({
  label,
  face,
  className,
  description,
  children,
}: {
  /** What is to be read, by name. */
  readonly label: string
  readonly face: ReactNode
  readonly className?: string | undefined
  /** Said of the button beside its own words. */
  readonly description?: string
  readonly children: ReactNode
}) {
  const button = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        title={description}
        onClick={() => setOpen(!isOpen)}
      >
        {face}
      </button>
      {isOpen && (
        <AriaPopover
          triggerRef={button}
          className={css.popover ?? ''}
          offset={4}
          isOpen
          onOpenChange={setOpen}
        >
          <Dialog aria-label={label} className={css.content ?? ''} data-selectable="">
            {children}
          </Dialog>
        </AriaPopover>
      )}
    </>
  )
}
