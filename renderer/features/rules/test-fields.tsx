import { Trash2 } from 'lucide-react'
import { useReplica, useTexts } from '../../desk-hooks'
import { IconButton } from '../../ui/button'
import { ChoiceMenu } from '../../ui/choice-menu'
import { SelectField } from '../../ui/select-field'
import { TextField } from '../../ui/text-field'
import { asSentence, valueWord } from '../../wording/policy'
import type { PolicyNames } from '../../wording/policy'
import type { FactName } from '../../../domain/approval/facts'
import { comparisons } from '../../../domain/approval/policy'
import type { Test } from '../../../domain/approval/policy'
import type { Texts } from '../../../language/texts'
import { offeredFacts, shapeOf, withFact } from './rule-form'
import type { TestForm } from './rule-form'
import { sellerCurrency } from './seller-currency'
import css from './test-fields.module.css'
import { useCurrencies, useFactChoices } from './use-fact-choices'

/** One test in a line: the fact, how it is compared, and with what. */
export function TestFields({
  row,
  onChange,
  onRemove,
  error,
  isLocked,
  names,
}: {
  readonly row: TestForm
  readonly onChange: (row: TestForm) => void
  readonly onRemove: () => void
  readonly error: string | null
  readonly isLocked: boolean
  readonly names: PolicyNames
}) {
  const texts = useTexts()
  const { t } = texts
  const currency = useReplica(sellerCurrency)
  const shape = shapeOf(row.fact)
  const factName = factWord(row.fact, texts)
  return (
    <div className={css.row} role="group" aria-label={factName}>
      <SelectField
        label={t('rules.fact')}
        className={css.fact}
        value={row.fact}
        options={offeredFacts.map((id) => ({ id, name: factWord(id, texts) }))}
        onChange={(fact) => onChange(withFact(row, fact, currency))}
        isDisabled={isLocked}
      />
      <SelectField
        label={t('rules.comparison')}
        className={shape === 'flag' ? css.flag : css.comparison}
        value={row.is}
        options={comparisonsOf(row, texts)}
        onChange={(is) => onChange({ ...row, is })}
        isDisabled={isLocked}
      />
      {shape === 'values' ? (
        <ValueChoice
          row={row}
          onChange={onChange}
          error={error}
          isLocked={isLocked}
          names={names}
        />
      ) : (
        shape !== 'flag' && (
          <span className={css.figure} data-value="">
            <TextField
              label={
                shape === 'money'
                  ? t('rules.amountIn', { currency: row.currency })
                  : t(shape === 'rate' ? 'rules.percent' : 'rules.count')
              }
              isLabelHidden
              value={row.text}
              onChange={(text) => onChange({ ...row, text })}
              error={error}
              isDisabled={isLocked}
              autoComplete="off"
              className={css.input}
            />
            {shape === 'money' ? (
              <Currency row={row} onChange={onChange} isLocked={isLocked} names={names} />
            ) : (
              <span className={css.unit} aria-hidden="true">
                {shape === 'rate' ? '%' : t('rules.lines')}
              </span>
            )}
          </span>
        )
      )}
      {!isLocked && (
        <IconButton
          className={css.remove}
          label={t('rules.removeTest')}
          icon={Trash2}
          onPress={onRemove}
        />
      )}
    </div>
  )
}

/** What an amount is in: to be chosen where there is more than one currency to trade in. */
function Currency({
  row,
  onChange,
  isLocked,
  names,
}: {
  readonly row: TestForm
  readonly onChange: (row: TestForm) => void
  readonly isLocked: boolean
  readonly names: PolicyNames
}) {
  const { t, formats } = useTexts()
  const currencies = useCurrencies(row.currency, names)
  if (currencies.length < 2) {
    return (
      <span className={css.unit} aria-hidden="true">
        {formats.moneyParts(0, row.currency).unit}
      </span>
    )
  }
  return (
    <SelectField
      label={t('rules.currency')}
      className={css.currency}
      value={row.currency}
      options={currencies}
      onChange={(currency) => onChange({ ...row, currency })}
      isDisabled={isLocked}
    />
  )
}

function ValueChoice({
  row,
  onChange,
  error,
  isLocked,
  names,
}: {
  readonly row: TestForm
  readonly onChange: (row: TestForm) => void
  readonly error: string | null
  readonly isLocked: boolean
  readonly names: PolicyNames
}) {
  const texts = useTexts()
  const { t, formats } = texts
  const fact = row.fact as Parameters<typeof valueWord>[0]['fact']
  const choices = useFactChoices(fact, row.values, names)
  return (
    <ChoiceMenu
      className={css.choice}
      label={factWord(row.fact, texts)}
      value={row.values}
      choices={choices}
      onChange={(values) => onChange({ ...row, values })}
      words={formats.either(row.values.map((value) => valueWord({ fact }, value, texts, names)))}
      placeholder={t('rules.choose')}
      empty={t('rules.nothingToChoose')}
      error={error}
      isDisabled={isLocked}
    />
  )
}

function factWord(fact: FactName, { t }: Texts): string {
  return asSentence(t(`policy.fact.${fact}`))
}

function comparisonsOf(
  { fact }: TestForm,
  { t }: Texts,
): readonly { readonly id: Test['is']; readonly name: string }[] {
  switch (shapeOf(fact)) {
    case 'money':
    case 'rate':
      return comparisons.map((id) => ({ id, name: t(`policy.is.${id}`) }))
    case 'count':
      return comparisons.map((id) => ({ id, name: t(`policy.countIs.${id}`) }))
    case 'flag':
      return [
        { id: 'so', name: t('rules.so') },
        { id: 'not_so', name: t('rules.notSo') },
      ]
    case 'values':
      return [
        { id: 'one_of', name: t('rules.oneOf') },
        { id: 'none_of', name: t('rules.noneOf') },
      ]
  }
}
