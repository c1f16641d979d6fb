import type { AppInfo } from '../../contract/console'

export type Platform = AppInfo['platform']

/** What is read of a keyboard event. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

const caps: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  Enter: '↵',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  ' ': '␣',
}

/** A shortcut as it stands on the keys: `Mod+k` is `Ctrl` `K`, or `⌘` `K` on a Mac. */
export function keyCaps(keys: string, platform: Platform): readonly string[] {
  return partsOf(keys).map((part) => {
    if (part === 'Mod') return platform === 'darwin' ? '⌘' : 'Ctrl'
    if (part === 'Shift') return platform === 'darwin' ? '⇧' : 'Shift'
    return caps[part] ?? part.toUpperCase()
  })
}

/** A single key does something by itself, without Ctrl or ⌘, and could be hit by mistake. */
export function isSingleKey(keys: string): boolean {
  const parts = partsOf(keys)
  const [key = ''] = parts.slice(-1)
  return !parts.includes('Mod') && key.length === 1
}

/**
 * Whether a key press is the shortcut. Letters want Shift exactly as written; signs such as `?` and
 * `/` are taken as they come, since keyboards differ in what it takes to type them.
 */
export function isPressed(keys: string, press: KeyPress, platform: Platform): boolean {
  const parts = partsOf(keys)
  const [key = ''] = parts.slice(-1)
  const mod = platform === 'darwin' ? press.metaKey : press.ctrlKey
  const other = platform === 'darwin' ? press.ctrlKey : press.metaKey
  if (mod !== parts.includes('Mod') || other || press.altKey) return false
  const isSign = key.length === 1 && !/[\p{L}\p{N}]/u.test(key)
  if (!isSign && press.shiftKey !== parts.includes('Shift')) return false
  return press.key.toLowerCase() === key.toLowerCase()
}

/** `+` joins, and may itself be the last key. */
function partsOf(keys: string): readonly string[] {
  return keys.split(/\+(?=.)/)
}
