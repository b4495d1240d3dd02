-- The booking catalogue; its indexes are in indexes.sql.

CREATE TABLE tenant (
    id     text PRIMARY KEY,
    name   text NOT NULL,
    active boolean NOT NULL
);

CREATE TABLE segment (
    id         bigint PRIMARY KEY,
    tenant_id  text NOT NULL REFERENCES tenant,
    name       text NOT NULL,
    sort_order int NOT NULL,
    active     boolean NOT NULL
);

CREATE TABLE venue (
    id        bigint PRIMARY KEY,
    tenant_id text NOT NULL REFERENCES tenant,
    name      text NOT NULL,
    city      text NOT NULL,
    seats     int NOT NULL
);

CREATE TABLE package (
    id           bigint PRIMARY KEY,
    tenant_id    text NOT NULL REFERENCES tenant,
    segment_id   bigint NOT NULL REFERENCES segment,
    venue_id     bigint NOT NULL REFERENCES venue,
    slug         text NOT NULL,
    title        text NOT NULL,
    description  text NOT NULL,
    price        numeric(10, 2) NOT NULL,
    per_day      int NOT NULL, -- how many bookings one day takes
    grouping     text NOT NULL,
    active       boolean NOT NULL,
    updated_at   timestamptz NOT NULL,
    CONSTRAINT package_by_tenant_slug UNIQUE (tenant_id, slug)
);

CREATE TABLE add_on (
    id         bigint PRIMARY KEY,
    tenant_id  text NOT NULL REFERENCES tenant,
    segment_id bigint NOT NULL REFERENCES segment,
    title      text NOT NULL,
    price      numeric(10, 2) NOT NULL,
    active     boolean NOT NULL
);

CREATE TABLE customer (
    id         bigint PRIMARY KEY,
    tenant_id  text NOT NULL REFERENCES tenant,
    name       text NOT NULL,
    email      text NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE booking (
    id           bigint PRIMARY KEY,
    tenant_id    text NOT NULL REFERENCES tenant,
    package_id   bigint NOT NULL REFERENCES package,
    customer_id  bigint NOT NULL REFERENCES customer,
    date         date NOT NULL,
    status       text NOT NULL CHECK (status IN ('PENDING', 'CONFIRMED', 'CANCELLED')),
    total        numeric(10, 2) NOT NULL,
    created_at   timestamptz NOT NULL,
    confirmed_at timestamptz
);

CREATE TABLE blackout (
    tenant_id text NOT NULL REFERENCES tenant,
    date      date NOT NULL,
    reason    text NOT NULL,
    PRIMARY KEY (tenant_id, date)
);
