"""The tables, as numbered migrations; each runs once, in its own transaction, and is recorded in it."""

from __future__ import annotations

from sqlite_utils import Database

from survey.clock import utc_text

PEOPLE = """
create table person (
  id text primary key, login text not null unique, name text not null,
  role text not null check (role in ('member', 'leader', 'reviewer', 'province', 'admin')),
  duty text not null default '', province_code text, password_hash text not null, language text not null default 'vi',
  active integer not null default 1, fictitious integer not null default 0, created_at text not null,
  check (role <> 'province' or province_code is not null)
);
create table login_attempt (login text not null, address text not null, at text not null);
create index login_attempt_by_login on login_attempt (login, at);
create index login_attempt_by_address on login_attempt (address, at);
"""

UNITS = """
create table unit (
  code text not null,
  kind text not null check (kind in ('xa', 'phuong', 'dac_khu', 'so', 'tinh', 'province')),
  name text not null, province_code text not null, province_name text not null,
  latitude real, longitude real, area_km2 real, valid_from text not null, valid_to text, folded text not null,
  primary key (code, valid_from)
);
create index unit_by_province on unit (province_code, kind);
"""

PLANS = """
create table trip (
  id text primary key, decision_number text not null, decision_date text not null, title text not null,
  starts_on text not null, ends_on text not null, leader_id text not null references person (id),
  fictitious integer not null default 0, created_at text not null, created_by text not null references person (id),
  check (ends_on >= starts_on)
);
create table trip_member (
  trip_id text not null references trip (id), person_id text not null references person (id),
  duty text not null default '', primary key (trip_id, person_id)
);
create index trip_member_by_person on trip_member (person_id);
create table checklist_version (
  id text not null, version text not null, title text not null, unit_kinds text not null default '',
  source blob not null, source_name text not null, sha256 text not null, definition text not null,
  module text not null, published_at text not null, published_by text references person (id),
  primary key (id, version)
);
create table visit (
  id text primary key, trip_id text not null references trip (id), unit_code text not null,
  checklist_id text not null, checklist_version text not null,
  scope text not null default 'full' check (scope in ('full', 'core')), planned_on text not null,
  state text not null default 'draft' check (state in ('draft', 'submitted')),
  submitted_at text, submitted_by text references person (id), incomplete_reason text,
  fictitious integer not null default 0, created_at text not null, created_by text not null references person (id),
  unique (trip_id, unit_code),
  foreign key (checklist_id, checklist_version) references checklist_version (id, version),
  check (state = 'draft' or (submitted_at is not null and submitted_by is not null))
);
create index visit_by_unit on visit (unit_code);
create index visit_by_day on visit (planned_on);
"""

ANSWERS = """
create table change (
  seq integer primary key autoincrement, id text not null unique, visit_id text not null references visit (id),
  question text not null, value text, replaces text not null default '[]', at text not null, device_at text not null,
  device text not null, author_id text not null references person (id), received_at text not null,
  flag text check (flag in ('constraint'))
);
create index change_by_visit on change (visit_id, seq);
create table refused_change (
  id text not null, device text not null, visit_id text not null, author_id text references person (id),
  code text not null, message text not null, body text not null, received_at text not null
);
create index refused_change_by_visit on refused_change (visit_id);
create table attachment (
  sha256 text not null, visit_id text not null references visit (id), media_type text not null,
  size integer not null, name text not null default '', author_id text not null references person (id),
  received_at text not null, primary key (sha256, visit_id)
);
"""

RESULTS = """
create table assessment (
  visit_id text primary key references visit (id), unit_code text not null, province_code text not null,
  checklist_id text not null, checklist_version text not null, formula_version text not null,
  visited_on text not null, computed_at text not null, total real, level text, rank integer,
  completeness real not null, confidence real, lower real not null, upper real not null,
  gates_failed text not null default '[]', fictitious integer not null default 0, result text not null
);
create index assessment_by_unit on assessment
  (unit_code, visited_on desc, visit_id, rank, total, confidence, fictitious);
create index assessment_by_day on assessment (visited_on);
create table section_score (
  visit_id text not null references assessment (visit_id) on delete cascade, section text not null,
  score real, lower real not null, upper real not null, completeness real not null, primary key (visit_id, section)
);
create table audit (
  seq integer primary key autoincrement, at text not null, person_id text references person (id),
  action text not null, visit_id text, trip_id text, details text not null default '{}'
);
create index audit_by_visit on audit (visit_id, seq);
"""

