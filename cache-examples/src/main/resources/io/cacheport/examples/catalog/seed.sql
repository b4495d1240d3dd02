-- Made-up tenants, the same on every run. ${...} are the fields of CatalogSize. Half of what a tenant ever offered is
-- retired, evenly over its segments.

SELECT setseed(0.42);

INSERT INTO tenant
SELECT to_char(t, '"tenant-"FM000'), 'Tenant ' || t, true
FROM generate_series(1, ${tenants}) t;

INSERT INTO tenant VALUES ('closed', 'Closed', false);

INSERT INTO segment
SELECT (t - 1) * ${segments} + s, to_char(t, '"tenant-"FM000'), 'Segment ' || s, s, s % 2 = 1
FROM generate_series(1, ${tenants}) t, generate_series(1, ${segments}) s
ORDER BY t, s;

INSERT INTO venue
SELECT (t - 1) * ${venues} + v, to_char(t, '"tenant-"FM000'), 'Venue ' || v,
       (ARRAY['Lisbon', 'Porto', 'Faro', 'Braga', 'Evora'])[v % 5 + 1], 10 + v % 190
FROM generate_series(1, ${tenants}) t, generate_series(1, ${venues}) v
ORDER BY t, v;

INSERT INTO package
SELECT (t - 1) * ${packages} + p,
       to_char(t, '"tenant-"FM000'),
       (t - 1) * ${segments} + (p - 1) % ${segments} + 1,
       (t - 1) * ${venues} + (p - 1) % ${venues} + 1,
       'package-' || p,
       'Package ' || p,
       'A day that somebody else prepared, number ' || p || ': photographs, flowers, music and a quiet place to sit.',
       200 + (p * 37) % 900,
       1 + p % 3,
       (ARRAY['elopement', 'family', 'corporate'])[p % 3 + 1],
       (p - 1) / ${segments} % 2 = 0,
       now() - p * interval '1 day'
FROM generate_series(1, ${tenants}) t, generate_series(1, ${packages}) p
ORDER BY t, p;

INSERT INTO add_on
SELECT (t - 1) * ${addOns} + a, to_char(t, '"tenant-"FM000'), (t - 1) * ${segments} + (a - 1) % ${segments} + 1,
       'Add-on ' || a, 15 + a % 85, (a - 1) / ${segments} % 2 = 0
FROM generate_series(1, ${tenants}) t, generate_series(1, ${addOns}) a
ORDER BY t, a;

INSERT INTO customer
SELECT (t - 1) * ${customers} + c, to_char(t, '"tenant-"FM000'), 'Customer ' || c, 'customer' || c || '@example.com',
       now() - random() * interval '700 days'
FROM generate_series(1, ${tenants}) t, generate_series(1, ${customers}) c
ORDER BY t, c;

-- A year back and half a year ahead; three in four confirmed.
INSERT INTO booking
SELECT n, to_char(t, '"tenant-"FM000'), (t - 1) * ${packages} + p, (t - 1) * ${customers} + 1 + floor(random() * ${customers})::int,
       day, status, 200 + (p * 37) % 900, created_at,
       CASE WHEN status = 'CONFIRMED' THEN created_at + interval '1 day' END
FROM (SELECT n,
             n % ${tenants} + 1 AS t,
             1 + floor(random() * ${packages})::int AS p,
             current_date - 365 + floor(random() * 545)::int AS day,
             (ARRAY['CONFIRMED', 'CONFIRMED', 'CONFIRMED', 'PENDING', 'CANCELLED', 'CONFIRMED'])[n / ${tenants} % 6 + 1]
                 AS status,
             now() - random() * interval '500 days' AS created_at
      FROM generate_series(1, ${bookings}) n) made;

INSERT INTO blackout
SELECT to_char(t, '"tenant-"FM000'), current_date + d, 'Closed for the season'
FROM generate_series(1, ${tenants}) t, generate_series(5, 180, 7) d;
