import { contextBridge, ipcRenderer, webUtils } from 'electron'

import type { KontorBridge } from '../contract/bridge'

/**
 * Every channel of ours begins so; the page reaches no other. Which names there are is for main to
 * know (`main/ipc.ts`): the list with its schemas would make this script forty times as long.
 */
const PREFIX = 'kontor:'

/** Beyond the prefix, so that no request of the page's comes here: only what was really dropped. */
const DROPPED = 'kontor-dropped'

const bridge: KontorBridge = {
  request: async (name, ...argument) => ipcRenderer.invoke(PREFIX + name, ...argument),
  takeDropped: async (files) =>
    ipcRenderer.invoke(
      DROPPED,
      files.map(pathOf).filter((path) => path !== ''),
    ) as ReturnType<KontorBridge['takeDropped']>,
  on: (name, listener) => {
    // Electron's event object would hand the page the sender itself.
    const forward = (_event: unknown, payload: Parameters<typeof listener>[0]) => listener(payload)
    ipcRenderer.on(PREFIX + name, forward)
    return () => void ipcRenderer.off(PREFIX + name, forward)
  },
}

/** Where a file lies that came from outside; empty for one that the page has made itself, and for what is none. */
function pathOf(file: object): string {
  try {
    return lookUp(file as File)
  } catch {
    return ''
  }
}

/**
 * By `webUtils`, or in an older Electron by what it gives every `File`: called on the object itself, since
 * a page can hand over any object with a `path` of its own.
 */
const lookUp = (webUtils as typeof webUtils | undefined)?.getPathForFile ?? pathGiven

function pathGiven(file: File): string {
  const path: unknown = Object.getOwnPropertyDescriptor(File.prototype, 'path')?.get?.call(file)
  return typeof path === 'string' ? path : ''
}

contextBridge.exposeInMainWorld('kontor', bridge)
