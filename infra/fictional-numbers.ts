// Numbers that regulators keep free for books and films. The sample's people have such numbers: nobody is behind them, so a
// deployment that pages them pages nobody.

const ranges: readonly RegExp[] = [
  // North America, 555-0100 to 555-0199 of each area: https://nationalnanpa.com/number_resource_info/555_numbers.html
  /^\+1\d{3}55501\d\d$/,
  // United Kingdom: https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama
  /^\+447700900\d{3}$/,
  /^\+44(113|114|115|116|117|118|121|131|141|151|161)4960\d{3}$/,
  /^\+44(2079460|2896496|2920180|1914980|1632960)\d{3}$/,
  /^\+44(8081570|9098790|3069990)\d{3}$/,
  // Australia: https://www.acma.gov.au/phone-numbers-use-tv-shows-films-and-creative-works
  /^\+614915(70(006|110|156|157|158|159|313|737)|71(266|491|804)|72(549|665|983)|73(770|087)|74(118|632)|75(254|789)|76(398|801)|77(426|644)|78(957|148|888)|79(212|760|455))$/,
  /^\+61[2378](5550|7010)\d{4}$/,
  /^\+61(1800160401|1[38]0097570[7-9]|1[38]0097571[01])$/,
  // Sweden: https://pts.se/en/internet-and-telephony/telephone-numbers/
  /^\+467017406(0[5-9]|[1-9]\d)$/,
  /^\+46(3139006|4062804|8465004|9803192)\d\d$/,
];

const written = /\+\d(?:[ ()./-]*\d){6,14}(?!\d)/g;

/** Those that stand anywhere in a config file, each once, however they are grouped: `+1 (202) 555-0101` is one. */
export const fictionalNumbersIn = (text: string): readonly string[] => [
  ...new Set(
    [...text.matchAll(written)].map(([number]) => number.replace(/[^+\d]/g, "")).filter(isFictional),
  ),
];

function isFictional(number: string): boolean {
  return ranges.some((range) => range.test(number));
}
