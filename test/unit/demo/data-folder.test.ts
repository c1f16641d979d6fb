import { describe, expect, it } from 'vitest'
import { demoDataFolder, demoDataFolders } from '../../../demo/data-folder'

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
  it.each([
    ['linux', '/home/karin', {}, '/home/karin/.config/Kontor/demo'],
    ['linux', '/home/karin', { XDG_CONFIG_HOME: '/conf' }, '/conf/Kontor/demo'],
    ['darwin', '/Users/karin', {}, '/Users/karin/Library/Application Support/Kontor/demo'],
    ['win32', 'C:\\Users\\karin', { APPDATA: 'D:\\Roaming' }, 'D:\\Roaming\\Kontor\\demo'],
  ] as const)('may on %s under %s with %j also be %s', (platform, home, env, folder) => {
    const around = { platform, home, env }
    expect(demoDataFolders(around)).toEqual([demoDataFolder(around), folder])
  })

  it('is the only one when it was chosen', () => {
    const around = { platform: 'linux', home: '/home/karin', env: { KONTOR_DEMO_DIR: '/tmp/mine' } }
    expect(demoDataFolders({ ...around, platform: 'linux' })).toEqual(['/tmp/mine'])
  })
})
