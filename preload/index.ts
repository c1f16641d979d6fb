import { contextBridge, ipcRenderer, webUtils } from 'electron'

import { LARGEST_ATTACHMENT, MOST_FILES_AT_ONCE } from '../contract/attachment-limits'
import type { ChosenFile, DroppedFile } from '../contract/attachments'
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
  takeDropped: async (files) => {
    const taken: ChosenFile[] = []
    // One by one: each is copied on its way, and twenty at once would be much.
    for (const file of files.slice(0, MOST_FILES_AT_ONCE)) {
      const chosen = await handOver(file)
      if (chosen !== null) taken.push(chosen)
    }
    return taken
  },
  on: (name, listener) => {
    // Electron's event object would hand the page the sender itself.
    const forward = (_event: unknown, payload: Parameters<typeof listener>[0]) => listener(payload)
    ipcRenderer.on(PREFIX + name, forward)
    return () => void ipcRenderer.off(PREFIX + name, forward)
  },
}

/**
 * What one holds, to main. Chromium lets this process read what was dropped onto it and nothing else, so
 * whoever has taken it over can send nothing that nobody has dropped: main opens no path that comes
 * from here. Null for a folder, for what cannot be read, and for what the page has made itself.
 */
async function handOver(given: object): Promise<ChosenFile | null> {
  if (pathOf(given) === '') return null
  const file = given as File
  const { name, size } = file
  let content: Uint8Array | null
  try {
    content = size > LARGEST_ATTACHMENT ? null : new Uint8Array(await file.arrayBuffer())
  } catch {
    return null
  }
  const dropped: DroppedFile = { name, size, content }
  return ipcRenderer.invoke(DROPPED, dropped) as Promise<ChosenFile>
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
