package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.key.KeySpace;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Tenants whose names were chosen to reach others: each pattern finds the tenant's own keys, all of them and no others. On a
 * real server among their likes for every tenant, and among all keys for some; and for every tenant among all keys in a sorted
 * set, where what a pattern without any wildcard but its last star finds is one stretch. With {@code -Pfull} there are 100,000.
 */
class TenantPatternsTest {

    private static final int TENANTS = Boolean.getBoolean("cacheport.full") ? 100_000 : 10_000;
    private static final int SCANNED = TENANTS / 300;
    private static final int TOGETHER = 100;
    private static final KeySpace CATALOG = KeySpace.of("catalog");

    private static final List<String> PARTS = List.of(
            "*", "?", "[a-z]", "[^t]", "\\", "\\*", ":", "%3A", "%", "%h", "t", "t1", "t11", "a", "é", "e\u0301", "日本",
            "😀", "{t1}", " ", "-", "^", "]", "\ud83d", "\n");

    /** Those that would do most harm, then their likes and the beginnings of each. */
    private static List<String> tenants() {
        SplittableRandom random = new SplittableRandom(79);
        Set<String> names = new LinkedHashSet<>(List.of(
                "*",
                "?",
                "[a-z]",
                "[^x]",
                "t*",
                "t?",
                "\\",
                "\\*",
                "a:b",
                "a%3Ab",
                "a",
                "a:",
                ":a",
                "t1",
                "t11",
                "t1:t1",
                "%",
                "%h",
                "**",
                "*:*",
                "catalog",
                "catalog:t1",
                "é",
                "e\u0301",
                "É",
                "x".repeat(150),
                "x".repeat(149) + "*"));
        while (names.size() < TENANTS) {
            StringBuilder name = new StringBuilder();
            for (int parts = random.nextInt(1, 7); parts > 0; parts--) {
                name.append(PARTS.get(random.nextInt(PARTS.size())));
                if (!name.toString().isBlank()) {
                    names.add(name.toString());
                }
            }
        }
        return List.copyOf(names).subList(0, TENANTS);
    }

    private static Set<String> keysOf(String tenant) {
        KeySpace own = CATALOG.tenant(tenant);
        return Set.of(own.key("packages"), own.key(tenant, "*"), own.key("q", "x".repeat(300) + tenant));
    }

    @Test
    void eachFindsItsOwnKeysAndNoOthers() {
        List<String> tenants = tenants();
        Map<String, Set<String>> own = new HashMap<>();
        tenants.forEach(tenant -> own.put(tenant, keysOf(tenant)));
        NavigableSet<String> all = new TreeSet<>();
        own.values().forEach(all::addAll);
        assertThat(all).hasSize(TENANTS * 3);

        for (String tenant : tenants) {
            String pattern = CATALOG.tenant(tenant).pattern();
            String start = pattern.substring(0, pattern.length() - 1);
            assertThat(start).doesNotContain("*", "?", "[", "\\");
            assertThat(all.subSet(start, true, start + '\uffff', false)).isEqualTo(own.get(tenant));
        }
        try (RedisServer server = RedisServer.start();
                RespClient client = server.client()) {
            for (int from = 0; from < TENANTS; from += TOGETHER) {
                amongItsLikes(client, tenants.subList(from, Math.min(from + TOGETHER, TENANTS)), own);
            }
            store(client, all);
            for (int i = 0; i < SCANNED; i++) {
                String tenant = tenants.get(i < 27 ? i : i * 300);
                assertThat(scanned(client, CATALOG.tenant(tenant).pattern()))
                        .as(tenant)
                        .isEqualTo(own.get(tenant));
            }
            flushes(server, client, tenants.subList(0, 10), own);
            System.out.printf(
                    Locale.ROOT,
                    "%,d tenants, %,d keys: 0 too many or too few among their likes, nor of %d by SCAN among all%n",
                    TENANTS,
                    all.size(),
                    SCANNED);
        }
    }

    private static void amongItsLikes(RespClient client, List<String> tenants, Map<String, Set<String>> own) {
        Set<String> keys = new HashSet<>();
        tenants.forEach(tenant -> keys.addAll(own.get(tenant)));
        store(client, keys);
        List<String[]> asked = tenants.stream()
                .map(tenant -> new String[] {"KEYS", CATALOG.tenant(tenant).pattern()})
                .toList();
        List<?> found = client.pipeline(asked);
        for (int i = 0; i < tenants.size(); i++) {
            assertThat(new HashSet<Object>((List<?>) Objects.requireNonNull(found.get(i))))
                    .as(tenants.get(i))
                    .isEqualTo(own.get(tenants.get(i)));
        }
        client.call("FLUSHDB");
    }

    private static void store(RespClient client, Set<String> keys) {
        List<String> rest = new ArrayList<>(keys);
        for (int from = 0; from < rest.size(); from += 1_000) {
            List<String> command = new ArrayList<>(List.of("MSET"));
            rest.subList(from, Math.min(from + 1_000, rest.size())).forEach(key -> command.addAll(List.of(key, "1")));
            client.call(command.toArray(String[]::new));
        }
    }

    private static Set<String> scanned(RespClient client, String pattern) {
        Set<String> found = new HashSet<>();
        String cursor = "0";
        do {
            List<?> reply =
                    (List<?>) Objects.requireNonNull(client.call("SCAN", cursor, "MATCH", pattern, "COUNT", "10000"));
            cursor = String.valueOf(reply.get(0));
            ((List<?>) Objects.requireNonNull(reply.get(1))).forEach(key -> found.add(String.valueOf(key)));
        } while (!cursor.equals("0"));
        return found;
    }

    /** What patterns are for. */
    private static void flushes(
            RedisServer server, RespClient client, List<String> tenants, Map<String, Set<String>> own) {
        try (RedisCacheAdapter cache =
                RedisCacheAdapter.builder(server.uri()).keyPrefix("").build()) {
            for (String tenant : tenants) {
                long before = (long) Objects.requireNonNull(client.call("DBSIZE"));
                assertThat(cache.flush(CATALOG.tenant(tenant).pattern())).isEqualTo(3);
                assertThat(client.call("DBSIZE")).isEqualTo(before - 3);
                assertThat(own.get(tenant)).allMatch(key -> Objects.equals(client.call("EXISTS", key), 0L));
            }
        }
    }
}
