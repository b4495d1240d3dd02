/** The in-memory adapter of CachePort. */
module io.cacheport.inmemory {
    requires static transitive org.jspecify;
    requires transitive io.cacheport.api;
    requires com.github.benmanes.caffeine;

    exports io.cacheport.inmemory;

    uses io.cacheport.spi.CodecProvider;

    provides io.cacheport.spi.CacheAdapterProvider with
            io.cacheport.inmemory.InMemoryAdapterProvider;
}
