package io.cacheport.warm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cacheport.aside.Cache;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.testkit.fault.FaultyCacheService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PopularWarmingTest {

    private final FaultyCacheService cache = FaultyCacheService.over(InMemoryCacheAdapter.create());
    private final List<Long> loaded = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        cache.close();
    }

    /** One process: its view, what it has learnt, and what keeps it. */
    private final class Node {
        final PopularKeys<Long> popular = PopularKeys.builder(5).sampling(1).build();
        final Cache<Long, String> events =
                Cache.named("event", String.class).<Long>over(cache).learning(popular);

        PopularWarming.Builder<Long, String> keeping() {
            return PopularWarming.of(events, popular, ids -> find(ids)).format(KeyFormat.longs());
        }

        void ask(long id, int times) {
            for (int i = 0; i < times; i++) {
                assertThat(events.get(id, key -> "event " + key)).isEqualTo("event " + id);
            }
        }
    }

    private synchronized Map<Long, String> find(Collection<Long> ids) {
        loaded.addAll(ids);
        return ids.stream().collect(Collectors.toMap(id -> id, id -> "event " + id));
    }

    private void savedByAProcess(PopularWarming.Builder<Long, String> keeping, Node process) {
        PopularWarming<Long, String> kept = keeping.build();
        for (long id = 1; id <= 8; id++) {
            process.ask(id, (int) id);
        }
        kept.tick();
    }

    @Test
    void everyWayToAskIsLearntAndWarmingIsNot() {
        Node process = new Node();
        process.events.get(1L, id -> "one");
        process.events.getWithContext(1L, (id, context) -> "one");
        process.events.lookup(1L, id -> "one");
        process.events.getIfPresent(1L);
        process.events.getAll(List.of(1L, 2L), this::find);
        Warming.of(process.events).keys(List.of(3L), this::find);

        assertThat(process.popular.counts()).isEqualTo(Map.of(1L, 5, 2L, 1));
    }

    @Test
    void aRestartFindsTheKeysInTheCacheAndWarmsThem() {
        Node before = new Node();
        savedByAProcess(before.keeping().savedIn(cache), before);
        before.events.invalidateAll();
        loaded.clear();

        Node after = new Node();
        PopularWarming<Long, String> kept = after.keeping().savedIn(cache).build();
        kept.restore();
        kept.tick();

        assertThat(after.popular.keys()).startsWith(8L).containsExactlyInAnyOrder(8L, 7L, 6L, 5L, 4L);
        assertThat(loaded).containsExactlyInAnyOrder(8L, 7L, 6L, 5L, 4L);
    }

    @Test
    void aRestartAndALossFindThemInTheFile() throws Exception {
        Path file = folder.resolve("popular");
        Node before = new Node();
        savedByAProcess(before.keeping().savedIn(cache).savedIn(file), before);
        assertThat(Files.readAllLines(file)).containsExactlyInAnyOrder("8 8", "7 7", "6 6", "5 5", "4 4");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder.toFile().list()).containsExactly("popular");
        cache.clear();

        Node after = new Node();
        PopularWarming<Long, String> kept =
                after.keeping().savedIn(cache).savedIn(file).build();
        kept.restore();

        assertThat(after.popular.keys()).containsExactlyInAnyOrder(8L, 7L, 6L, 5L, 4L);
    }

    @Test
    void aLossIsNoticedAndWhatThisProcessKnowsIsWarmed() {
        Node process = new Node();
        PopularWarming<Long, String> kept = process.keeping().savedIn(cache).build();
        kept.restore();
        process.ask(1, 3);
        kept.tick();
        loaded.clear();
        kept.tick();
        assertThat(loaded).isEmpty();

        cache.clear();
        kept.tick();

        assertThat(loaded).containsExactly(1L);
        assertThat(process.events.getIfPresent(1L)).isEqualTo("event 1");
        loaded.clear();
        kept.tick();
        assertThat(loaded).isEmpty();
    }

    @Test
    void aLossIsNoticedByEachProcessWhoeverNoticesItFirst() {
        Node busy = new Node();
        PopularWarming<Long, String> ofBusy = busy.keeping().savedIn(cache).build();
        PopularWarming<Long, String> ofIdle =
                new Node().keeping().savedIn(cache).build();
        busy.ask(1, 3);
        ofBusy.tick();
        ofIdle.tick();
        loaded.clear();

        cache.clear();
        ofIdle.tick();
        assertThat(loaded).isEmpty();
        ofBusy.tick();

        assertThat(loaded).containsExactly(1L);
    }

    @Test
    void aCacheThatIsDownIsNotALoss() {
        Node process = new Node();
        PopularWarming<Long, String> kept = process.keeping().savedIn(cache).build();
        process.ask(1, 3);
        kept.tick();
        loaded.clear();

        cache.down();
        kept.tick();
        cache.up();
        kept.tick();

        assertThat(loaded).isEmpty();
    }

    @Test
    void processesAddUpAndWhatNobodyAsksForLeaves() {
        Node one = new Node();
        Node other = new Node();
        one.ask(1, 9);
        other.ask(2, 8);
        PopularWarming<Long, String> kept = other.keeping().savedIn(cache).build();
        one.keeping().savedIn(cache).build().tick();
        kept.tick();
        assertThat(saved()).isEqualTo(Map.of("1", 4, "2", 8));

        kept.tick();
        kept.tick();
        assertThat(saved()).isEqualTo(Map.of("1", 1, "2", 14));
    }

    private Map<String, Integer> saved() {
        return Objects.requireNonNull(new SavedKeys.InCache(cache, "popular:event").read());
    }

    @Test
    void whatCannotBeReadIsPassedOver() throws Exception {
        Path file = folder.resolve("popular");
        Files.write(file, List.of("5 1", "", "x", "4 no number", "99999999999 3", "3 2"));
        Node process = new Node();

        process.keeping().savedIn(file).build().restore();

        assertThat(process.popular.keys()).containsExactly(1L, 2L);
    }

    @Test
    void startsWarmsAndSavesWhenItIsClosed() throws Exception {
        Node before = new Node();
        savedByAProcess(before.keeping().savedIn(cache), before);
        before.events.invalidateAll();
        CountDownLatch warm = new CountDownLatch(1);

        Node after = new Node();
        PopularWarming<Long, String> kept = after.keeping()
                .savedIn(cache)
                .every(Duration.ofHours(1))
                .warming(warming -> warming.onProgress(p -> warm.countDown()))
                .start();
        warm.await();
        after.ask(42, 50);
        kept.close();

        assertThat(after.events.getIfPresent(8L)).isEqualTo("event 8");
        assertThat(saved()).containsEntry("42", 50);
    }

    @Test
    void badArguments() {
        Node process = new Node();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> process.keeping().start())
                .withMessageContaining("savedIn");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PopularWarming.of(process.events, process.popular, this::find)
                        .savedIn(cache)
                        .start())
                .withMessageContaining("format");
    }
}
