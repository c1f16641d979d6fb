// The floor of opening: a bare page that draws rows of plain text at a key press.
const { app, BrowserWindow } = require('electron')
const { join } = require('node:path')

void app.whenReady().then(async () => {
  const window = new BrowserWindow({ width: 1280, height: 800 })
  await window.loadFile(join(__dirname, 'index.html'))
})
app.on('window-all-closed', () => app.quit())
