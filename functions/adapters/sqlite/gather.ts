// Under load many small requests come in one turn of the loop: the first is done at once, the rest together at its end,
// in one transaction. Who is alone waits for nobody.

export function gatherTurns<Item, Answer>(
  work: (items: readonly Item[]) => readonly Answer[],
): (item: Item) => Promise<Answer> {
  let gathered: { readonly item: Item; readonly asker: PromiseWithResolvers<Answer> }[] | undefined;

  const alone = (item: Item): Answer => {
    const [answer] = work([item]);
    return answer as Answer;
  };

  const endTurn = (): void => {
    const askers = gathered ?? [];
    gathered = undefined;
    if (askers.length === 0) return;
    try {
      const answers = work(askers.map(({ item }) => item));
      for (const [index, { asker }] of askers.entries()) asker.resolve(answers[index] as Answer);
    } catch {
      // One of them can't be done, and nothing was: each is asked for itself, so that only that one is refused.
      for (const { item, asker } of askers) {
        try {
          asker.resolve(alone(item));
        } catch (cause) {
          asker.reject(cause);
        }
      }
    }
  };

  return (item) => {
    if (gathered === undefined) {
      gathered = [];
      setImmediate(endTurn);
      return new Promise((resolve) => resolve(alone(item)));
    }
    const asker = Promise.withResolvers<Answer>();
    gathered.push({ item, asker });
    return asker.promise;
  };
}
