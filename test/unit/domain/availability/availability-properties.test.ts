import { describeAvailabilityProperties } from '../../../support/properties/availability'
import { FEW } from '../../../support/properties/cases'

describeAvailabilityProperties(FEW)
