/** The port of CachePort, the cache-aside engine and what adapters share. */
module io.cacheport.api {
    requires static transitive org.jspecify;
    requires transitive org.slf4j;
    requires static micrometer.core;
    requires static micrometer.observation;

    exports io.cacheport;
    exports io.cacheport.admin;
    exports io.cacheport.aside;
    exports io.cacheport.behind;
    exports io.cacheport.config;
    exports io.cacheport.events;
    exports io.cacheport.guard;
    exports io.cacheport.health;
    exports io.cacheport.key;
    exports io.cacheport.lease;
    exports io.cacheport.limit;
    exports io.cacheport.lock;
    exports io.cacheport.metrics;
    exports io.cacheport.session;
    exports io.cacheport.spi;
    exports io.cacheport.stats;
    exports io.cacheport.structure;
    exports io.cacheport.tiered;
    exports io.cacheport.warm;

    uses io.cacheport.spi.CacheAdapterProvider;
}
