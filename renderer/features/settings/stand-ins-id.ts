/** The part of a user's page where their steps are handed over; there is one at a time. */
export const STAND_INS_ID = 'stand-ins'
