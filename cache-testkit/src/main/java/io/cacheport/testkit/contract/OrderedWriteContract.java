package io.cacheport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.aside.Cache;
import io.cacheport.aside.CachePolicy;
import io.cacheport.aside.CacheWrite;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** L14, L15, A22 and A23: writes whose order does not matter, and writes under way. */
public interface OrderedWriteContract extends Contract {

    private Cache<String, String> versioned() {
        return Cache.named("doc", String.class).policy(CachePolicy.ttl(MINUTE)).over(cache());
    }

    @Test
    default void a22_theNewestStaysInWhateverOrderTheyArrive() {
        Cache<String, String> docs = versioned();

        assertThat(docs.put("k", "two", 2)).isTrue();
        assertThat(docs.put("k", "one", 1)).isFalse();
        assertThat(docs.put("k", "two again", 2)).isFalse();
        assertThat(docs.getIfPresent("k")).isEqualTo("two");
        assertThat(docs.put("k", "three", 3)).isTrue();
        assertThat(docs.getIfPresent("k")).isEqualTo("three");
        assertThat(cache().getStats().sets()).isEqualTo(2);
    }

    @Test
    default void a22_versionsOfAnySize() {
        List<Long> rising = List.of(
                Long.MIN_VALUE, -1L << 40, -1L, 0L, 1L, 1L << 31, 1L << 32, 1L << 53, (1L << 53) + 1, Long.MAX_VALUE);
        Cache<String, String> docs = versioned();

        for (long version : rising) {
            assertThat(docs.put("k", "v" + version, version)).as("%d", version).isTrue();
            assertThat(docs.put("k", "again", version)).as("%d again", version).isFalse();
        }
    }

    @Test
    default void a22_manyWritersAtOnce() throws Exception {
        Cache<String, String> docs = versioned();

        SharingContract.together(4, thread -> {
            for (int i = 0; i < 50; i++) {
                long version = ThreadLocalRandom.current().nextLong(1_000);
                docs.put("k", "v" + version, version);
            }
            return docs.put("k", "last", 1_000 + thread);
        });

        assertThat(docs.put("k", "older", 1_002)).isFalse();
        assertThat(docs.getIfPresent("k")).isEqualTo("last");
    }

    @Test
    default void a22_aLoadedValueHasAVersionIfItsLoaderSaysSo() {
        Cache<String, String> docs = versioned();
        docs.getWithContext("k", (key, context) -> {
            context.version(5);
            return "five";
        });
        docs.get("other", key -> "of no version");

        assertThat(docs.put("k", "four", 4)).isFalse();
        assertThat(docs.put("other", "four", 4)).isTrue();
        assertThat(docs.getIfPresent("k")).isEqualTo("five");
    }

    @Test
    default void a22_itFencesLoadsAndIsAnEntryLikeAnyOther() {
        Cache<String, String> docs = versioned();

        assertThat(docs.get("k", key -> {
                    docs.put("k", "written", 1);
                    return "loaded before";
                }))
                .isEqualTo("loaded before");

        assertThat(docs.getIfPresent("k")).isEqualTo("written");
        assertThat(cache().ttl("doc:k")).isPresent();
        docs.invalidate("k");
        assertThat(docs.getIfPresent("k")).isNull();
    }

    @Test
    default void a23_nothingIsStoredWhileTheKeyIsWritten() {
        Cache<String, String> docs = versioned();
        docs.get("k", key -> "old");

        try (CacheWrite write = docs.beginWrite("k", MINUTE)) {
            assertThat(write.isFenced()).isTrue();
            assertThat(docs.getIfPresent("k")).isNull();
            assertThat(cache().exists("doc:k")).isFalse();
            assertThat(docs.get("k", key -> "read before the commit")).isEqualTo("read before the commit");
            assertThat(docs.getIfPresent("k")).isNull();
            assertThat(docs.put("k", "v", 7)).isFalse();
        }

        assertThat(docs.get("k", key -> "new")).isEqualTo("new");
        assertThat(docs.getIfPresent("k")).isEqualTo("new");
    }

    @Test
    @SuppressWarnings("try") // that it is closed is all that is asked of it
    default void a23_aLoadThatBeganBeforeIsNotStored() {
        Cache<String, String> docs = versioned();

        docs.get("k", key -> {
            docs.beginWrite("k", MINUTE).close();
            return "loaded before";
        });

        assertThat(docs.getIfPresent("k")).isNull();
    }

    @Test
    default void a23_whoseProcessEndsIsOverWhenItsTimeIs() {
        Cache<String, String> docs = versioned();
        docs.beginWrite("k", MINUTE);
        docs.get("k", key -> "between");

        fixture().passTime(MINUTE);

        assertThat(docs.get("k", key -> "after")).isEqualTo("after");
        assertThat(docs.getIfPresent("k")).isEqualTo("after");
    }

    @Test
    default void a23_severalWritesAtOnce() {
        Cache<String, String> docs = versioned();
        CacheWrite first = docs.beginWrite("k", MINUTE);
        CacheWrite second = docs.beginWrite("k", Duration.ofSeconds(30));

        second.close();
        docs.get("k", key -> "read before the first commits");
        assertThat(docs.getIfPresent("k")).isNull();
        fixture().passTime(Duration.ofSeconds(31));
        docs.get("k", key -> "still");
        assertThat(docs.getIfPresent("k")).isNull();
        first.close();
        first.close();

        assertThat(docs.get("k", key -> "new")).isEqualTo("new");
        assertThat(docs.getIfPresent("k")).isEqualTo("new");
    }

    /** Its end removes what was stored since, which may be from before its commit. */
    @Test
    default void a23_oneThatTookLongerThanItsHold() {
        Cache<String, String> docs = versioned();
        CacheWrite write = docs.beginWrite("k", MINUTE);
        fixture().passTime(MINUTE);
        docs.get("k", key -> "read before the commit");

        write.close();

        assertThat(docs.getIfPresent("k")).isNull();
    }
}
