-- The chat: what must not be lost. What may be is in the cache alone.

CREATE TABLE chat_user (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name   text NOT NULL,
    status text NOT NULL
);

CREATE TABLE conversation (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    direct text UNIQUE -- the two users of a direct conversation
);

CREATE TABLE member (
    conversation_id bigint NOT NULL REFERENCES conversation,
    user_id         bigint NOT NULL REFERENCES chat_user,
    last_read       bigint NOT NULL DEFAULT 0, -- the id of a message
    PRIMARY KEY (conversation_id, user_id)
);

CREATE INDEX member_user ON member (user_id);

CREATE TABLE message (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    conversation_id bigint NOT NULL REFERENCES conversation,
    sender_id       bigint NOT NULL REFERENCES chat_user,
    body            text NOT NULL,
    sent_at         timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX message_conversation ON message (conversation_id, id);

CREATE TABLE login (
    name       text PRIMARY KEY, -- not the id of the session: that is the user's secret
    user_id    bigint NOT NULL REFERENCES chat_user,
    idle_until timestamptz NOT NULL,
    ends_at    timestamptz NOT NULL
);
