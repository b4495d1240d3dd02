CREATE TABLE category (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id text NOT NULL,
    name text NOT NULL
);
CREATE INDEX category_organization ON category (organization_id);

CREATE TABLE item (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    category_id bigint NOT NULL REFERENCES category,
    name text NOT NULL,
    views bigint NOT NULL DEFAULT 0
);
CREATE INDEX item_category ON item (category_id);

CREATE TABLE "order" (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    item_id bigint NOT NULL REFERENCES item,
    status text NOT NULL,
    version bigint NOT NULL DEFAULT 1
);

-- the batches of views that have been added: one that comes again is not added twice
CREATE TABLE views_batch (
    id text PRIMARY KEY,
    written_at timestamptz NOT NULL DEFAULT now()
);
