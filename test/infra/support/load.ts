// Run as a program of its own, bare: loads a bundle from its file as Lambda does, and calls it if an event is given.
const [, , file = "", event] = process.argv;
const { handler } = (await import(file)) as {
  readonly handler: (event: unknown, context: unknown) => Promise<unknown>;
};
if (typeof handler !== "function") throw new Error(`${file} exports no handler`);
if (event !== undefined) process.stdout.write(JSON.stringify(await handler(JSON.parse(event), {})));
