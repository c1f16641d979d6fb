import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'

import { PAGE } from '../../main/own-page'
import { projectFolder } from '../../scripts/build'
import { launchApp } from '../support/app'
import type { RunningApp } from '../support/app'

let app: RunningApp

beforeAll(async () => {
  app = await launchApp({ runtime: inject('appRuntime') })
})

afterAll(async () => app?.close())

/** What became of loading something from within the page: its status, or that it was blocked. */
async function load(address: string, method = 'GET'): Promise<number | 'blocked'> {
  return app.page.evaluate(
    async ([url, how]) =>
      fetch(url, { method: how }).then(
        ({ status }) => status,
        () => 'blocked' as const,
      ),
    [address, method] as const,
  )
}

describe('the page is confined', () => {
  test('by the preferences its window was made with', async () => {
    const preferences = await app.electron.evaluate(({ BrowserWindow }) => {
      // Electron has this method, but no type for it.
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences: () => Record<string, unknown>
      }
      return contents.getLastWebPreferences()
    })
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
    })
  })

  test('it has nothing of Node or Electron', async () => {
    const found = await app.page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
        (name) => name in window,
      ),
    )
    expect(found).toEqual([])
  })

  test('it sees three functions, and they reach no channel but ours', async () => {
    const bridge = await app.page.evaluate(() =>
      Object.entries(window.kontor).map(([name, value]) => [name, typeof value]),
    )
    expect(bridge).toEqual([
      ['request', 'function'],
      ['takeDropped', 'function'],
      ['on', 'function'],
    ])
    for (const name of [
      'app.nothing',
      'dropped',
      'kontor-dropped',
      'ELECTRON_BROWSER_GET_LAST_WEB_PREFERENCES',
      '__proto__',
    ]) {
      const attempt = app.page.evaluate(async (each) => window.kontor.request(each as never), name)
      await expect(attempt).rejects.toThrow(`No handler registered for 'kontor:${name}'`)
    }
  })

  test('it can name no file: what it makes itself lies nowhere', async () => {
    const taken = await app.page.evaluate(async () => {
      const path = '/etc/hostname'
      const made = new File(['x'], path)
      const dressed = Object.defineProperty(new File(['x'], path), 'path', { value: path })
      return window.kontor.takeDropped([made, dressed, { path }, Object.create(made)])
    })
    expect(taken).toEqual([])
  })

  test('what it sees cannot be replaced', async () => {
    const replaced = await app.page.evaluate(() => {
      try {
        Object.assign(window.kontor, { request: () => 'mine' })
      } catch {
        return 'refused'
      }
      return 'replaced'
    })
    expect(replaced).toBe('refused')
  })
})

describe('the content-security policy', () => {
  test('comes as a header with every answer', async () => {
    const policy = await app.page.evaluate(async () =>
      (await fetch(location.href)).headers.get('content-security-policy'),
    )
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/)
  })

  // Each waits a turn: what the test driver itself evaluates is exempt until it first yields.
  const turn = 'await new Promise((settle) => setTimeout(settle))'
  test.each([
    ['eval', `(0, eval)('window.__ran = true')`],
    ['a function made from text', `new Function('window.__ran = true')()`],
    ['a timer made from text', `setTimeout('window.__ran = true')`],
    ['markup made from text', `document.body.innerHTML = '<img src=x onerror=alert(1)>'`],
    ['a script made from text', `document.createElement('script').text = 'window.__ran = true'`],
    ['an inline script', `document.createElement('script').append('window.__ran = true')`],
    [
      'a script from elsewhere',
      `document.createElement('script').src = 'https://example.com/a.js'`,
    ],
    ['a handler made from text', `document.body.setAttribute('onclick', 'window.__ran = true')`],
    ['a policy to bless text', `trustedTypes.createPolicy('mine', {})`],
  ])('%s is refused', async (_what, attempt) => {
    const outcome = await app.page.evaluate(
      `(async () => { ${turn}; try { ${attempt}; return 'ran' } catch { return 'refused' } })()`,
    )
    expect(outcome).toBe('refused')
    expect(await app.page.evaluate(() => '__ran' in window)).toBe(false)
  })

  test('a foreign style, picture and frame are refused, each by name', async () => {
    const violated = await app.page.evaluate(async () => {
      const seen = new Set<string>()
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        seen.add(effectiveDirective)
      })
      const add = (tag: string, attributes: Record<string, string>) => {
        const element = document.createElement(tag)
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
        document.body.append(element)
        return element
      }
      const added = [
        add('link', { rel: 'stylesheet', href: 'https://example.com/a.css' }),
        add('img', { src: 'https://example.com/a.png' }),
        add('iframe', { src: 'https://example.com/' }),
      ]
      while (seen.size < 3) await new Promise((settle) => setTimeout(settle, 10))
      for (const element of added) element.remove()
      return [...seen].sort()
    })
    expect(violated).toEqual(['frame-src', 'img-src', 'style-src-elem'])
    expect(await app.page.evaluate(() => '__ran' in window)).toBe(false)
  })

  test.each([
    'https://example.com/',
    'http://127.0.0.1/',
    'file:///etc/passwd',
    'app://other/index.html',
  ])('the page cannot reach %s', async (address) => expect(await load(address)).toBe('blocked'))
})

