import { describeAvailabilityProperties } from '../support/properties/availability'
import { MANY } from '../support/properties/cases'

describeAvailabilityProperties(MANY)
