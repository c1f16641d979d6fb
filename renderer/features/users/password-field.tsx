import { Copy, Dices, Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { minimumPasswordLength, passwordLength } from '../../../domain/access/password-rules'
import { useDesk, useTexts } from '../../desk-hooks'
import { Button, IconButton } from '../../ui/button'
import { TextField } from '../../ui/text-field'
import { generatePassword } from './generate-password'
import css from './password-field.module.css'

/** A new password: its rules, how far it has come, one made up, and a copy to hand over. */
export function PasswordField({
  label,
  value,
  error,
  isDisabled,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly error: string | null
  readonly isDisabled: boolean
  readonly onChange: (password: string) => void
}) {
  const { bridge, report, toasts } = useDesk()
  const { t } = useTexts()
  const [isShown, setShown] = useState(false)
  const length = passwordLength(value)
  const hint =
    length > 0 && length < minimumPasswordLength
      ? t('user.passwordLength', { count: length, minimum: minimumPasswordLength })
      : t('user.passwordRules', { minimum: minimumPasswordLength })
  const copy = () => {
    bridge
      .request('clipboard.writeText', { text: value })
      .then(() =>
        toasts.tell({ meaning: 'notice', text: ({ t }) => t('user.passwordCopied'), action: null }),
      )
      .catch(report)
  }
  return (
    <div className={css.password}>
      <TextField
        className={css.field}
        label={label}
        type={isShown ? 'text' : 'password'}
        autoComplete="new-password"
        value={value}
        onChange={onChange}
        hint={hint}
        error={error}
        isDisabled={isDisabled}
      />
      <div className={css.buttons}>
        <IconButton
          label={t(isShown ? 'user.hidePassword' : 'user.showPassword')}
          icon={isShown ? EyeOff : Eye}
          onPress={() => setShown(!isShown)}
        />
        <IconButton
          label={t('user.copyPassword')}
          icon={Copy}
          isDisabled={value === ''}
          onPress={copy}
        />
        <Button
          icon={Dices}
          isDisabled={isDisabled}
          onPress={() => {
            onChange(generatePassword())
            setShown(true)
          }}
        >
          {t('user.generate')}
        </Button>
      </div>
    </div>
  )
}
