package io.cacheport.examples.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.CacheServicePort;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuerySavingsTest {

    private final CacheServicePort cache = InMemoryCacheAdapter.create();
    private final QuerySavings savings = new QuerySavings();
    private final CachedCatalog cached = new CachedCatalog(savings.source(new FakeCatalog()), cache);
    private final Catalog served = savings.served(cached);

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void aReadThatHitsIsSavedAndOneThatLoadsIsNot() {
        served.packages("anna");
        served.packages("anna");
        served.packageBySlug("anna", "loud");
        served.packages("anna");
        assertThat(savings.reads()).isEqualTo(4);
        assertThat(savings.asked()).isEqualTo(2);
    }

    @Test
    void warmingIsNobodysRead() {
        cached.warm();
        assertThat(savings.reads()).isZero();
        assertThat(savings.asked()).isZero();
        served.packages("anna");
        assertThat(savings.reads()).isEqualTo(1);
        assertThat(savings.asked()).isZero();
    }
}
