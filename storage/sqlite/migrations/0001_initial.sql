-- Names and small numbers: every table is small on disk, because each page that a commit touches is
-- written to the log. Times are milliseconds since 1970, 0 for none. Enumerations are numbered in code.go.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE customers (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    email      TEXT NOT NULL,
    phone      TEXT NOT NULL,
    language   TEXT NOT NULL,
    tier       TEXT NOT NULL,
    notes      TEXT NOT NULL,
    fields     TEXT NOT NULL, -- JSON object, or empty
    created_at INTEGER NOT NULL
);

CREATE TABLE identities (
    inbox    TEXT NOT NULL,
    kind     TEXT NOT NULL,
    source   TEXT NOT NULL,
    customer INTEGER NOT NULL REFERENCES customers (id),
    PRIMARY KEY (inbox, kind, source)
) WITHOUT ROWID;
CREATE INDEX identities_customer ON identities (customer);

CREATE TABLE conversations (
    id                 INTEGER PRIMARY KEY,
    rev                INTEGER NOT NULL,
    seq                INTEGER NOT NULL,
    customer_delivered INTEGER NOT NULL,
    customer_read      INTEGER NOT NULL,
    agent_read         INTEGER NOT NULL,
    waiting_since      INTEGER NOT NULL,
    last_message       INTEGER NOT NULL, -- rev of the last shared message, 0 for none
    -- What follows changes seldom; what stands above, with every message. Only numbers stand there, so
    -- that the row keeps its size and SQLite overwrites it in place.
    status             INTEGER NOT NULL,
    inbox              TEXT NOT NULL,
    customer           INTEGER NOT NULL,
    assignee           INTEGER NOT NULL,
    team               TEXT NOT NULL,
    queue              TEXT NOT NULL,
    priority           INTEGER NOT NULL,
    language           TEXT NOT NULL,
    disposition        TEXT NOT NULL,
    csat               INTEGER NOT NULL,
    created_at         INTEGER NOT NULL,
    snoozed_until      INTEGER NOT NULL,
    resolved_at        INTEGER NOT NULL,
    bot_generation     INTEGER NOT NULL,
    left_message       INTEGER NOT NULL,
    extra              TEXT NOT NULL -- JSON of tags and handoff, or empty
);
CREATE INDEX conversations_rev ON conversations (rev);
CREATE INDEX conversations_customer ON conversations (customer, inbox);
-- 6 is resolved: the open ones are few, whatever the age of the desk
CREATE INDEX conversations_open ON conversations (status) WHERE status <> 6;
CREATE INDEX conversations_assignee ON conversations (assignee, status) WHERE assignee <> 0;

CREATE TABLE conversation_tags (
    tag          TEXT NOT NULL,
    conversation INTEGER NOT NULL,
    PRIMARY KEY (tag, conversation)
) WITHOUT ROWID;

-- A row is the fact "message_appended"; the other facts are in events. rev is one counter over both.
CREATE TABLE messages (
    rev          INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL,
    seq          INTEGER NOT NULL, -- 0 for notes
    client_id    BLOB,             -- 16 bytes
    kind         INTEGER NOT NULL,
    actor        INTEGER NOT NULL,
    actor_id     INTEGER NOT NULL,
    actor_name   TEXT,
    at           INTEGER NOT NULL,
    text         TEXT NOT NULL,
    extra        TEXT              -- JSON of attachments, choices, activity, bot
);
CREATE INDEX messages_conversation ON messages (conversation); -- and, as in every index, rev
-- The id goes first: ids of version 7 grow with time, so a batch touches the last pages of the index only.
CREATE UNIQUE INDEX messages_client_id ON messages (client_id, conversation) WHERE client_id IS NOT NULL;

CREATE TABLE events (
    rev          INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL, -- 0 for none
    type         TEXT NOT NULL,
    at           INTEGER NOT NULL,
    actor        INTEGER NOT NULL,
    actor_id     INTEGER NOT NULL,
    actor_name   TEXT,
    data         TEXT NOT NULL     -- JSON
);
CREATE INDEX events_conversation ON events (conversation) WHERE conversation <> 0;

CREATE TABLE agents (
    id         INTEGER PRIMARY KEY,
    login      TEXT NOT NULL UNIQUE COLLATE NOCASE,
    data       TEXT NOT NULL, -- JSON of assist.Agent
    password   TEXT NOT NULL, -- argon2id hash in its own text form, or empty
    created_at INTEGER NOT NULL
);

CREATE TABLE sessions (
    hash       TEXT PRIMARY KEY,
    agent      INTEGER NOT NULL REFERENCES agents (id),
    device     TEXT NOT NULL,
    remote     TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen  INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_agent ON sessions (agent);

-- teams, queues, macros and tags: few, read whole, kept as the JSON of their type in assist
CREATE TABLE settings (
    kind TEXT NOT NULL,
    id   TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;

CREATE TABLE attachments (
    id           TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    type         TEXT NOT NULL,
    size         INTEGER NOT NULL,
    sha256       TEXT NOT NULL,
    owner        TEXT NOT NULL,
    created_at   INTEGER NOT NULL
) WITHOUT ROWID;

-- which conversations hold a file; a macro's file is in many
CREATE TABLE conversation_attachments (
    conversation INTEGER NOT NULL,
    attachment   TEXT NOT NULL,
    PRIMARY KEY (conversation, attachment)
) WITHOUT ROWID;
CREATE INDEX conversation_attachments_attachment ON conversation_attachments (attachment);

-- Full text: rowid is the message's rev, so "newest first" needs no sorting. The text is not kept twice.
CREATE VIRTUAL TABLE message_words USING fts5 (
    words, content = '', contentless_delete = 1, detail = full, prefix = '3',
    tokenize = "unicode61 remove_diacritics 2"
);
