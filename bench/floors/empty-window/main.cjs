// The floor of a start: an Electron window, set up as safely as ours, that loads an empty page.
const { app, BrowserWindow } = require('electron')
const { join } = require('node:path')

void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  })
  window.once('ready-to-show', () => window.show())
  void window.loadFile(join(__dirname, 'index.html'))
})
app.on('window-all-closed', () => app.quit())
