import type { PurposeName } from '../links'
import type { Purpose } from '../purpose'
import { buyerStep } from './buyer-step'
import { quoteAnswer } from './quote-answer'
import { requisitionAnswer } from './requisition-answer'
import { requisitionStatus } from './requisition-status'

/** Every page that a link can open. */
export const purposes: Readonly<Record<PurposeName, Purpose>> = {
  requisition_status: requisitionStatus,
  requisition_answer: requisitionAnswer,
  buyer_step: buyerStep,
  quote_answer: quoteAnswer,
}