describe('app://kontor', () => {
  test('serves its page', async () => expect(await load(PAGE)).toBe(200))

  test.each([
    'nothing.js',
    '',
    'assets',
    '../main/index.cjs',
    '%2e%2e/main/index.cjs',
    '..%2fmain%2findex.cjs',
    '..%5cmain%5cindex.cjs',
    'assets/../../main/index.cjs',
    '/etc/passwd',
  ])('knows no %j', async (path) => expect(await load(`app://kontor/${path}`)).toBe(404))

  test('serves no other host', async () => {
    const status = await app.electron.evaluate(
      async ({ net }, address) => (await net.fetch(address)).status,
      'app://other/index.html',
    )
    expect(status).toBe(404)
  })

  test.each(['POST', 'PUT', 'DELETE'])('takes no %s', async (method) =>
    expect(await load(PAGE, method)).toBe(405),
  )
})

describe('requests to main', () => {
  test('are answered to our own page', async () => {
    expect(await app.page.evaluate(() => window.kontor.request('app.info'))).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
      platform: process.platform,
    })
  })

  test('are refused to a page from elsewhere, even with our preload script', async () => {
    const opened = app.electron.waitForEvent('window')
    await app.electron.evaluate(
      async ({ BrowserWindow }, preload) => {
        const window = new BrowserWindow({
          show: false,
          webPreferences: { preload, sandbox: true },
        })
        await window.loadURL('data:text/html,<title>elsewhere</title>')
      },
      join(projectFolder, 'out', 'preload', 'index.cjs'),
    )
    const foreign = await opened
    await expect(foreign.evaluate(() => window.kontor.request('app.info'))).rejects.toThrow(
      "does not come from Kontor's own page",
    )
    await foreign.close()
  })

  test('with an argument that does not parse are refused', async () => {
    const attempt = app.page.evaluate(async () => {
      const request = window.kontor.request as (name: string, argument: unknown) => Promise<unknown>
      return request('app.info', { more: true })
    })
    await expect(attempt).rejects.toThrow('app.info was refused')
  })
})

describe('ways out', () => {
  test('the page does not navigate away', async () => {
    await app.page.evaluate(() => location.assign('https://example.com/'))
    await expect.poll(() => app.output()).toContain('A navigation was refused')
    expect(app.page.url()).toBe(PAGE)
  })

  test('no window opens', async () => {
    const opened = await app.page.evaluate(() => window.open('https://example.com/') !== null)
    expect(opened).toBe(false)
    expect(app.electron.windows()).toHaveLength(1)
  })

  test('there are no web views', async () => {
    const made = await app.page.evaluate(() => {
      const element: HTMLElement = document.createElement('webview')
      return 'getWebContentsId' in element || element.shadowRoot !== null
    })
    expect(made).toBe(false)
  })

  test('every permission is denied', async () => {
    const answers = await app.page.evaluate(async () => {
      const refused = (asked: Promise<unknown>) =>
        asked.then(
          () => 'granted',
          (error: Error) => error.name,
        )
      const state = async (name: string) =>
        (await navigator.permissions.query({ name: name as PermissionName })).state
      return {
        notifications: await Notification.requestPermission(),
        geolocation: await state('geolocation'),
        camera: await state('camera'),
        microphone: await state('microphone'),
        clipboard: await refused(navigator.clipboard.readText()),
        midi: await refused(navigator.requestMIDIAccess({ sysex: true })),
      }
    })
    expect(answers).toEqual({
      notifications: 'denied',
      geolocation: 'denied',
      camera: 'denied',
      microphone: 'denied',
      clipboard: 'NotAllowedError',
      midi: 'SecurityError',
    })
  })
})
