import {
  Building2,
  ClipboardCheck,
  Copy,
  ExternalLink,
  FileDown,
  GitCompareArrows,
} from 'lucide-react'
import { refusalSentence } from '../../../../language/refusals'
import { hidden, possible } from '../../../actions/action'
import type { Action } from '../../../actions/action'
import type { Desk } from '../../../desk'
import { canReachGateway } from '../../../state/console'
import { quotesOf, QUOTES } from '../quotes'
import type { QuoteHead } from '../quotes'

/** The quote that is open, as far as it is known here. */
function selectedQuote(desk: Desk): QuoteHead | undefined {
  const id = desk.navigation.store.getState().selected[QUOTES] ?? null
  return id === null ? undefined : quotesOf(desk).head(id)
}

/** To what it answers. */
export const openSourceAction: Action = {
  id: 'quotes.openSource',
  title: 'action.quotes.openSource',
  group: 'go',
  icon: ExternalLink,
  keys: ['o'],
  when: (desk) => (selectedQuote(desk)?.requisition ? possible : hidden),
  run: (desk) => {
    const requisition = selectedQuote(desk)?.requisition
    if (requisition) desk.navigation.open('requisition', requisition.id)
  },
}

/** To the order that became of it. */
export const openOrderAction: Action = {
  id: 'quotes.openOrder',
  title: 'action.quotes.openOrder',
  group: 'go',
  icon: ClipboardCheck,
  keys: ['Shift+o'],
  when: (desk) => (selectedQuote(desk)?.outcome?.kind === 'ordered' ? possible : hidden),
  run: (desk) => {
    const outcome = selectedQuote(desk)?.outcome
    if (outcome?.kind === 'ordered') desk.navigation.open('order', outcome.orderId)
  },
}

export const openCompanyAction: Action = {
  id: 'quotes.openCompany',
  title: 'action.quotes.openCompany',
  group: 'go',
  icon: Building2,
  keys: ['u'],
  when: (desk) => (selectedQuote(desk) ? possible : hidden),
  run: (desk) => {
    const quote = selectedQuote(desk)
    if (quote) desk.navigation.open('company', quote.companyId)
  },
}

export const copyNumberAction: Action = {
  id: 'quotes.copyNumber',
  title: 'action.quotes.copyNumber',
  group: 'list',
  icon: Copy,
  keys: ['Mod+Shift+c'],
  when: (desk) => (selectedQuote(desk) ? possible : hidden),
  run: (desk) => {
    const quote = selectedQuote(desk)
    if (!quote) return
    desk.bridge
      .request('clipboard.writeText', { text: quote.number })
      .then(() =>
        desk.toasts.tell({ meaning: 'notice', text: ({ t }) => t('quote.copied'), action: null }),
      )
      .catch(desk.report)
  },
}

/** Keeps it as a file, as the customer gets it. */
export const savePdfAction: Action = {
  id: 'quotes.savePdf',
  title: 'action.quotes.savePdf',
  group: 'list',
  icon: FileDown,
  keys: ['p'],
  when: (desk) =>
    selectedQuote(desk) && canReachGateway(desk.console.getState()) ? possible : hidden,
  run: (desk) => {
    const quote = selectedQuote(desk)
    if (!quote) return
    const { id, number, revision } = quote
    desk.bridge
      .request('quote.savePdf', { id, name: `${number}-v${revision}` })
      .then((told) => {
        if (told.kind === 'cancelled') return
        desk.toasts.tell({
          meaning: told.kind === 'saved' ? 'good' : 'danger',
          text: (texts) =>
            told.kind === 'saved'
              ? texts.t('quote.saved', { file: told.file })
              : refusalSentence(
                  told.error,
                  texts,
                  texts.formats,
                  new Date(desk.clock.now()).toISOString(),
                ),
          action: null,
        })
      })
      .catch(desk.report)
  },
}

/** Holds the present version against an earlier one. */
export const compareAction: Action = {
  id: 'quotes.compare',
  title: 'action.quotes.compare',
  group: 'list',
  icon: GitCompareArrows,
  keys: ['v'],
  when: (desk) => {
    const quote = selectedQuote(desk)
    return quote && (quote.revision > 1 || quote.outcome?.kind === 'countered') ? possible : hidden
  },
  run: (desk) => {
    const quote = selectedQuote(desk)
    if (!quote) return
    const { store } = quotesOf(desk)
    store.setState(({ compared }) => ({
      compared: compared?.id === quote.id ? null : { id: quote.id, revision: null },
    }))
  },
}
