import { describe, expect, it } from 'vitest'
import { demoDataFolder } from '../../../demo/data-folder'

describe('the demo’s data folder', () => {
  it.each([
    ['linux', '/home/karin', {}, '/home/karin/.local/share/kontor-demo'],
    ['linux', '/home/karin', { XDG_DATA_HOME: '/data' }, '/data/kontor-demo'],
    ['linux', '/home/karin', { XDG_DATA_HOME: 'data' }, '/home/karin/.local/share/kontor-demo'],
    ['darwin', '/Users/karin', {}, '/Users/karin/Library/Application Support/kontor-demo'],
    ['win32', 'C:\\Users\\karin', { LOCALAPPDATA: 'D:\\Local' }, 'D:\\Local\\kontor-demo'],
    ['win32', 'C:\\Users\\karin', {}, 'C:\\Users\\karin\\AppData\\Local\\kontor-demo'],
    ['linux', '/home/karin', { KONTOR_DEMO_DIR: '/tmp/mine' }, '/tmp/mine'],
  ] as const)('on %s under %s with %j is %s', (platform, home, env, folder) => {
    expect(demoDataFolder({ platform, home, env })).toBe(folder)
  })
})
