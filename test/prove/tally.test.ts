import { describeAvailabilityProperties } from '../support/properties/tally-availability'
import { describePriceProperties } from '../support/properties/tally-price'
for (const seed of [1, 77]) { describeAvailabilityProperties({ runs: 1000, seed }); describePriceProperties({ runs: 1000, seed }) }
