// The floor of a live event: a bare Socket.IO client in the main process hands each event to the page,
// which adds a row and says when it was painted. The server's address comes by the environment.
const { app, BrowserWindow } = require('electron')
const { join } = require('node:path')
const { io } = require('socket.io-client')

void app.whenReady().then(async () => {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    webPreferences: { preload: join(__dirname, 'preload.cjs'), sandbox: true },
  })
  await window.loadFile(join(__dirname, 'index.html'))
  const socket = io(process.env.FLOOR_SERVER, { transports: ['websocket'] })
  socket.on('row', (row) => window.webContents.send('row', row))
})
app.on('window-all-closed', () => app.quit())
