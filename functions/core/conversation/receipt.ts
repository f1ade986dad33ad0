// By what a card is found again that was handed to the chat: its conversation, and its name there where the chat told one.

export interface CardReceipt {
  readonly conversation: string;
  readonly activity: string | undefined;
}

// Neither holds a space: both are written into addresses.
export const receiptOf = ({ conversation, activity }: CardReceipt): string =>
  activity === undefined ? conversation : `${conversation} ${activity}`;

export function readReceipt(receipt: string): CardReceipt {
  const [conversation = "", activity] = receipt.split(" ");
  return { conversation, activity };
}
