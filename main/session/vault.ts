/** The part of Electron's `safeStorage` that is used. */
export interface SafeStorage {
  isEncryptionAvailable(): boolean
  encryptString(text: string): Buffer
  decryptString(encrypted: Buffer): string
  /** Linux only: which keyring stands behind it. */
  getSelectedStorageBackend?(): string
}

/** Seals secrets with the operating system's keyring. */
export interface Vault {
  /** Base64 of the sealed text; null where there is no keyring, and then nothing may be written. */
  seal(secret: string): string | null
  /** The text again; null when it cannot be had: another keyring, another person, a damaged file. */
  open(sealed: string): string | null
}

export function createVault(storage: SafeStorage): Vault {
  return {
    seal(secret) {
      try {
        return hasKeyring(storage) ? storage.encryptString(secret).toString('base64') : null
      } catch {
        return null
      }
    },
    open(sealed) {
      try {
        return hasKeyring(storage) ? storage.decryptString(Buffer.from(sealed, 'base64')) : null
      } catch {
        return null
      }
    },
  }
}

/** `basic_text` is a fixed key that anyone knows: no keyring at all. */
function hasKeyring(storage: SafeStorage): boolean {
  return storage.isEncryptionAvailable() && storage.getSelectedStorageBackend?.() !== 'basic_text'
}
