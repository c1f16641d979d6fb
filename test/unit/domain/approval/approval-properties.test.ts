import { describeApprovalProperties } from '../../../support/properties/approval'
import { FEW } from '../../../support/properties/cases'

describeApprovalProperties(FEW)
