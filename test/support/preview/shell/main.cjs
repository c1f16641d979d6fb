// A window on the preview's address, with the settings a page of ours has.
const { app, BrowserWindow } = require('electron')

void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1600,
    height: 900,
    useContentSize: true,
    webPreferences: { sandbox: true, contextIsolation: true },
  })
  window.setMenuBarVisibility(false)
  return window.loadURL('about:blank')
})
