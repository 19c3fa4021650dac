import { lazy, Suspense, useRef, useState, type Key, type ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Header as MenuHeader } from 'react-aria-components/Header';
import { Menu, MenuItem, MenuSection, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Text } from 'react-aria-components/Text';
import type { ArchiveListing } from '../contracts/codec.ts';
import { copyText } from '../platform/clipboard.ts';
import { chooseTheme, readThemeChoice, type ThemeChoice } from '../platform/theme.ts';
import { ACCEPTED_FILES } from '../stations/acceptedFiles.ts';
import { offeredSamples, sampleShape } from '../stations/gallerySamples.ts';
import type { PageName } from '../contracts/link.ts';
import { useChosenFiles } from '../stations/useChosenFiles.ts';
import { openName, useLab, useLabParts } from '../stations/useLab.ts';
import { usePageLink } from '../stations/usePageLink.ts';
import {
  Button,
  CheckIcon,
  ChevronIcon,
  HelpIcon,
  HistoryIcon,
  IconButton,
  MoonIcon,
  PaperIcon,
  PlayIcon,
  ShareIcon,
  SunIcon,
  SystemIcon,
  UploadIcon,
  usePhone,
} from '../ui/controls/index.ts';
import { formatBytes, formatCount, formatDate, formatPlural } from '../ui/format.ts';
import { PAGE_TITLES } from './headlines.ts';
import { TargetChip } from './TargetChip.tsx';
import './header.css';

interface HeaderProps {
  onHelp: () => void;
}

export function Header({ onHelp }: HeaderProps) {
  return (
    <header className="header">
      <Logo />
      <DatasetMenu />
      <TargetChip />
      <PageLink page="how" icon={<PlayIcon />} />
      <PageLink page="paper" icon={<PaperIcon />} />
      <span className="header-gap" />
      <ChangesButton />
      <ShareButton />
      <ThemeMenu />
      <IconButton label="Help and shortcuts" icon={<HelpIcon />} onPress={onHelp} />
    </header>
  );
}

/** The lab's name, which leads to the opening. */
function Logo() {
  return (
    <h1 className="logo">
      <a {...usePageLink('start')}>
        drea<span>ML</span>earning&nbsp;Lab
      </a>
    </h1>
  );
}

/** A page that stands beside the pipeline, whatever is open. */
function PageLink({ page, icon }: { page: PageName; icon: ReactNode }) {
  const isPhone = usePhone();
  return (
    <a
      className="button button-quiet header-page"
      title={isPhone ? PAGE_TITLES[page] : undefined}
      {...usePageLink(page)}
    >
      {icon}
      <span className="button-label">{PAGE_TITLES[page]}</span>
    </a>
  );
}

/** Samples, the archives of this browser, and a file of one's own. */
function DatasetMenu() {
  const { name, archives, extraSamples, load } = useLabParts((lab) => ({
    name: openName(lab),
    archives: lab.archives,
    extraSamples: lab.extraSamples,
    load: lab.load,
  }));
  const take = useChosenFiles();
  const input = useRef<HTMLInputElement>(null);

  function choose(key: Key): void {
    const [kind, id] = splitKey(String(key));
    if (kind === 'file') input.current?.click();
    else if (kind === 'sample') void load({ kind, id });
    else if (kind === 'archive') void load({ kind, id });
  }

  return (
    <>
      <MenuTrigger>
        <AriaButton className="button dataset-button" aria-label={`Dataset: ${name ?? 'none yet'}`}>
          <span className="dataset-name">{name ?? 'Choose a dataset'}</span>
          <ChevronIcon />
        </AriaButton>
        <Popover className="popover menu-popover" placement="bottom start" offset={4}>
          <Menu className="list-box" aria-label="Dataset" onAction={choose}>
            <MenuSection className="menu-section">
              <MenuHeader className="menu-header">Samples</MenuHeader>
              {offeredSamples(extraSamples).map((sample) => (
                <MenuItem
                  key={sample.id}
                  id={`sample:${sample.id}`}
                  textValue={sample.title}
                  className="list-item menu-item"
                >
                  <Text slot="label">{sample.title}</Text>
                  <Text slot="description" className="list-description">
                    {sampleShape(sample)} · {sample.task}
                  </Text>
                </MenuItem>
              ))}
            </MenuSection>
            {archives.length > 0 && (
              <MenuSection className="menu-section">
                <MenuHeader className="menu-header">Archives in this browser</MenuHeader>
                {archives.slice(0, 8).map((archive) => (
                  <MenuItem
                    key={archive.id}
                    id={`archive:${archive.id}`}
                    textValue={archive.name}
                    className="list-item menu-item"
                  >
                    <Text slot="label">{archive.name}</Text>
                    <Text slot="description" className="list-description">
                      {archiveShape(archive)} · {formatBytes(archive.bytes)} · {formatDate(archive.createdAt)}
                    </Text>
                  </MenuItem>
                ))}
              </MenuSection>
            )}
            <MenuSection className="menu-section" aria-label="Files">
              <MenuItem id="file:" textValue="Open a file…" className="list-item menu-item menu-open">
                <UploadIcon />
                <Text slot="label">Open a file…</Text>
              </MenuItem>
            </MenuSection>
          </Menu>
        </Popover>
      </MenuTrigger>
      <input
        ref={input}
        type="file"
        accept={ACCEPTED_FILES}
        multiple
        hidden
        aria-label="Open a file"
        onChange={(event) => take(event.currentTarget)}
      />
    </>
  );
}

