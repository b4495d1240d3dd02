-- A ticketing platform, with 200 users, 600 events and 6,000 tickets.

CREATE TABLE app_user (
    id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name  text NOT NULL,
    email text NOT NULL
);

CREATE TABLE event (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title       text NOT NULL,
    description text NOT NULL,
    state       text NOT NULL,
    kind        text NOT NULL,
    starts      timestamptz NOT NULL,
    cents       int NOT NULL,
    capacity    int NOT NULL,
    sold        int NOT NULL DEFAULT 0,
    hidden      boolean NOT NULL DEFAULT false,
    version     bigint NOT NULL DEFAULT 1 -- one more with each change
);

CREATE TABLE ticket (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id bigint NOT NULL REFERENCES event,
    user_id  bigint NOT NULL REFERENCES app_user,
    status   text NOT NULL
);

CREATE TABLE payment (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id   bigint NOT NULL REFERENCES app_user,
    ticket_id bigint NOT NULL REFERENCES ticket,
    cents     int NOT NULL,
    card      text NOT NULL,
    status    text NOT NULL
);

CREATE TABLE referral (
    user_id  bigint NOT NULL REFERENCES app_user,
    referred bigint NOT NULL REFERENCES app_user
);

CREATE TABLE group_buy (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id bigint NOT NULL REFERENCES event,
    members  int NOT NULL,
    wanted   int NOT NULL
);

INSERT INTO app_user (name, email) SELECT 'User ' || n, 'user' || n || '@example.com' FROM generate_series(1, 200) n;

INSERT INTO event (title, description, state, kind, starts, cents, capacity, sold)
SELECT 'Event ' || n, repeat('Come and see. ', 20), (ARRAY ['LAGOS', 'ABUJA', 'RIVERS', 'KANO', 'OYO'])[1 + n % 5],
       (ARRAY ['CONCERT', 'SPORT', 'THEATRE'])[1 + n % 3], timestamptz '2030-01-01Z' + n * interval '1 hour',
       5000, 50, 10
FROM generate_series(1, 600) n;

INSERT INTO ticket (event_id, user_id, status)
SELECT 1 + n % 600, 1 + n % 199, CASE WHEN n % 10 = 0 THEN 'USED' ELSE 'VALID' END FROM generate_series(1, 6000) n;

INSERT INTO payment (user_id, ticket_id, cents, card, status)
SELECT user_id, id, 5000, '4000 0000 0000 ' || 1000 + id, 'PAID' FROM ticket;

INSERT INTO referral SELECT 1 + n * n % 150, 1 + n % 200 FROM generate_series(1, 600) n;
INSERT INTO group_buy (event_id, members, wanted) SELECT n, 1 + n % 4, 5 FROM generate_series(1, 20) n;

CREATE INDEX event_by_feed ON event (state, kind, starts, id) WHERE NOT hidden;
CREATE INDEX ticket_by_user ON ticket (user_id);
CREATE INDEX ticket_by_event ON ticket (event_id);
CREATE INDEX payment_by_user ON payment (user_id);
CREATE INDEX payment_by_ticket ON payment (ticket_id);
ANALYZE;
