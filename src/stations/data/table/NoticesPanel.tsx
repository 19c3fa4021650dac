import type { DatasetSummary } from '../../../contracts/codec.ts';
import { Disclosure, Notice } from '../../../ui/controls/index.ts';
import { formatCount, formatPlural } from '../../../ui/format.ts';
import { groupNotices, isAlike, type NoticeGroup } from './notices.ts';

/** Groups shown at once, and columns listed of a group. */
const MOST_GROUPS = 12;
const MOST_LISTED = 100;
/** Columns that are named in the line itself. */
const MOST_NAMED = 3;

/** What the reader has to say on the table: a line each, however many columns it is about. */
export function NoticesPanel({ dataset }: { dataset: DatasetSummary }) {
  const groups = groupNotices(dataset.notices);
  if (groups.length === 0) return null;
  const rest = groups.slice(MOST_GROUPS);
  return (
    <Notice tone="warning">
      <p>
        <strong>{formatPlural(groups.length, 'remark')} on this table</strong>
      </p>
      <NoticeLines groups={groups.slice(0, MOST_GROUPS)} />
      {rest.length > 0 && (
        <Disclosure title={`${formatPlural(rest.length, 'more remark')}`}>
          <NoticeLines groups={rest.slice(0, MOST_LISTED)} />
          {rest.length > MOST_LISTED && <p>and {formatCount(rest.length - MOST_LISTED)} more</p>}
        </Disclosure>
      )}
    </Notice>
  );
}

function NoticeLines({ groups }: { groups: readonly NoticeGroup[] }) {
  return (
    <ul className="notice-list">
      {groups.map((group, index) => (
        <li key={index}>
          <NoticeLine group={group} />
        </li>
      ))}
    </ul>
  );
}

function NoticeLine({ group }: { group: NoticeGroup }) {
  const { columns, texts } = group;
  if (columns === null) return texts[0];
  if (isAlike(group) && columns.length <= MOST_NAMED) {
    return (
      <>
        <strong>{columns.join(', ')}: </strong>
        {texts[0]}
      </>
    );
  }
  if (columns.length <= MOST_NAMED) return <EachColumn columns={columns} texts={texts} />;
  return (
    <>
      <strong>{formatPlural(columns.length, 'column')}: </strong>
      {isAlike(group) ? texts[0] : `such as ${columns[0]}: ${texts[0]}`}
      <Disclosure title="Which columns">
        {isAlike(group) ? (
          <p>{columns.slice(0, MOST_LISTED).join(', ')}</p>
        ) : (
          <EachColumn columns={columns.slice(0, MOST_LISTED)} texts={texts} />
        )}
        {columns.length > MOST_LISTED && <p>and {formatCount(columns.length - MOST_LISTED)} more</p>}
      </Disclosure>
    </>
  );
}

function EachColumn({ columns, texts }: { columns: readonly string[]; texts: readonly string[] }) {
  return columns.map((column, index) => (
    <p key={index}>
      <strong>{column}: </strong>
      {texts[index]}
    </p>
  ));
}