# A change is known by its visit and its id: all that a tablet brings lies together in the index then, where an
# index of the ids alone is written to in a hundred places for a hundred changes.
EXCHANGE = """
create table change_anew (
  seq integer primary key autoincrement, id text not null, visit_id text not null references visit (id),
  question text not null, value text, replaces text not null default '[]', at text not null, device_at text not null,
  device text not null, author_id text not null references person (id), received_at text not null
);
insert into change_anew (seq, id, visit_id, question, value, replaces, at, device_at, device, author_id, received_at)
  select seq, id, visit_id, question, value, replaces, at, device_at, device, author_id, received_at from change;
drop table change;
alter table change_anew rename to change;
create unique index change_once on change (visit_id, id);
create index change_by_visit on change (visit_id, seq);
create table awaited_change (visit_id text not null, id text not null, primary key (visit_id, id));
insert into awaited_change (visit_id, id)
  select distinct change.visit_id, old.value from change, json_each(change.replaces) as old
  where not exists (select 1 from change as known where known.visit_id = change.visit_id and known.id = old.value);
alter table refused_change add column digest text not null default '';
update refused_change set digest = rowid;
create unique index refused_change_once on refused_change (author_id, digest);
create index trip_by_leader on trip (leader_id);
"""

BOUNDARIES = """
create table boundary_set (
  id integer primary key autoincrement, sha256 text not null, file_name text not null, file_sha256 text not null,
  units integer not null, missing text not null, imported_at text not null, imported_by text references person (id),
  in_use integer not null check (in_use in (0, 1))
);
create unique index boundary_set_in_use on boundary_set (in_use) where in_use = 1;
"""

# `counts_from` is the first day whose visits count for the unit in this period: those of before stand for another unit
# that had the code. A predecessor `counts` where it is the same unit under another code; `share` of it passed on.
UNIT_HISTORY = """
alter table unit add column counts_from text not null default '';
create table unit_successor (
  code text not null, predecessor text not null, since text not null, share real not null default 1,
  counts integer not null check (counts in (0, 1)), primary key (code, since, predecessor),
  check (share > 0 and share <= 1)
);
create index unit_successor_by_predecessor on unit_successor (predecessor, since);
insert into unit_successor (code, predecessor, since, share, counts)
  select min(unit.code), old.code, old.valid_to, 1, 1 from unit as old join unit
    on unit.province_code = old.province_code and unit.name = old.name and unit.valid_from = old.valid_to
  where old.kind in ('xa', 'phuong', 'dac_khu') and unit.kind in ('xa', 'phuong', 'dac_khu')
  group by old.code, old.valid_to having count(*) = 1 and min(unit.code) <> old.code;
update unit set counts_from = valid_from where exists (
  select 1 from unit_successor where unit_successor.code = unit.code and since = unit.valid_from);
create table unit_import (
  id integer primary key autoincrement, sha256 text not null, file_name text not null, counts text not null,
  imported_at text not null, imported_by text references person (id)
);
"""

# The register of documents; `data_sha256` is the hash of everything that a document is made of. Numbers are given to
# documents of a visit in the series of its decision; a wrong code asked for is counted like a wrong password.
DOCUMENTS = """
create table document (
  id text primary key, code text not null unique,
  kind text not null check (kind in ('minutes', 'report', 'trip_report', 'synthesis')),
  copy text not null check (copy in ('internal', 'province', 'commune', 'paper')),
  form text not null check (form in ('pdf', 'docx', 'xlsx')), language text not null check (language in ('vi', 'en')),
  visit_id text references visit (id) on delete set null, trip_id text references trip (id),
  area text not null default '', starts_on text not null default '', ends_on text not null default '',
  data_sha256 text not null, address text not null default '', name text not null, unit_vi text not null,
  unit_en text not null, dated text not null, number text not null default '',
  fictitious integer not null default 0 check (fictitious in (0, 1)),
  state text not null default 'waiting' check (state in ('waiting', 'rendering', 'ready', 'failed')),
  progress integer not null default 0 check (progress between 0 and 100),
  tries integer not null default 0, problem text not null default '', sha256 text, size integer,
  asked_at text not null, asked_by text references person (id), taken_at text, ready_at text,
  unique (kind, copy, form, language, data_sha256),
  check (state <> 'ready' or (sha256 is not null and size is not null and ready_at is not null)),
  check (state <> 'failed' or problem <> '')
);
create index document_in_queue on document (asked_at, id) where state in ('waiting', 'rendering');
create index document_by_visit on document (visit_id, ready_at);
create index document_by_trip on document (trip_id);
create table document_number (
  visit_id text not null references visit (id) on delete cascade,
  kind text not null check (kind in ('minutes', 'report')),
  decision_number text not null, year integer not null, number integer not null check (number between 1 and 9999),
  issued_on text not null, given_at text not null, given_by text not null references person (id),
  primary key (visit_id, kind), unique (decision_number, kind, year, number)
);
create table code_attempt (address text not null, at text not null);
create index code_attempt_by_address on code_attempt (address, at);
"""

