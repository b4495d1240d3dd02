package io.cacheport.examples.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.CacheServicePort;
import io.cacheport.admin.CacheAdmin;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import org.junit.jupiter.api.Test;

class InMemoryJobsTest extends CachedJobsContract {

    @Override
    CacheServicePort open() {
        return InMemoryCacheAdapter.builder().copying().build();
    }

    @Test
    void hasNoCircuits() {
        assertThat(CacheAdmin.of(cache()).build().circuits()).isEmpty();
    }
}
