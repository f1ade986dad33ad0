// How a carrier sends a text: written down a second time, and differently, so that the judge is not the judged.

export const oneMessage = 160;

// 3GPP TS 23.038 without its extension.
const septets = /^[\n\r !"#$%&'()*+,\-./0-9:;<=>?@A-Z_a-z£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà]*$/;
export const isGsm = (text: string): boolean => septets.test(text);

/** A toll-free number has one character fewer in each part; no part begins with half of a character. */
export function parts(text: string): number {
  const [alone, joined] = isGsm(text) ? [160, 152] : [70, 66];
  if (text.length <= alone) return 1;
  let made = 1;
  let room = joined;
  for (const character of text) {
    if (character.length > room) {
      made += 1;
      room = joined;
    }
    room -= character.length;
  }
  return made;
}
