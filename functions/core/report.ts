// How a report of the second carrier finds its way home: our own address for it travels with the message, under this name.

export const reportKey = "report";
