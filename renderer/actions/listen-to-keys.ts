import type { Desk } from '../desk'
import type { Action } from './action'
import { isPressed, isSingleKey } from './keys'
import { runAction } from './run-action'

/** Where a key belongs to what has the focus, not to the window. */
const OWN_KEYS =
  'button, a[href], [role=radio], [role=tab], [role=option], [role=switch], [data-scroller]'
const LAYERS = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]:not([data-list])'
const LIST = '[data-list]'

/**
 * Runs the action whose key is pressed. A key that is kept down does it once, unless the action is one
 * that repeats: not even as letters in a field that it opened. Returns a function that stops listening.
 */
export function listenToKeys(
  target: EventTarget,
  desk: Desk,
  actions: readonly Action[],
): () => void {
  /** The key that is down and has done its one thing. */
  let spent: string | null = null
  const listen = (event: Event) => {
    const press = event as KeyboardEvent
    if (press.defaultPrevented || press.isComposing) return
    if (!press.repeat) spent = null
    else if (spent === press.key) {
      press.preventDefault()
      return
    }
    const { settings, info } = desk.console.getState()
    const platform = info?.platform ?? 'linux'
    const singleKeys = settings?.singleKeys ?? true
    for (const action of actions) {
      const keys = action.keys?.find((one) => isPressed(one, press, platform))
      if (keys === undefined) continue
      if (isSingleKey(keys) && !singleKeys) continue
      if (isTakenBy(press.target, keys) || isUnderCover(desk, keys)) continue
      if (action.when(desk).kind === 'hidden') continue
      press.preventDefault()
      if (action.repeats !== true) {
        spent = press.key
        // Kept down since before this window or this screen listened.
        if (press.repeat) return
      }
      runAction(desk, action)
      return
    }
  }
  target.addEventListener('keydown', listen)
  return () => target.removeEventListener('keydown', listen)
}

/**
 * Whether a key is meant for what lies over the window, also before its code has come and it has the
 * focus: a letter for the palette must not decide what lies under it.
 */
function isUnderCover(desk: Desk, keys: string): boolean {
  return desk.navigation.store.getState().overlay !== null && !keys.includes('Mod+')
}

/** Whether the focused thing needs the key for itself. */
function isTakenBy(target: EventTarget | null, keys: string): boolean {
  if (!(target instanceof Element)) return false
  // In a field it picks out the text.
  if (keys === 'Mod+a' && isField(target)) return true
  if (keys.includes('Mod+')) return false
  if (target.closest(LAYERS)) return true
  if (isField(target)) return keys !== 'Escape'
  const movesOrPresses = /^(Enter| |(Shift\+)?Arrow\w+)$/.test(keys)
  return movesOrPresses && !target.closest(LIST) && target.closest(OWN_KEYS) !== null
}

function isField(target: Element): boolean {
  return (
    target.matches('input, textarea, select') ||
    (target instanceof HTMLElement && target.isContentEditable)
  )
}
