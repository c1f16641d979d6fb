// There is no keyring under a test's display, and without one nobody stays signed in. This stands in
// for it: loaded before the application, it "seals" by changing nothing. Everything else is as in use.
const { safeStorage } = require('electron')

safeStorage.isEncryptionAvailable = () => true
safeStorage.getSelectedStorageBackend = () => 'gnome_libsecret'
safeStorage.encryptString = (text) => Buffer.from(text)
safeStorage.decryptString = (sealed) => sealed.toString()
