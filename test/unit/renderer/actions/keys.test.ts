import { expect, test } from 'vitest'
import { isPressed, isSingleKey, keyCaps } from '../../../../renderer/actions/keys'
import type { KeyPress } from '../../../../renderer/actions/keys'

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

test('caps are those of the platform', () => {
  expect(keyCaps('Mod+k', 'linux')).toEqual(['Ctrl', 'K'])
  expect(keyCaps('Mod+k', 'darwin')).toEqual(['⌘', 'K'])
  expect(keyCaps('Mod+Shift+c', 'win32')).toEqual(['Ctrl', 'Shift', 'C'])
  expect(keyCaps('Escape', 'linux')).toEqual(['Esc'])
})

test('a letter wants its modifiers exactly', () => {
  expect(isPressed('a', press('a'), 'linux')).toBe(true)
  expect(isPressed('a', press('A', { shiftKey: true }), 'linux')).toBe(false)
  expect(isPressed('a', press('a', { ctrlKey: true }), 'linux')).toBe(false)
  expect(isPressed('a', press('a', { altKey: true }), 'linux')).toBe(false)
  expect(isPressed('Mod+k', press('k', { ctrlKey: true }), 'linux')).toBe(true)
  expect(isPressed('Mod+k', press('k', { ctrlKey: true }), 'darwin')).toBe(false)
  expect(isPressed('Mod+k', press('k', { metaKey: true }), 'darwin')).toBe(true)
  expect(isPressed('Mod+Shift+c', press('C', { ctrlKey: true, shiftKey: true }), 'linux')).toBe(
    true,
  )
})

test('a sign is taken as the keyboard makes it: a slash is Shift+7 on a Swedish one', () => {
  expect(isPressed('/', press('/', { shiftKey: true }), 'linux')).toBe(true)
  expect(isPressed('/', press('/'), 'linux')).toBe(true)
  expect(isPressed('?', press('?', { shiftKey: true }), 'linux')).toBe(true)
  expect(isPressed('?', press('/'), 'linux')).toBe(false)
})

test('single keys are those that do something by themselves', () => {
  expect(['a', '?', '/', 'n'].every(isSingleKey)).toBe(true)
  expect(['Mod+k', 'Escape', 'Enter', 'ArrowDown', 'Mod+/'].some(isSingleKey)).toBe(false)
})
