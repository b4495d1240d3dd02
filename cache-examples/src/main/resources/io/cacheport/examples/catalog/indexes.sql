-- Each serves a query of CatalogRepository or BookingRepository; IndexUsageTest asks the planner whether it does.
-- Apart from schema.sql because loading rows first and indexing them after takes half the time.

CREATE INDEX booking_by_tenant_status ON booking (tenant_id, status);
CREATE INDEX booking_by_tenant_date ON booking (tenant_id, date);
CREATE INDEX booking_by_tenant_status_date ON booking (tenant_id, status, date);
CREATE INDEX booking_by_customer ON booking (customer_id);
CREATE INDEX booking_by_created_at ON booking (created_at);
CREATE INDEX booking_by_tenant_confirmed_at ON booking (tenant_id, confirmed_at);

CREATE INDEX customer_by_created_at ON customer (created_at);
CREATE INDEX customer_by_tenant_created_at ON customer (tenant_id, created_at);

CREATE INDEX package_by_tenant_active ON package (tenant_id, active);
CREATE INDEX package_by_segment_active ON package (segment_id, active);
CREATE INDEX package_by_segment_grouping ON package (segment_id, grouping);

CREATE INDEX add_on_by_tenant_active ON add_on (tenant_id, active);
CREATE INDEX add_on_by_tenant_segment ON add_on (tenant_id, segment_id);

CREATE INDEX segment_by_tenant_active ON segment (tenant_id, active);
CREATE INDEX segment_by_tenant_sort_order ON segment (tenant_id, sort_order);

CREATE INDEX venue_by_tenant_city ON venue (tenant_id, city);
