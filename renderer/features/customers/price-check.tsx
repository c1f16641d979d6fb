import { WifiOff } from 'lucide-react'
import { useStore } from 'zustand'
import type { Company } from '../../../domain/company'
import type { Article } from '../../../domain/article'
import { refusalSentence } from '../../../language/refusals'
import { useDesk, useEntity, useNow, useTexts } from '../../desk-hooks'
import { Banner } from '../../ui/banner'
import { TextButton } from '../../ui/button'
import { RefusalCode } from '../../ui/refusal-code'
import { Section } from '../../ui/section'
import { PendingStatus } from '../../ui/status'
import { TextField } from '../../ui/text-field'
import { AvailabilityCell } from '../inbox/availability-cell'
import { useAvailabilityContext } from '../inbox/availability-context'
import { PRICE_FIELD_ID } from './actions/open'
import { ArticlePicker } from './article-picker'
import { customersOf } from './customers'
import { PriceFound } from './price-found'
import css from './price-check.module.css'
import { readQuantity } from './typed-quantity'
import { usePrice } from './use-price'

/** What this customer pays for a quantity of an article, why, and from where it can be delivered. */
export function PriceCheck({ company }: { readonly company: Company }) {
  const desk = useDesk()
  const texts = useTexts()
  const { t, formats } = texts
  const customers = customersOf(desk)
  const { articleId, articleText, quantityText } = useStore(customers.store, ({ price }) => price)
  const article = useEntity('article', articleId)
  const typed = article ? readQuantity(quantityText, article, texts) : null
  return (
    <Section title={t('priceCheck.title')}>
      <div className={css.fields}>
        <ArticlePicker
          id={PRICE_FIELD_ID}
          articleId={articleId}
          text={articleText}
          onChange={customers.wishPrice}
        />
        <TextField
          className={css.quantity}
          label={
            article
              ? `${t('priceCheck.quantity')} (${formats.unit(article.unit)})`
              : t('priceCheck.quantity')
          }
          value={quantityText}
          onChange={(text) => customers.wishPrice({ quantityText: text })}
          autoComplete="off"
        />
      </div>
      {typed?.error && (
        <p className={css.error} role="alert">
          {typed.error}
        </p>
      )}
      {article ? (
        <Answer company={company} article={article} quantity={typed?.quantity ?? null} />
      ) : (
        <p className={css.start}>{t('priceCheck.start')}</p>
      )}
    </Section>
  )
}

function Answer({
  company,
  article,
  quantity,
}: {
  readonly company: Company
  readonly article: Article
  readonly quantity: number | null
}) {
  const texts = useTexts()
  const { t, formats } = texts
  const now = useNow()
  const context = useAvailabilityContext(() => company.customerGroupId)
  const answer = usePrice(
    quantity === null ? null : { companyId: company.id, articleId: article.id, quantity },
  )
  return (
    <>
      {answer.kind === 'asking' && <PendingStatus>{t('priceCheck.asking')}</PendingStatus>}
      {answer.kind === 'offline' && (
        <Banner meaning="warning" icon={WifiOff}>
          {t('priceCheck.offline')}
        </Banner>
      )}
      {answer.kind === 'failed' && (
        <Banner
          meaning="danger"
          isAlert
          actions={<TextButton onPress={answer.again}>{t('controls.retry')}</TextButton>}
        >
          {t('priceCheck.failed')} {refusalSentence(answer.error, texts, formats, now)}{' '}
          <RefusalCode error={answer.error} />
        </Banner>
      )}
      {answer.kind === 'known' && quantity !== null && (
        <PriceFound
          resolution={answer.resolution}
          currency={answer.currency}
          article={article}
          quantity={quantity}
        />
      )}
      {quantity !== null && (
        <div className={css.available}>
          <h4>{t('priceCheck.available')}</h4>
          <AvailabilityCell line={{ articleId: article.id, quantity }} context={context} />
        </div>
      )}
    </>
  )
}
