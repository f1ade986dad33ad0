// No address that somebody outside wrote may become a link: what looks like one is named, or broken where it is worth reading.

const address = /[a-z][a-z0-9+.-]{0,20}:\/\/[^\s)"']*|\bwww\.[^\s)"']*|\bmailto:[^\s)"']*/gi;
// A host name is worth reading ("db1.prod.example.com is down") but not tapping: clients make links of what looks like one.
const latinEndings =
  "com|net|org|info|biz|app|dev|xyz|top|online|site|shop|link|click|live|cloud|[a-z]{2}|xn--[a-z0-9-]+";
// Those in other alphabets that many have.
const otherEndings =
  "рф|укр|бел|мкд|срб|бг|ею|қаз|мон|ком|орг|онлайн|сайт|дети|москва|ελ|ευ|ישראל|קום|مصر|السعودية|امارات|ایران|پاکستان|شبكة|موقع" +
  "|中国|中國|香港|台湾|台灣|公司|网络|网址|在线|商城|みんな|コム|한국|닷컴|ไทย|भारत";
// Japanese and Korean go on without a blank ("example.com이 느립니다"), and clients end the address where its alphabet ends.
const liveDot = new RegExp(
  `([\\p{L}\\p{N}\\p{M}])\\.((?:${latinEndings})(?![\\p{Script=Latin}\\p{N}\\p{M}])|(?:${otherEndings})(?![\\p{L}\\p{N}\\p{M}]))`,
  "giu",
);

export const unlinked = (text: string): string => text.replace(address, "(link)").replace(liveDot, "$1(.)$2");
