-- What is removed by age is found without reading everything else.
CREATE INDEX commands_ended ON commands (updated_at) WHERE ended = 1 AND due_at = 0;
CREATE INDEX codes_sent ON codes (sent_at);
CREATE INDEX codes_live ON codes (expires_at) WHERE hash <> x'';
CREATE INDEX code_attempts_at ON code_attempts (at);
