import { contextBridge, ipcRenderer } from 'electron'

import type { KontorBridge } from '../contract/bridge'

/**
 * Every channel of ours begins so; the page reaches no other. Which names there are is for main to
 * know (`main/ipc.ts`): the list with its schemas would make this script forty times as long.
 */
const PREFIX = 'kontor:'

const bridge: KontorBridge = {
  request: async (name, ...argument) => ipcRenderer.invoke(PREFIX + name, ...argument),
  on: (name, listener) => {
    // Electron's event object would hand the page the sender itself.
    const forward = (_event: unknown, payload: Parameters<typeof listener>[0]) => listener(payload)
    ipcRenderer.on(PREFIX + name, forward)
    return () => void ipcRenderer.off(PREFIX + name, forward)
  },
}

contextBridge.exposeInMainWorld('kontor', bridge)
