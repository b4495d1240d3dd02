package io.cacheport.examples.jobs;

import io.cacheport.TypeRef;
import io.cacheport.aside.Cache;
import java.time.Duration;

/** How each type of data is cached: all there is to configure, in one place. */
enum DataType {
    USER("user", Duration.ofHours(1)),
    JOB("job", Duration.ofMinutes(5)),
    USER_JOBS("user-jobs", Duration.ofMinutes(5)),
    JOB_RESULT("job-result", Duration.ofMinutes(10));

    private final String prefix;
    private final Duration ttl;

    DataType(String prefix, Duration ttl) {
        this.prefix = prefix;
        this.ttl = ttl;
    }

    <V> Cache.Builder<V> of(TypeRef<V> type) {
        return Cache.named(prefix, type).ttl(ttl);
    }

    <V> Cache.Builder<V> of(Class<V> type) {
        return of(TypeRef.of(type));
    }
}
