package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cacheport.Glob;
import io.cacheport.aside.Cache;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Removing many keys reaches one's own and nobody else's. */
class SharedRedisTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int NAMES = 100_000;
    private static final String GLOB_CHARACTERS = "*?[]^-\\ab";

    @Test
    @FaultRow(79)
    void aGlobCharacterIsNoWildcard() throws Exception {
        Row row = FaultMatrix.row(79, "glob characters in tenant or cache name");
        try (RedisServer server = RedisServer.start();
                RespClient client = server.client();
                RedisCacheAdapter cache = Profile.open(server.uri())) {
            for (String name : List.of("*", "?", "[ab]", "\\", "t*", "a:b", "")) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> Cache.named("c", String.class).tenant(name));
                assertThatIllegalArgumentException().isThrownBy(() -> Cache.named(name, String.class));
            }
            Cache<String, String> dotted =
                    Cache.named("a.b-", String.class).tenant("t._-").over(cache);
            dotted.put(LogWatch.KEY, LogWatch.VALUE);
            cache.set("axb-:t._-:k", "other", MINUTE);
            dotted.invalidateAll();
            assertThat(cache.get("axb-:t._-:k", String.class)).isEqualTo("other");
            assertThat(dotted.getIfPresent(LogWatch.KEY)).isNull();

            try (NaiveCache naive = NaiveCache.connect(server.uri())) {
                List.of("*", "a", "b").forEach(tenant -> client.call("SET", "t:" + tenant + ":k", "1"));
                long removed = naive.flush("t:" + "*" + ":*");
                assertThat(removed).isEqualTo(3);
                row.naive("removing those of tenant * removed those of all " + removed + " tenants");
            }
            client.call("FLUSHDB");
            long asked = scans(client);
            row.ours("such names are refused, and Glob.escape matches as SCAN on a real server does");
            row.figure(
                    String.format(
                            Locale.ROOT, "0 keys too many or too few for %,d random names (%,d keys)", NAMES, asked),
                    "0");
        }
    }

    /** For each name: keys that begin with it, and keys that a wildcard in it would reach; how many keys in all. */
    private static long scans(RespClient client) {
        SplittableRandom random = new SplittableRandom(79);
        long asked = 0;
        for (int i = 0; i < NAMES; i++) {
            String name = text(random);
            Set<String> keys = new HashSet<>(List.of(name + ":1", name + ":", name, "a:1", "ab:1", "b:1", "aa:1"));
            for (int other = 0; other < 4; other++) {
                keys.add(text(random) + ":1");
            }
            asked += keys.size();
            List<String[]> commands = new ArrayList<>();
            commands.add(Stream.concat(Stream.of("MSET"), keys.stream().flatMap(key -> Stream.of(key, "1")))
                    .toArray(String[]::new));
            commands.add(new String[] {"SCAN", "0", "MATCH", Glob.escape(name + ":") + "*", "COUNT", "1000"});
            commands.add(new String[] {"FLUSHDB"});

            List<?> scanned =
                    (List<?>) Objects.requireNonNull(client.pipeline(commands).get(1));

            Set<Object> found = new HashSet<>((List<?>) Objects.requireNonNull(scanned.get(1)));
            keys.removeIf(key -> !key.startsWith(name + ":"));
            assertThat(found).as(name).isEqualTo(keys);
        }
        return asked;
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(1, 6); length > 0; length--) {
            text.append(GLOB_CHARACTERS.charAt(random.nextInt(GLOB_CHARACTERS.length())));
        }
        return text.toString();
    }

    @Test
    @FaultRow(80)
    void clearLeavesWhatIsNotOurs() throws Exception {
        Row row = FaultMatrix.row(80, "clear on a Redis that others use");
        int each = 10_000;
        List<String> others =
                List.of("other:", "session:", "cach", "cache", "cache-", "Cache:", "xcache:", "cache?", "*");
        try (RedisServer server = RedisServer.start();
                RespClient client = server.client();
                RedisCacheAdapter cache = Profile.open(server.uri())) {
            others.forEach(prefix -> fill(client, prefix, each));
            fill(client, "cache:", each);
            client.call("SELECT", "1");
            fill(client, "cache:", each);
            client.call("SELECT", "0");
            long foreign = (long) others.size() * each;
            client.call("CONFIG", "RESETSTAT");

            assertThat(cache.clear()).isEqualTo(each);

            String commands = String.valueOf(client.call("INFO", "commandstats"));
            assertThat(commands)
                    .contains("cmdstat_scan")
                    .doesNotContain("cmdstat_keys")
                    .doesNotContain("cmdstat_flush");
            assertThat(client.call("DBSIZE")).isEqualTo(foreign);
            client.call("SELECT", "1");
            assertThat(client.call("DBSIZE")).isEqualTo((long) each);
            client.call("SELECT", "0");
            try (NaiveCache naive = NaiveCache.connect(server.uri())) {
                naive.commands().flushdb();
            }
            assertThat(client.call("DBSIZE")).isEqualTo(0L);
            row.naive(String.format(Locale.ROOT, "FLUSHDB: %,d keys of others gone", foreign));
            row.ours("SCAN and UNLINK of the prefix, O(keys of the database): there is no generation to bump");
            row.figure(String.format(Locale.ROOT, "0 of %,d foreign keys gone, %,d of ours", foreign, each), "0");
        }
    }

    private static void fill(RespClient client, String prefix, int count) {
        List<String[]> sets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sets.add(new String[] {"SET", prefix + i, "1"});
        }
        client.pipeline(sets);
    }
}
