const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('rows', {
  on: (listener) => ipcRenderer.on('row', (_event, row) => listener(row)),
})
