package io.cacheport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.aside.Cache;
import io.cacheport.aside.CachePolicy;
import io.cacheport.aside.Warmed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A25: values loaded before they are asked for. */
public interface WarmContract extends Contract {

    private Cache<Integer, String> warmed(CachePolicy policy) {
        return Cache.named("warmed", String.class).policy(policy).over(cache());
    }

    private Cache<Integer, String> warmed() {
        return warmed(CachePolicy.ttl(MINUTE));
    }

    private static Map<Integer, String> loaded(Collection<Integer> ids) {
        return ids.stream().collect(Collectors.toMap(id -> id, id -> "loaded " + id));
    }

    @Test
    default void a25_loadsWhatIsMissingAndLeavesWhatIsThere() {
        List<Set<Integer>> asked = new ArrayList<>();
        warmed().put(2, "newer");

        Warmed done = warmed().warm(List.of(1, 2, 3, 3), ids -> {
            asked.add(ids);
            return loaded(ids);
        });

        assertThat(done).isEqualTo(new Warmed(1, 2, 0, 0, 0, null));
        assertThat(asked).containsExactly(Set.of(1, 3));
        assertThat(warmed().getIfPresent(1)).isEqualTo("loaded 1");
        assertThat(warmed().getIfPresent(2)).isEqualTo("newer");
        assertThat(cache().ttl("warmed:3")).isPresent();
    }

    @Test
    default void a25_whatIsWrittenWhileItIsLoadedStaysAsItWasWritten() {
        Warmed done = warmed().warm(List.of(1, 2, 3), ids -> {
            Map<Integer, String> read = loaded(ids);
            warmed().invalidate(1);
            warmed().put(2, "newer");
            return read;
        });

        assertThat(done).isEqualTo(new Warmed(0, 1, 0, 2, 0, null));
        assertThat(cache().exists("warmed:1")).isFalse();
        assertThat(warmed().getIfPresent(2)).isEqualTo("newer");
    }

    @Test
    default void a25_whatSomebodyElseLoadsIsTheirs() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch warm = new CountDownLatch(1);

        List<Object> ends = SharingContract.together(2, thread -> {
            if (thread == 0) {
                return String.valueOf(warmed().get(1, id -> {
                    loading.countDown();
                    warm.await(); // for ever, if the other waited for this
                    return "theirs";
                }));
            }
            loading.await();
            Warmed done = warmed().warm(List.of(1, 2), WarmContract::loaded);
            warm.countDown();
            return done;
        });

        assertThat(ends).containsExactly("theirs", new Warmed(1, 1, 0, 0, 0, null));
    }

    @Test
    default void a25_whatTheSourceDoesNotHave() {
        assertThat(warmed().warm(List.of(1), ids -> Map.of())).isEqualTo(new Warmed(0, 0, 1, 0, 0, null));
        assertThat(cache().exists("warmed:1")).isFalse();

        assertThat(warmed(CachePolicy.ttl(MINUTE).negativeTtl(MINUTE)).warm(List.of(1), ids -> Map.of()))
                .isEqualTo(new Warmed(0, 0, 1, 0, 0, null));
        assertThat(cache().exists("warmed:1")).isTrue();
    }

    @Test
    default void a25_aLoadThatFailsIsNoExceptionAndKeepsNothing() {
        IOException failure = new IOException("database down");
        warmed().put(2, "there");

        Warmed done = warmed().warm(List.of(1, 2), ids -> {
            throw failure;
        });

        assertThat(done).isEqualTo(new Warmed(1, 0, 0, 0, 1, failure));
        assertThat(warmed().warm(List.of(1, 2), WarmContract::loaded)).isEqualTo(new Warmed(1, 1, 0, 0, 0, null));
    }

    @Test
    default void a25_oneByOneAKeyThatFailsIsLeftOut() {
        CachePolicy negative = CachePolicy.ttl(MINUTE).negativeTtl(MINUTE);

        Warmed done = warmed(negative).warmEach(List.of(1, 2, 3), id -> {
            if (id == 2) {
                throw new IOException("no such row");
            }
            return "loaded " + id;
        });

        assertThat(done.failure()).isInstanceOf(IOException.class);
        assertThat(List.of(done.loaded(), done.absent(), done.failed())).containsExactly(2, 0, 1);
        assertThat(cache().exists("warmed:2")).isFalse();
        assertThat(warmed(negative).get(2, id -> "loaded")).isEqualTo("loaded");
    }

    @Test
    default void a25_oneByOneFiveFailuresInARowAreEnough() {
        List<Integer> asked = new ArrayList<>();

        Warmed done = warmed().warmEach(IntStream.range(0, 20).boxed().toList(), id -> {
            asked.add(id);
            throw new IOException("database down");
        });

        assertThat(asked).hasSize(5);
        assertThat(done.failed()).isEqualTo(20);
    }

    @Test
    default void a25_whatIsDueIsRefreshed() {
        Cache<Integer, String> users =
                warmed(CachePolicy.ttl(Duration.ofSeconds(10)).jitter(0).earlyRefreshAt(0.5));
        users.warm(List.of(1, 2), ids -> Map.of(1, "old", 2, "old"));
        fixture().passTime(Duration.ofSeconds(6));

        Warmed done = users.warm(List.of(1), WarmContract::loaded);

        assertThat(done).isEqualTo(new Warmed(0, 1, 0, 0, 0, null));
        assertThat(users.getIfPresent(1)).isEqualTo("loaded 1");
        assertThat(users.warm(List.of(1), WarmContract::loaded)).isEqualTo(new Warmed(1, 0, 0, 0, 0, null));
    }

    @Test
    default void a25_aTagThatIsInvalidatedMeanwhileLeavesNothing() {
        Cache<Integer, String> users = warmed(CachePolicy.ttl(MINUTE).tags("warm"));
        users.warm(List.of(1), ids -> {
            users.invalidateTag("warm");
            return loaded(ids);
        });

        assertThat(users.get(1, id -> "loaded after it")).isEqualTo("loaded after it");
    }
}
