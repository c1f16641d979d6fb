import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import { createVault, type SafeStorage } from '../../../../main/session/vault'

/** A keyring like the system's: sealed with a key that only it has. */
function keyring(more: Partial<SafeStorage> = {}): SafeStorage {
  const key = randomBytes(32)
  return {
    isEncryptionAvailable: () => true,
    encryptString(text) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), sealed])
    },
    decryptString(encrypted) {
      const decipher = createDecipheriv('aes-256-gcm', key, encrypted.subarray(0, 12))
      decipher.setAuthTag(encrypted.subarray(12, 28))
      return decipher.update(encrypted.subarray(28), undefined, 'utf8') + decipher.final('utf8')
    },
    ...more,
  }
}

describe('vault', () => {
  it('seals and opens', () => {
    const vault = createVault(keyring())
    const sealed = vault.seal('a token')
    expect(sealed).not.toContain('token')
    expect(vault.open(sealed ?? '')).toBe('a token')
  })

  it('opens nothing of another keyring, nor what was damaged', () => {
    const sealed = createVault(keyring()).seal('a token') ?? ''
    expect(createVault(keyring()).open(sealed)).toBeNull()
    expect(createVault(keyring()).open('no base64 at all')).toBeNull()
  })

  it('seals nothing without a keyring, nor with the one that has a key everybody knows', () => {
    expect(createVault(keyring({ isEncryptionAvailable: () => false })).seal('x')).toBeNull()
    expect(
      createVault(keyring({ getSelectedStorageBackend: () => 'basic_text' })).seal('x'),
    ).toBeNull()
    expect(
      createVault(keyring({ getSelectedStorageBackend: () => 'kwallet5' })).seal('x'),
    ).not.toBeNull()
  })

  it('takes a keyring that fails for none', () => {
    const broken = () => {
      throw new Error('locked')
    }
    expect(createVault(keyring({ encryptString: broken })).seal('x')).toBeNull()
  })
})
