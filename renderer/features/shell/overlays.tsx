import { BulkQuestion } from '../inbox/bulk/bulk-question'
import { OutboxPanel } from './outbox-panel'
import { Palette } from './palette'
import { ShortcutSheet } from './shortcut-sheet'
import { SignOutQuestion } from './sign-out-question'

/** Everything that may lie over the window; navigation says which of it does. */
export function Overlays() {
  return (
    <>
      <Palette />
      <ShortcutSheet />
      <OutboxPanel />
      <BulkQuestion />
      <SignOutQuestion />
    </>
  )
}
