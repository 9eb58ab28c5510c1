-- Satisfaction surveys 满意度调查 (FU8): what is asked, whom it goes to, and one answer a household whatever the channel.

create table surveys (
  community_id uuid not null references communities,
  id uuid not null,
  title text not null check (length(title) between 1 and 80),
  introduction text not null default '' check (length(introduction) <= 1000),
  -- Fixed once it is open: [{kind, text, options, isRequired, isOverall}].
  questions jsonb not null,
  state text not null check (state in ('draft', 'open', 'closed')),
  -- null: all households; else so many of them, drawn with the seed.
  sample_size int check (sample_size > 0),
  sample_seed text check (sample_seed ~ '^[0-9a-f]{32}$'),
  -- Answers are taken until the end of this day.
  ends_on date not null,
  -- From this step on an answer counts as satisfied: the standard's figure of the day it was opened.
  satisfied_from int check (satisfied_from between 1 and 5),
  made_by uuid not null references accounts,
  made_at timestamptz not null,
  opened_at timestamptz,
  closed_at timestamptz,
  -- Given to head office, with what was said.
  handed_at timestamptz,
  handed_by uuid references accounts,
  handed_note text check (length(handed_note) between 1 and 1000),
  version int not null default 1,
  primary key (community_id, id),
  check ((state = 'draft') = (opened_at is null)),
  check ((state = 'closed') = (closed_at is not null)),
  check (handed_at is null or state = 'closed')
);
create index surveys_open on surveys (ends_on) where state = 'open';

-- A household asked, and its answer: in one row, so that there is one answer.
create table survey_households (
  community_id uuid not null references communities,
  id uuid not null,
  survey_id uuid not null,
  unit_id uuid not null,
  -- 1, 2, 3 … in the order of the rooms: what stands on the paper.
  number int not null check (number > 0),
  -- Looked up by its hash; sealed, so that letters can be printed again.
  token_hash bytea not null,
  token_sealed bytea not null,
  answers jsonb,
  answered_at timestamptz,
  channel text check (channel in ('link', 'paper', 'phone', 'visit')),
  entered_by uuid references accounts,
  -- Kept beside the answer, so that a survey of thousands adds up at once: satisfied, and the points 0–100.
  is_satisfied boolean,
  points int check (points between 0 and 100),
  primary key (community_id, id),
  foreign key (community_id, survey_id) references surveys,
  foreign key (community_id, unit_id) references units,
  check ((answers is null) = (answered_at is null) and (answers is null) = (channel is null)),
  check ((channel = 'link') <= (entered_by is null))
);
create unique index survey_households_unit on survey_households (community_id, survey_id, unit_id);
create unique index survey_households_number on survey_households (community_id, survey_id, number);
-- Whoever opens a link has nothing but the token.
create unique index survey_households_token on survey_households (token_hash);
