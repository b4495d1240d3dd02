/** The Redis adapter of CachePort, and its JSON codec. */
module io.cacheport.redis {
    requires static transitive org.jspecify;
    requires transitive io.cacheport.api;
    requires transitive com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.datatype.jdk8;
    requires com.fasterxml.jackson.datatype.jsr310;
    requires transitive lettuce.core;
    requires io.github.resilience4j.circuitbreaker;
    requires static com.github.luben.zstd_jni;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires org.reactivestreams;
    requires reactor.core;

    exports io.cacheport.redis;
    exports io.cacheport.redis.codec;
    exports io.cacheport.redis.json;

    provides io.cacheport.spi.CacheAdapterProvider with
            io.cacheport.redis.RedisAdapterProvider;
    provides io.cacheport.spi.CodecProvider with
            io.cacheport.redis.json.JsonCodecProvider;
}
