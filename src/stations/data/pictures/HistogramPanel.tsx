import { useCallback, useMemo, useState } from 'react';
import type { ImageSummary } from '../../../contracts/images.ts';
import { Segments } from '../../../ui/charts/Segments.tsx';
import { DataTable, Disclosure, type TableColumn } from '../../../ui/controls/index.ts';
import { formatCount, formatPercent } from '../../../ui/format.ts';
import { SavedPanel } from '../../SaveFigure.tsx';
import { channelShares, histogramPath, sixteenths, type ChannelShares } from './pixelShares.ts';

type Scale = 'linear' | 'log';
const SCALES: readonly { value: Scale; label: string }[] = [
  { value: 'linear', label: 'Linear' },
  { value: 'log', label: 'Logarithmic' },
];
/** A value that has more than this share dwarfs all others on a linear scale. */
const DWARFING = 0.2;
const HEIGHT = 90;

/** How often every pixel value occurs, channel by channel. */
export function HistogramPanel({ dataset }: { dataset: ImageSummary }) {
  const channels = useMemo(() => channelShares(dataset.histogram, dataset.channels), [dataset]);
  const most = Math.max(...channels.map(({ shares }) => Math.max(...shares)));
  const [chosen, setScale] = useState<Scale | null>(null);
  const scale = chosen ?? (most > DWARFING ? 'log' : 'linear');
  const rows = useCallback(() => shareRows(channels), [channels]);
  return (
    <SavedPanel
      name="histogram"
      title="Pixel values"
      caption={`how often 0 … 255 occur over all pictures; highest bar ${formatPercent(most)}${scale === 'log' ? ', each grid line a tenth of the one above' : ''}`}
      actions={<Segments label="Scale of the bars" value={scale} options={SCALES} onChange={setScale} />}
      rows={rows}
      isEmpty={false}
      figure={
        <div className="histograms">
          {channels.map((channel) => (
            <Histogram key={channel.name} channel={channel} most={most} isLogarithmic={scale === 'log'} />
          ))}
        </div>
      }
    >
      <Disclosure title="The same in numbers">
        <Numbers channels={channels} />
      </Disclosure>
    </SavedPanel>
  );
}

/** The share of every value in every channel. */
function shareRows(channels: readonly ChannelShares[]): (string | number)[][] {
  return [
    ['value', ...channels.map(({ name }) => `share of ${name.toLowerCase()}`)],
    ...Array.from(channels[0]?.shares ?? [], (_, value) => [
      value,
      ...channels.map(({ shares }) => shares[value]),
    ]),
  ];
}

interface HistogramProps {
  channel: ChannelShares;
  most: number;
  isLogarithmic: boolean;
}

function Histogram({ channel, most, isLogarithmic }: HistogramProps) {
  const { name, shares, mean, black, white, distinct } = channel;
  const path = useMemo(
    () => histogramPath(shares, most, HEIGHT, isLogarithmic),
    [shares, most, isLogarithmic],
  );
  const words = `mean ${mean.toFixed(1)}, ${formatPercent(black)} are 0, ${formatPercent(white)} are 255, ${formatCount(distinct)} different values`;
  return (
    <figure className={`histogram histogram-${name.toLowerCase()}`}>
      <figcaption>
        <b>{name}</b> <span className="soft small">{words}</span>
      </figcaption>
      <svg
        className="keeps-colour"
        viewBox={`0 0 256 ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${name}: ${words}`}
      >
        {isLogarithmic &&
          [1, 2, 3, 4, 5].map((decade) => (
            <line
              key={decade}
              className="histogram-grid"
              x1="0"
              x2="256"
              y1={(HEIGHT * decade) / 6}
              y2={(HEIGHT * decade) / 6}
            />
          ))}
        <path d={path} />
      </svg>
      <span className="histogram-axis" aria-hidden="true">
        <span>0</span>
        <span>64</span>
        <span>128</span>
        <span>192</span>
        <span>255</span>
      </span>
    </figure>
  );
}

function Numbers({ channels }: { channels: readonly ChannelShares[] }) {
  const parts = channels.map(({ shares }) => sixteenths(shares));
  const rows = Array.from({ length: 16 }, (_, k) => k);
  const columns: TableColumn<number>[] = [
    { id: 'values', header: 'Values', isRowHeader: true, cell: (k) => `${k * 16} – ${k * 16 + 15}` },
    ...channels.map(({ name }, channel): TableColumn<number> => ({
      id: name,
      header: name,
      isNumeric: true,
      cell: (k) => formatPercent(parts[channel][k], 2),
    })),
  ];
  return (
    <DataTable
      caption="Share of pixel values in sixteen ranges"
      columns={columns}
      rows={rows}
      rowKey={(k) => k}
      isDense
    />
  );
}
