import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { classes } from './class-names'
import css from './dialog.module.css'

/** Lies over the window until it is closed. Only for what cannot be a pane. */
export function Dialog({
  title,
  isOpen,
  onClose,
  width = 'narrow',
  isTitleShown = true,
  children,
}: {
  readonly title: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly width?: 'narrow' | 'wide'
  readonly isTitleShown?: boolean
  readonly children: ReactNode
}) {
  return (
    <ModalOverlay
      className={css.scrim ?? ''}
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Modal className={classes(css.modal, width === 'wide' && css.wide)}>
        <AriaDialog className={css.dialog ?? ''} {...(isTitleShown ? {} : { 'aria-label': title })}>
          {isTitleShown && (
            <Heading slot="title" className={css.title ?? ''}>
              {title}
            </Heading>
          )}
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