# What the map and the synthesis read of many visits at once, beside each assessment and gone with it.
PROJECTIONS = """
create table item_score (
  visit_id text not null references assessment (visit_id) on delete cascade, item text not null, score real not null,
  gate_failed integer check (gate_failed in (0, 1)), confidential integer not null check (confidential in (0, 1)),
  primary key (visit_id, item)
) without rowid;
create table visit_recommendation (
  visit_id text not null references assessment (visit_id) on delete cascade, number integer not null,
  code text not null, key text not null, responsible text not null, priority text not null, due text,
  mends_gate integer not null check (mends_gate in (0, 1)),
  confidential integer not null check (confidential in (0, 1)), primary key (visit_id, number)
) without rowid;
create table visit_difficulty (
  visit_id text not null references assessment (visit_id) on delete cascade,
  grp integer not null check (grp between 1 and 4), number integer not null, primary key (visit_id, grp)
) without rowid;
create table visit_training (
  visit_id text not null references assessment (visit_id) on delete cascade, field text not null,
  number integer not null, primary key (visit_id, field)
) without rowid;
create table commitment (
  visit_id text not null references assessment (visit_id) on delete cascade, key text not null, side text not null,
  recommendation text not null, decision text not null, due text, text text not null, owner text not null,
  confidential integer not null check (confidential in (0, 1)), primary key (visit_id, key)
) without rowid;
create table visit_fact (
  visit_id text not null primary key references assessment (visit_id) on delete cascade, gates_failed integer not null,
  gates_failed_shared integer not null, received real, resolved real, on_time real, dossiers_per_officer_day real,
  power_return integer
) without rowid;
drop index assessment_by_unit;
create index assessment_by_unit on assessment
  (unit_code, visited_on desc, visit_id, rank, total, confidence, completeness, fictitious);
"""

# The number of a change stands in every entry of the index of ids: a second index, by visit and number, would cost
# each change a tenth of its time to find a visit's latest among at most some thousand entries.
LEANER_LOG = "drop index change_by_visit;\n"

# What is attached to a version: lists, pictures, sounds; the bytes lie with the attachments, named by their hash.
CHECKLIST_FILES = """
create table checklist_file (
  checklist_id text not null, version text not null, name text not null, sha256 text not null,
  media_type text not null, size integer not null, primary key (checklist_id, version, name),
  foreign key (checklist_id, version) references checklist_version (id, version)
);
"""

# Visits that were moved to another version of their checklist, and changes of theirs that this version does not count.
MOVES = """
create table visit_move (
  visit_id text not null references visit (id) on delete cascade, number integer not null, checklist_id text not null,
  from_version text not null, to_version text not null, moved_at text not null,
  moved_by text references person (id), primary key (visit_id, number),
  foreign key (checklist_id, from_version) references checklist_version (id, version),
  foreign key (checklist_id, to_version) references checklist_version (id, version)
) without rowid;
create table change_aside (
  visit_id text not null references visit (id) on delete cascade, change_id text not null,
  primary key (visit_id, change_id)
) without rowid;
create index visit_by_checklist on visit (checklist_id, checklist_version, state);
"""

MIGRATIONS = (
    (1, PEOPLE + UNITS + PLANS + ANSWERS + RESULTS),
    (2, EXCHANGE),
    (3, BOUNDARIES),
    (4, DOCUMENTS),
    (5, PROJECTIONS),
    (6, UNIT_HISTORY),
    (7, LEANER_LOG),
    (8, CHECKLIST_FILES),
    (9, MOVES),
)
"""Number and statements; a number that has been released is never changed again."""

LATEST = MIGRATIONS[-1][0]


def schema_number(db: Database) -> int:
    """The number of the last migration that this database has seen; 0 = an empty one."""
    known = db.execute("select 1 from sqlite_master where type = 'table' and name = 'migration'").fetchone()
    return db.execute("select coalesce(max(number), 0) from migration").fetchone()[0] if known else 0


def migrate(db: Database) -> None:
    """Run what is missing, one transaction for each migration."""
    db.execute("create table if not exists migration (number integer primary key, applied_at text not null)")
    for number, statements in MIGRATIONS:
        if number <= schema_number(db):
            continue
        db.conn.execute("begin immediate")
        try:
            _run(db, number, statements)
        except BaseException:
            db.rollback()
            raise
        db.commit()


def _run(db: Database, number: int, statements: str) -> None:
    if schema_number(db) >= number:  # another process was faster between the question and the lock
        return
    for statement in statements.split(";\n"):
        if statement.strip():
            db.conn.execute(statement)
    db.conn.execute("insert into migration (number, applied_at) values (?, ?)", (number, utc_text()))
