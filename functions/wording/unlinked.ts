// No address that somebody outside wrote may become a link: what looks like one is named, or broken where it is worth reading.

const address = /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s)"']*|\bwww\.[^\s)"']*|\bmailto:[^\s)"']*/gi;
// A host name is worth reading ("db1.prod.example.com is down") but not tapping: clients make links of what looks like one.
const liveDot =
  /([\p{L}\p{N}])\.(com|net|org|info|biz|app|dev|xyz|top|online|site|shop|link|click|live|cloud|[a-z]{2})(?![\p{L}\p{N}])/giu;

export const unlinked = (text: string): string => text.replace(address, "(link)").replace(liveDot, "$1(.)$2");
