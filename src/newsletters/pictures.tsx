import type { VNode } from 'preact';
import type { Count } from './hide-small-counts.js';

export interface PictureLine {
  label: string;
  count: Count;
  /** The count in words. */
  says: string;
}

const WIDTH = 640;
const FONT = 'Source Sans 3';
/** On white, at least 4.5 to 1 against each other where text stands on it (WCAG 1.4.3). */
const INK = '#1d2421';
const SOFT = '#4c5a54';
const GREEN = '#0b6b57';
const PALE = '#b9d9cf';
const LINE = '#d9e0dc';

interface PictureProps {
  title: string;
  lines: PictureLine[];
}

/** What a small, hidden count is drawn as: lower than the smallest that is said. */
const FEW_DRAWN_AS = 2;

/** A bar for each period, the last one dark. */
export function TrendPicture({ title, lines }: PictureProps): VNode {
  const height = 300;
  const [top, bottom, left] = [64, 252, 24];
  const largest = Math.max(10, ...lines.map(({ count }) => (count === 'few' ? 0 : count)));
  const step = (WIDTH - 2 * left) / Math.max(1, lines.length);
  const barWidth = Math.min(56, step * 0.66);
  return (
    <Sheet title={title} height={height}>
      <line x1={left} y1={bottom} x2={WIDTH - left} y2={bottom} stroke={LINE} stroke-width="2" />
      {lines.map(({ label, count, says }, index) => {
        const drawn = ((count === 'few' ? FEW_DRAWN_AS : count) / largest) * (bottom - top - 24);
        const middle = left + step * (index + 0.5);
        const last = index === lines.length - 1;
        return (
          <g key={index}>
            <rect
              x={middle - barWidth / 2}
              y={bottom - drawn}
              width={barWidth}
              height={drawn}
              rx="3"
              fill={count === 'few' ? '#ffffff' : last ? GREEN : PALE}
              stroke={count === 'few' ? SOFT : 'none'}
              stroke-dasharray="4 3"
            />
            <Words x={middle} y={bottom - drawn - 8} bold size={17}>
              {count === 'few' ? '< 5' : says}
            </Words>
            <Words x={middle} y={bottom + 24} size={14} fill={last ? INK : SOFT} bold={last}>
              {label}
            </Words>
          </g>
        );
      })}
    </Sheet>
  );
}

const COLUMNS = 3;
const TILE_HEIGHT = 74;
const GAP = 10;

/** A tile for each neighbourhood, darker where there were more. */
export function TilesPicture({ title, lines }: PictureProps): VNode {
  const rows = Math.ceil(lines.length / COLUMNS);
  const [top, left] = [64, 24];
  const height = top + rows * (TILE_HEIGHT + GAP) + 14;
  const tileWidth = (WIDTH - 2 * left - (COLUMNS - 1) * GAP) / COLUMNS;
  const largest = Math.max(1, ...lines.map(({ count }) => (count === 'few' ? 0 : count)));
  return (
    <Sheet title={title} height={height}>
      {lines.map(({ label, count, says }, index) => {
        const share = (count === 'few' ? 0 : count) / largest;
        const dark = share > 0.66;
        const x = left + (index % COLUMNS) * (tileWidth + GAP);
        const y = top + Math.floor(index / COLUMNS) * (TILE_HEIGHT + GAP);
        const fill = dark ? GREEN : share > 0.33 ? PALE : '#e6f1ed';
        return (
          <g key={index}>
            <rect x={x} y={y} width={tileWidth} height={TILE_HEIGHT} rx="8" fill={fill} />
            <Words x={x + 14} y={y + 34} size={26} bold anchor="start" fill={dark ? '#ffffff' : INK}>
              {says}
            </Words>
            <Words x={x + 14} y={y + 58} size={15} anchor="start" fill={dark ? '#ffffff' : INK}>
              {fit(label)}
            </Words>
          </g>
        );
      })}
    </Sheet>
  );
}

/** As many letters as a tile is wide. */
const LABEL_MAX = 25;
const fit = (label: string) => (label.length > LABEL_MAX ? `${label.slice(0, LABEL_MAX - 1).trimEnd()}…` : label);

function Sheet({
  title,
  height,
  children,
}: {
  title: string;
  height: number;
  children: VNode | VNode[] | unknown;
}): VNode {
  return (
    <svg xmlns="http://www.w3.org/2000/svg" width={WIDTH} height={height} viewBox={`0 0 ${WIDTH} ${height}`}>
      <rect width={WIDTH} height={height} fill="#ffffff" />
      <Words x={24} y={38} size={20} bold anchor="start">
        {title}
      </Words>
      {children as VNode[]}
    </svg>
  );
}

interface WordsProps {
  x: number;
  y: number;
  size: number;
  children: string;
  bold?: boolean;
  anchor?: 'start' | 'middle';
  fill?: string;
}

function Words({ x, y, size, bold, anchor = 'middle', fill = INK, children }: WordsProps): VNode {
  return (
    <text
      x={x}
      y={y}
      font-family={FONT}
      font-size={size}
      font-weight={bold ? '700' : '400'}
      text-anchor={anchor}
      fill={fill}
    >
      {children}
    </text>
  );
}
