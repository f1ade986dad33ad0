// The two pictures of the app, drawn by the same lines as the command post's icon: in colours, and as a white outline.
import { type Picture, png } from "./png.ts";

export const accent = "#16324f";

type Point = readonly [x: number, y: number];
/** The letter of functions/show-post/page/icon.svg, in its 32 by 32 units. */
const letter: readonly Point[] = [
  [7, 23],
  [7, 9],
  [16, 17],
  [25, 9],
  [25, 23],
];
const stroke = 3.4;

/** How far a point is from the letter's line. */
const fromLetter = ([x, y]: Point): number =>
  Math.min(
    ...letter.slice(1).map(([toX, toY], n) => {
      const [fromX, fromY] = letter[n] ?? [toX, toY];
      const [dx, dy] = [toX - fromX, toY - fromY];
      const along = Math.max(0, Math.min(1, ((x - fromX) * dx + (y - fromY) * dy) / (dx * dx + dy * dy)));
      return Math.hypot(x - fromX - along * dx, y - fromY - along * dy);
    }),
  );

/** How much of a pixel the letter covers, its edge being as wide as the pixel. `scale`: pixels to a unit. */
const covered = (at: Point, scale: number): number =>
  Math.max(0, Math.min(1, (stroke / 2 - fromLetter(at)) * scale + 0.5));

/** Teams cuts the corners itself, and wants the sign in the middle half. */
export const colourIcon = (): Buffer => {
  const size = 192;
  const shown = 120;
  const scale = shown / 32;
  const ground = [0x16, 0x32, 0x4f] as const;
  return png(
    picture(size, (x, y) => {
      const part = covered([(x - (size - shown) / 2) / scale, (y - (size - shown) / 2) / scale], scale);
      const [red, green, blue] = ground.map((value) => Math.round(value + (255 - value) * part));
      return [red ?? 0, green ?? 0, blue ?? 0, 255];
    }),
  );
};

export const outlineIcon = (): Buffer =>
  png(picture(32, (x, y) => [255, 255, 255, Math.round(255 * covered([x, y], 1))]));

type Colour = readonly [red: number, green: number, blue: number, opacity: number];

function picture(size: number, colourAt: (x: number, y: number) => Colour): Picture {
  const pixels = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) pixels.set(colourAt(x + 0.5, y + 0.5), (y * size + x) * 4);
  return { width: size, height: size, pixels };
}
