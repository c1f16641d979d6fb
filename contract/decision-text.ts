/** Characters at the most in what the customer is told of a rejection or a return. */
export const DECISION_TEXT_LIMIT = 2_000
