-- A platform that cleans lists of names, phone numbers and addresses: users, their jobs, and what came out of them.

CREATE TABLE app_user (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name         text NOT NULL,
    organisation text NOT NULL
);

CREATE TABLE job (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id  bigint NOT NULL REFERENCES app_user,
    kind     text NOT NULL,
    status   text NOT NULL,
    progress int NOT NULL -- percent
);

CREATE TABLE job_result (
    job_id     bigint PRIMARY KEY REFERENCES job,
    row_count  int NOT NULL,
    invalid    int NOT NULL,
    normalized text NOT NULL -- CSV
);

INSERT INTO app_user (name, organisation)
SELECT 'User ' || n, 'Organisation ' || n % 50 FROM generate_series(1, 1000) n;

INSERT INTO job (user_id, kind, status, progress)
SELECT 1 + n % 1000, (ARRAY ['NAME', 'PHONE', 'ADDRESS'])[1 + n % 3], 'COMPLETED', 100 FROM generate_series(1, 5000) n;

INSERT INTO job_result (job_id, row_count, invalid, normalized)
SELECT id, 1000, id % 40, repeat(E'+4930123456,valid\n', 40) FROM job;

CREATE INDEX job_by_user ON job (user_id, id DESC);
ANALYZE;
