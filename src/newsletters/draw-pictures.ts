import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { DateTime } from 'luxon';
import { renderToString } from 'preact-render-to-string';
import type { VNode } from 'preact';
import type { MunicipalityInfo } from '../chat/feature.js';
import type { PictureName } from './newsletter.js';
import { TilesPicture, TrendPicture, type PictureLine } from './pictures.js';
import type { Figures } from './read-figures.js';
import { draftTexts } from './texts-draft.js';
import { placeName, sayCount } from './write-draft.js';

const require = createRequire(import.meta.url);
/** The machine may have no fonts at all: these come with the program. */
const FONT_FILES = ['400Regular/SourceSans3_400Regular.ttf', '700Bold/SourceSans3_700Bold.ttf'].map((file) =>
  require.resolve(`@expo-google-fonts/source-sans-3/${file}`),
);
/** Drawn twice as large as shown, so that it is sharp on telephones. */
const SCALE = 2;
const TILES_SHOWN = 15;

export interface Picture {
  kind: PictureName;
  /** The same in words. */
  alt: string;
  /** Null: it could not be drawn. */
  png: Uint8Array<ArrayBuffer> | null;
}

/**
 * The pictures of an issue, with the same in words. One that cannot be drawn leaves its words.
 *
 */
export function drawPictures(
  figures: Figures,
  municipality: Pick<MunicipalityInfo, 'locale' | 'zone'>,
  neighbourhoods: ReadonlyMap<string, string>,
  draw: (svg: string) => Uint8Array = drawSvg,
): Picture[] {
  const { locale, zone } = municipality;
  const t = draftTexts(locale);
  const bars = figures.trend.map(({ until, count }): PictureLine => {
    const at = DateTime.fromISO(until, { zone }).setLocale(locale === 'en' ? 'en-GB' : 'nl-BE');
    return { label: at.toFormat('d LLL yy'), count, says: sayCount(count, locale) };
  });
  const tiles = figures.places.lines.slice(0, TILES_SHOWN).map(({ key, count }): PictureLine => ({
    label: placeName(key, neighbourhoods, locale),
    count,
    says: String(count),
  }));
  const said = (lines: string[]) => lines.join('; ');
  const picture = (kind: PictureName, alt: string, svg: VNode): Picture => ({ kind, alt, png: tryToDraw(svg, draw) });
  return [
    picture(
      'trend',
      t('trend.alt', { lines: said(bars.map(({ label, says }) => t('trend.line', { until: label, count: says }))) }),
      TrendPicture({ title: t('trend.title'), lines: bars }),
    ),
    ...(tiles.length > 0
      ? [
          picture(
            'tiles',
            t('tiles.alt', { lines: said(tiles.map(({ label, says }) => t('line', { label, count: says }))) }),
            TilesPicture({ title: t('tiles.title'), lines: tiles }),
          ),
        ]
      : []),
  ];
}

function tryToDraw(svg: VNode, draw: (svg: string) => Uint8Array): Picture['png'] {
  try {
    return new Uint8Array(draw(renderToString(svg)));
  } catch {
    // The words stand in its place; an issue is worth more than its pictures.
    return null;
  }
}

function drawSvg(svg: string): Uint8Array {
  return new Resvg(svg, {
    fitTo: { mode: 'zoom', value: SCALE },
    font: { loadSystemFonts: false, fontFiles: FONT_FILES, defaultFontFamily: 'Source Sans 3' },
  })
    .render()
    .asPng();
}
