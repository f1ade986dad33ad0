// Which lane of the picture a fact belongs to, by its name; facts that are not named here are shown as plain marks.

/** @typedef {"alert" | "page" | "answer" | "trouble" | "turn" | "other"} Kind */

/** @type {Readonly<Record<Kind, string>>} */
export const kindWords = {
  alert: "Alerts",
  page: "Pages",
  answer: "Answers",
  trouble: "Trouble",
  turn: "Phase",
  other: "Other",
};

/** @type {Readonly<Record<string, Kind>>} */
const kinds = {
  AlertsJoined: "alert",
  SeverityRaised: "alert",
  SignalCleared: "alert",
  SignalReturned: "alert",
  LevelStarted: "page",
  PageOpened: "page",
  DeliveryWanted: "page",
  DeliveryHanded: "page",
  CallPickedUp: "page",
  DeliveryConfirmed: "page",
  NoticeWanted: "page",
  NoticeHanded: "page",
  PageAcknowledged: "answer",
  PageDeclined: "answer",
  PageEscalated: "answer",
  RequestTaken: "answer",
  ArrivalPromised: "answer",
  RequestSatisfied: "answer",
  AcknowledgementRenewed: "answer",
  DeliveryFailed: "trouble",
  DeliveryUncertain: "trouble",
  NoticeFailed: "trouble",
  LevelSkipped: "trouble",
  CatchAllPaged: "trouble",
  NobodyReachable: "trouble",
  PageExpired: "trouble",
  RequestReopened: "trouble",
  CommandRefused: "trouble",
  CallInWanted: "page",
  CallInHanded: "page",
  CallInFailed: "trouble",
  CallerControlFailed: "trouble",
  AnnouncementFailed: "trouble",
  BridgeOpened: "turn",
  MovedToBridge: "turn",
  ReturnedToChat: "turn",
  BridgeEnded: "turn",
  RequestOpened: "page",
  IncidentDeclared: "turn",
  IncidentClosed: "turn",
  AllClearBelieved: "alert",
  SignedIn: "answer",
  CanReported: "answer",
  IncidentOpened: "turn",
  IncidentStoodDown: "turn",
};

/** @param {string} type @returns {Kind} */
export const kindOf = (type) => (Object.hasOwn(kinds, type) && kinds[type]) || "other";
