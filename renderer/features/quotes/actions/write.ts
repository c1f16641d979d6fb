import { CheckCheck, FilePlus2, Plus, Save, Send, ShieldCheck, Undo2, Undo } from 'lucide-react'
import { hidden, possible } from '../../../actions/action'
import type { Action, Possibility } from '../../../actions/action'
import type { Desk } from '../../../desk'
import { DECISION_TEXT_LIMIT } from '../../../../contract/decision-text'
import type { Quote } from '../../../../contract/quotes'
import type * as deedsModule from '../deeds'
import { hasUnsaved, isBusy, mayWrite, openQuote, possibleIn, reviewPossibility } from '../may'
import { quotesOf } from '../quotes'

/** The field where an article is chosen; set by the view. */
export const ARTICLE_FIELD_ID = 'quotes-article'

/** The code that sends comes with the screen, so that a start does without it. */
function doing(run: (deeds: typeof deedsModule, desk: Desk, quote: Quote) => unknown) {
  return (desk: Desk) => {
    const quote = openQuote(desk)
    if (!quote) return
    void import('../deeds').then((deeds) => run(deeds, desk, quote)).catch(desk.report)
  }
}

/** Into the field where an article is chosen for a new row. */
export const addLineAction: Action = {
  id: 'quotes.addLine',
  title: 'action.quotes.addLine',
  group: 'list',
  icon: Plus,
  keys: ['n'],
  when: (desk) => {
    const quote = openQuote(desk)
    return quote && mayWrite(desk, quote) ? possible : hidden
  },
  run: () => document.querySelector<HTMLInputElement>(`#${ARTICLE_FIELD_ID} input`)?.focus(),
}

export const saveAction: Action = {
  id: 'quotes.save',
  title: 'action.quotes.save',
  group: 'decide',
  icon: Save,
  keys: ['Mod+s'],
  when: (desk) => {
    const quote = openQuote(desk)
    if (!quote || !hasUnsaved(desk) || !mayWrite(desk, quote)) return hidden
    return isBusy(desk, quote.id) ? { kind: 'disabled', why: ({ t }) => t('quote.busy') } : possible
  },
  run: doing((deeds, desk, quote) => deeds.save(desk, quote)),
}

export const submitAction: Action = {
  id: 'quotes.submit',
  title: 'action.quotes.submit',
  group: 'decide',
  icon: ShieldCheck,
  // The second also out of a field.
  keys: ['g', 'Mod+Shift+Enter'],
  when: (desk) => {
    const possibility = possibleIn(desk, ['draft'], 'draft_quote')
    const quote = openQuote(desk)
    if (possibility.kind !== 'possible' || !quote) return possibility
    const isEmpty = quote.lines.length === 0 && !hasUnsaved(desk)
    return isEmpty ? { kind: 'disabled', why: ({ t }) => t('error.quote_empty') } : possible
  },
  run: doing((deeds, desk, quote) => deeds.submit(desk, quote)),
}

export const approveAction: Action = {
  id: 'quotes.approve',
  title: 'action.quotes.approve',
  group: 'decide',
  icon: CheckCheck,
  keys: ['a'],
  when: reviewPossibility,
  run: doing((deeds, desk, quote) => deeds.decide(desk, quote, 'quote.approve')),
}

/** What is written has to be saved or let go of, or it would not be what goes out. */
function unlessUnsaved(desk: Desk, possibility: Possibility): Possibility {
  if (possibility.kind !== 'possible' || !hasUnsaved(desk)) return possibility
  return { kind: 'disabled', why: ({ t }) => t('quote.saveFirst') }
}

export const sendAction: Action = {
  id: 'quotes.send',
  title: 'action.quotes.send',
  group: 'decide',
  icon: Send,
  // The second also out of a field.
  keys: ['g', 'Mod+Shift+Enter'],
  when: (desk) => unlessUnsaved(desk, possibleIn(desk, ['ready'], 'send_quote')),
  run: doing((deeds, desk, quote) => deeds.decide(desk, quote, 'quote.send')),
}

function writing(kind: 'refuse' | 'withdraw'): Action['run'] {
  return (desk) => {
    const quote = openQuote(desk)
    if (quote) quotesOf(desk).store.setState({ writing: { id: quote.id, kind, text: '' } })
  }
}

/** Sends the words that are being written with the decision they belong to. */
export const sendWritingAction: Action = {
  id: 'quotes.sendWriting',
  title: 'action.quotes.sendWriting',
  group: 'decide',
  icon: Send,
  keys: ['Mod+Enter'],
  when: (desk) => {
    const quote = openQuote(desk)
    const { writing } = quotesOf(desk).store.getState()
    if (!quote || writing?.id !== quote.id) return hidden
    if (isBusy(desk, quote.id)) return { kind: 'disabled', why: ({ t }) => t('quote.busy') }
    const { length } = writing.text.trim()
    if (length > DECISION_TEXT_LIMIT) {
      return {
        kind: 'disabled',
        why: ({ t, formats }) =>
          t('decide.textTooLong', { limit: formats.integer(DECISION_TEXT_LIMIT) }),
      }
    }
    return writing.kind === 'refuse' && length === 0
      ? { kind: 'disabled', why: ({ t }) => t('quote.reasonFirst') }
      : possible
  },
  run: doing((deeds, desk, quote) => deeds.sendWriting(desk, quote)),
}

export const refuseAction: Action = {
  id: 'quotes.refuse',
  title: 'action.quotes.refuse',
  group: 'decide',
  icon: Undo2,
  keys: ['r'],
  when: (desk) => possibleIn(desk, ['in_review'], 'send_quote', { isOnline: false }),
  run: writing('refuse'),
}

export const withdrawAction: Action = {
  id: 'quotes.withdraw',
  title: 'action.quotes.withdraw',
  group: 'decide',
  icon: Undo,
  keys: ['t'],
  when: (desk) =>
    possibleIn(desk, ['draft', 'in_review', 'ready', 'sent', 'countered'], 'send_quote'),
  run: writing('withdraw'),
}

export const newVersionAction: Action = {
  id: 'quotes.newVersion',
  title: 'action.quotes.newVersion',
  group: 'decide',
  icon: FilePlus2,
  keys: ['e'],
  when: (desk) =>
    possibleIn(desk, ['countered', 'declined', 'expired', 'withdrawn'], 'draft_quote'),
  run: doing((deeds, desk, quote) => deeds.beginVersion(desk, quote, false)),
}

/** The next version as the customer wants it. */
export const takeCounterAction: Action = {
  id: 'quotes.takeCounter',
  title: 'action.quotes.takeCounter',
  group: 'decide',
  icon: CheckCheck,
  keys: ['a'],
  when: (desk) => {
    const outcome = openQuote(desk)?.outcome
    return outcome?.kind === 'countered' && outcome.lines.length > 0
      ? possibleIn(desk, ['countered'], 'draft_quote')
      : hidden
  },
  run: doing((deeds, desk, quote) => deeds.beginVersion(desk, quote, true)),
}
