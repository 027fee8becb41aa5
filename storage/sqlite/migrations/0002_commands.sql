-- What the back office was asked to change, and what customers have proved.

CREATE TABLE commands (
    id           TEXT PRIMARY KEY,
    conversation INTEGER NOT NULL,
    generation   INTEGER NOT NULL,
    inbox        TEXT NOT NULL,
    customer     INTEGER NOT NULL,
    party        TEXT NOT NULL,
    intent       TEXT NOT NULL,
    action       TEXT NOT NULL,
    state        TEXT NOT NULL,
    outcome      TEXT NOT NULL,
    ended        INTEGER NOT NULL, -- 1: nothing can follow
    amount       INTEGER NOT NULL,
    due_at       INTEGER NOT NULL, -- 0: nobody need look at it again by itself
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    data         TEXT NOT NULL     -- JSON of action.Command
) WITHOUT ROWID;
CREATE INDEX commands_conversation ON commands (conversation, generation);
CREATE INDEX commands_party ON commands (party, inbox, updated_at);
CREATE INDEX commands_open ON commands (created_at) WHERE ended = 0;
CREATE INDEX commands_due ON commands (due_at) WHERE due_at <> 0;

CREATE TABLE action_switches ( -- what is switched off
    action TEXT PRIMARY KEY,
    by     TEXT NOT NULL,
    at     INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE proofs (
    conversation INTEGER NOT NULL,
    generation   INTEGER NOT NULL,
    level        TEXT NOT NULL,
    party        TEXT NOT NULL,
    active_at    INTEGER NOT NULL,
    PRIMARY KEY (conversation, generation)
) WITHOUT ROWID;

CREATE TABLE codes (
    id           INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL,
    generation   INTEGER NOT NULL,
    inbox        TEXT NOT NULL,
    party        TEXT NOT NULL,
    hash         BLOB NOT NULL, -- HMAC-SHA256; the code itself is nowhere
    sent_at      INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    tries        INTEGER NOT NULL,
    used         INTEGER NOT NULL
);
CREATE INDEX codes_conversation ON codes (conversation);
CREATE INDEX codes_party ON codes (party, inbox, sent_at);

CREATE TABLE code_attempts (
    conversation INTEGER NOT NULL,
    client_id    BLOB NOT NULL,
    outcome      TEXT NOT NULL,
    tries        INTEGER NOT NULL, -- wrong ones
    tries_left   INTEGER NOT NULL,
    hide         INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (conversation, client_id)
) WITHOUT ROWID;

CREATE TABLE bot_memory (
    conversation INTEGER NOT NULL,
    turn         BLOB NOT NULL, -- client id of the bot's message
    at           INTEGER NOT NULL,
    state        BLOB NOT NULL,
    PRIMARY KEY (conversation, turn)
) WITHOUT ROWID;
