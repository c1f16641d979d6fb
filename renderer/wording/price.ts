import type { PriceResolution, PriceSource, PriceStep } from '../../domain/pricing/rules'
import type { Texts } from '../../language/texts'

/** Where a price comes from, in two words. */
export function priceSourceWord(source: PriceSource, { t }: Texts): string {
  return source.kind === 'synced'
    ? t('price.source.synced', { source: source.source })
    : t(`price.source.${source.kind}`)
}

/** How a price came about, a sentence for each rule that was tried. */
export function priceSteps(
  resolution: PriceResolution,
  texts: Texts,
  now: string,
): readonly string[] {
  if (resolution.kind === 'missing') return [texts.t(`price.missing.${resolution.reason}`)]
  const steps = resolution.steps.map((step) => stepSentence(step, texts, now))
  return resolution.stale ? [...steps, texts.t('price.stale')] : steps
}

function stepSentence(step: PriceStep, texts: Texts, now: string): string {
  const { t, formats } = texts
  if (step.kind === 'rebate')
    return t('price.step.rebate', { rebate: formats.percent(step.rebate) })
  if (step.kind === 'no_rebate_on_net_price') return t('price.step.no_rebate_on_net_price')
  const { rule } = step
  const price = formats.unitPriceWithCurrency(step.price.amount, step.price.currency)
  const used = step.kind === 'used'
  switch (rule.kind) {
    case 'synced':
      return used
        ? t('price.step.used.synced', {
            source: rule.source,
            price,
            when: formats.when(rule.observedAt, now),
          })
        : t('price.step.passed.synced', { source: rule.source, price })
    case 'contract':
      if (!used) return t('price.step.passed.contract', { price })
      return t(rule.net ? 'price.step.used.contract_net' : 'price.step.used.contract', { price })
    case 'company_price_list':
    case 'group_price_list': {
      const list = rule.priceListId
      return used
        ? t(`price.step.used.${rule.kind}`, { list, price })
        : t(`price.step.passed.${rule.kind}`, { list, price })
    }
    case 'list_price':
      return used
        ? t('price.step.used.list_price', { price })
        : t('price.step.passed.list_price', { price })
    case 'campaign': {
      const { campaign } = rule
      return used
        ? t('price.step.used.campaign', { campaign, price })
        : t('price.step.passed.campaign', { campaign, price })
    }
  }
}
