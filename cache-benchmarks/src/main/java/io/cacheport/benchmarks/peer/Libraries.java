package io.cacheport.benchmarks.peer;

import com.alicp.jetcache.redis.lettuce.RedisLettuceCache;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.lettuce.core.RedisClient;
import io.netty.channel.Channel;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.redisson.Redisson;
import org.springframework.cache.caffeine.CaffeineCache;
import org.springframework.data.redis.cache.RedisCache;
import redis.clients.jedis.UnifiedJedis;
import tools.jackson.databind.json.JsonMapper;

/** What the compared libraries are, and what they stand on. */
public final class Libraries {

    private static final List<Class<?>> ALL = List.of(
            Caffeine.class,
            RedisClient.class,
            Channel.class,
            UnifiedJedis.class,
            RedisLettuceCache.class,
            Redisson.class,
            RedisCache.class,
            CaffeineCache.class,
            ObjectMapper.class,
            JsonMapper.class);

    private Libraries() {}

    /** The names of the files they come from, which tell their versions. */
    public static String versions() {
        return ALL.stream().map(Libraries::file).collect(Collectors.joining(", "));
    }

    private static String file(Class<?> one) {
        URL from = Objects.requireNonNull(one.getProtectionDomain().getCodeSource())
                .getLocation();
        String path = from.getPath();
        return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.jar$", "");
    }
}