/** "16,512 × 9", or "60,000 pictures". */
function archiveShape({ rows, columns, images }: ArchiveListing): string {
  return images === undefined ? `${formatCount(rows)} × ${columns}` : formatPlural(rows, 'picture');
}

function splitKey(key: string): [kind: string, id: string] {
  const colon = key.indexOf(':');
  return [key.slice(0, colon), key.slice(colon + 1)];
}

const ChangesSheet = lazy(() =>
  import('./changes/ChangesSheet.tsx').then((m) => ({ default: m.ChangesSheet })),
);

/** What was changed, to go back to or to compare with. */
function ChangesButton() {
  const [isOpen, setOpen] = useState(false);
  return (
    <span className="header-changes">
      <IconButton label="Changes and comparison" icon={<HistoryIcon />} onPress={() => setOpen(true)} />
      {isOpen && (
        <Suspense fallback={null}>
          <ChangesSheet isOpen onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </span>
  );
}

function ShareButton() {
  const link = useLab((lab) => lab.link);
  const say = useLab((lab) => lab.say);
  const isPhone = usePhone();

  async function share(): Promise<void> {
    const address = link();
    if (await copyText(address)) {
      say({
        tone: 'info',
        code: null,
        what: 'Link copied: it restores this experiment, settings and dataset name included, but not the data itself.',
        todo: null,
      });
    } else {
      say({
        tone: 'warning',
        code: null,
        what: 'The browser did not let the page use the clipboard.',
        todo: 'Copy the address from the address bar instead: it is the same link.',
      });
    }
  }

  const act = { icon: <ShareIcon />, onPress: () => void share() };
  return isPhone ? <IconButton label="Share" {...act} /> : <Button {...act}>Share</Button>;
}

const THEMES: readonly { choice: ThemeChoice; label: string }[] = [
  { choice: 'light', label: 'Light' },
  { choice: 'dark', label: 'Dark' },
  { choice: 'system', label: 'As the system' },
];

function ThemeMenu() {
  const [choice, setChoice] = useState(readThemeChoice);
  return (
    <MenuTrigger>
      <IconButton
        label="Theme"
        icon={choice === 'dark' ? <MoonIcon /> : choice === 'light' ? <SunIcon /> : <SystemIcon />}
      />
      <Popover className="popover" placement="bottom end" offset={4}>
        <Menu
          className="list-box"
          aria-label="Theme"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[choice]}
          onAction={(key) => {
            const theme = THEMES.find((entry) => entry.choice === key);
            if (theme === undefined) return;
            setChoice(theme.choice);
            chooseTheme(theme.choice);
          }}
        >
          {THEMES.map(({ choice: id, label }) => (
            <MenuItem key={id} id={id} textValue={label} className="list-item">
              <span className="list-check">
                <CheckIcon />
              </span>
              <Text slot="label">{label}</Text>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
