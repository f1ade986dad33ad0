// Names by which CloudFormation keeps what we deployed. A hub that is out there has them, so none of them may ever change.

export const stackName = "Muster";

/** Under another logical id CloudFormation would make a new, empty table, and leave the old one to nobody. */
export const storeLogicalId = "Store1D2A845B";
