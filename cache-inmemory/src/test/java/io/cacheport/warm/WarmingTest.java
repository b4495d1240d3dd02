package io.cacheport.warm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cacheport.aside.Cache;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.testkit.fault.FaultyCacheService;
import io.cacheport.warm.WarmReport.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WarmingTest {

    private final FaultyCacheService cache = FaultyCacheService.over(InMemoryCacheAdapter.create());
    private final Cache<Integer, String> users =
            Cache.named("user", String.class).ttl(Duration.ofMinutes(10)).over(cache);
    private final MovedTime time = new MovedTime();
    private final List<Set<Integer>> asked = new ArrayList<>();
    private final Lines lines = Lines.open();

    @AfterEach
    void close() {
        lines.close();
        cache.close();
    }

    private Warming<Integer, String> warming() {
        return Warming.of(users).time(time);
    }

    private static List<Integer> ids(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static Map<Integer, String> named(Collection<Integer> ids) {
        return ids.stream().collect(Collectors.toMap(id -> id, id -> "user " + id));
    }

    private Map<Integer, String> find(Set<Integer> ids) {
        asked.add(ids);
        return named(ids);
    }

    private Map<Integer, String> down(Set<Integer> ids) throws IOException {
        asked.add(ids);
        throw new IOException("password of the database");
    }

    @Test
    void inBatchesAndOnlyWhatIsMissing() {
        ids(50).forEach(id -> users.put(id, "newer"));

        WarmReport report = warming().keys(ids(200), this::find);

        assertThat(report).isEqualTo(new WarmReport(State.COMPLETE, 200, 150, 50, 0, 0, 0, report.duration()));
        assertThat(asked).extracting(Set::size).containsExactly(50, 100);
        assertThat(users.getIfPresent(49)).isEqualTo("newer");
        assertThat(users.getIfPresent(199)).isEqualTo("user 199");
        assertThat(lines.all())
                .containsExactly(
                        "INFO warmed 200 of 200 user values in 0.1 s: 150 loaded, 50 there already, 0 failed"
                                + " [view=\"user\", state=\"COMPLETE\", asked=\"200\", loaded=\"150\", found=\"50\", failed=\"0\"]");
    }

    @Test
    void keepsToItsPace() {
        WarmReport report = warming().batch(100).perSecond(50).keys(ids(1_000), this::find);

        assertThat(time.waits()).hasSize(9).containsOnly(Duration.ofSeconds(2)); // the last batch is not waited for
        assertThat(report.duration()).isEqualTo(Duration.ofSeconds(18));
    }

    @Test
    void aLoadsOwnTimeCountsAndWhatIsThereIsFree() {
        ids(300).forEach(id -> users.put(id, "there"));

        WarmReport report = warming().batch(100).perSecond(50).keys(ids(500), found -> {
            time.pass(Duration.ofMillis(1_500));
            return named(found);
        });

        assertThat(time.waits()).containsExactly(Duration.ofMillis(500));
        assertThat(report.duration()).isEqualTo(Duration.ofMillis(3_500));
    }

    @Test
    void tellsHowFarItIsAndEveryTenSecondsTheLog() {
        List<Long> told = new ArrayList<>();

        warming().perSecond(20).onProgress(p -> told.add(p.asked())).keys(ids(500), this::find);

        assertThat(told).containsExactly(100L, 200L, 300L, 400L, 500L);
        assertThat(lines.all())
                .hasSize(3)
                .first()
                .asString()
                .startsWith(
                        "INFO warmed 300 of 300 user values in 10.0 s: 300 loaded, 0 there already, 0 failed; it goes on");
    }

    @Test
    void aListenerThatThrowsIsNoMatter() {
        WarmReport report = warming()
                .onProgress(p -> {
                    throw new IllegalStateException("listener");
                })
                .keys(ids(200), this::find);

        assertThat(report.loaded()).isEqualTo(200);
    }

    @Test
    void aStreamIsReadBatchByBatchAndClosed() {
        AtomicInteger read = new AtomicInteger();
        AtomicBoolean closed = new AtomicBoolean();
        List<Integer> readAt = new ArrayList<>();
        Stream<Integer> stream = Stream.iterate(0, id -> id < 1_000, id -> id + 1)
                .peek(id -> read.incrementAndGet())
                .onClose(() -> closed.set(true));

        WarmReport report = warming().batch(10).keys(stream, found -> {
            readAt.add(read.get());
            return named(found);
        });

        assertThat(report.loaded()).isEqualTo(1_000);
        assertThat(readAt.get(0)).isLessThanOrEqualTo(11);
        assertThat(readAt.get(50)).isLessThanOrEqualTo(511);
        assertThat(closed).isTrue();
    }

    @Test
    void keysThatCannotBeReadOnEndIt() {
        AtomicBoolean closed = new AtomicBoolean();
        Stream<Integer> broken = Stream.iterate(0, id -> {
                    if (id == 150) {
                        throw new IllegalStateException("cursor lost");
                    }
                    return id + 1;
                })
                .onClose(() -> closed.set(true));

        WarmReport report = warming().keys(broken, this::find);

        assertThat(report.state()).isEqualTo(State.GAVE_UP);
        assertThat(report.loaded()).isEqualTo(100);
        assertThat(closed).isTrue();
    }

    @Test
    void aBatchThatFailsIsCountedAndPassedOver() {
        WarmReport report = warming().keys(ids(500), found -> {
            if (found.contains(150) || found.contains(350)) {
                throw new IOException("password of the database");
            }
            return named(found);
        });

        assertThat(report).isEqualTo(new WarmReport(State.COMPLETE, 500, 300, 0, 0, 0, 200, report.duration()));
        assertThat(lines.all()).hasSize(2); // one for the cause, one for the end
        assertThat(lines.all().get(0)).startsWith("WARN").contains("java.io.IOException");
        assertThat(lines.all().toString()).doesNotContain("password");
    }

    @Test
    void givesUpWhenTheSourceIsDown() {
        WarmReport report = warming().keys(ids(10_000), this::down);

        assertThat(report.state()).isEqualTo(State.GAVE_UP);
        assertThat(asked).hasSize(5);
        assertThat(report.failed()).isEqualTo(500);
        assertThat(lines.all().get(1)).startsWith("WARN").contains("500 failed; it gave up [view=");
    }

    @Test
    void doesNotAskTheSourceWhenTheCacheIsDown() {
        cache.down();

        WarmReport report = warming().keys(ids(10_000), this::find);

        assertThat(asked).isEmpty();
        assertThat(report).isEqualTo(new WarmReport(State.GAVE_UP, 500, 0, 0, 0, 500, 0, report.duration()));
    }

    @Test
    void aKeyWithoutATextIsAFailureOfItsBatch() {
        Cache<Integer, String> odd = Cache.named("odd", String.class).over(cache, id -> id == 3 ? "" : "k" + id);

        WarmReport report = Warming.of(odd).time(time).batch(2).keys(ids(6), WarmingTest::named);

        assertThat(List.of(report.loaded(), report.failed())).containsExactly(4L, 2L);
    }

    @Test
    @SuppressWarnings("NullAway") // the checker does not see that the loader's type argument is nullable
    void oneByOne() {
        WarmReport report = warming().each(ids(30), id -> id == 7 ? null : "user " + id);

        assertThat(report).isEqualTo(new WarmReport(State.COMPLETE, 30, 29, 0, 1, 0, 0, report.duration()));
    }

    @Test
    void anInterruptEndsItAndStaysSet() {
        WarmReport report = warming().keys(ids(1_000), found -> {
            throw new InterruptedException();
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.state()).isEqualTo(State.CANCELLED);
        assertThat(report.asked()).isEqualTo(100);
    }

    @Test
    void anInterruptWhileItWaitsEndsItToo() {
        WarmReport report =
                warming().onProgress(p -> Thread.currentThread().interrupt()).keys(ids(1_000), this::find);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void inTheBackgroundAndCancelled() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        WarmRun run = warming().inBackground().keys(ids(1_000), found -> {
            loading.countDown();
            goOn.await();
            return named(found);
        });
        loading.await();
        assertThat(run.report().state()).isEqualTo(State.RUNNING);

        run.cancel();
        goOn.countDown();

        WarmReport report = run.done().toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(report).isEqualTo(new WarmReport(State.CANCELLED, 100, 100, 0, 0, 0, 0, report.duration()));
        assertThat(run.report()).isEqualTo(report);
    }

    @Test
    void closedWhileALoadHangs() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        WarmRun run = warming().inBackground().keys(ids(1_000), found -> {
            loading.countDown();
            new CountDownLatch(1).await();
            return named(found);
        });
        loading.await();

        long start = System.nanoTime();
        run.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(run.done().toCompletableFuture().get(10, TimeUnit.SECONDS).state())
                .isEqualTo(State.CANCELLED);
    }

    @Test
    void anIteratorWillDo() {
        Iterator<Integer> ids = ids(10).iterator();

        assertThat(warming().keys(() -> ids, this::find).loaded()).isEqualTo(10);
    }

    @Test
    void badArguments() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> warming().batch(0))
                .withMessageContaining("batch 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> warming().perSecond(0))
                .withMessageContaining("perSecond 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> warming().giveUpAfter(-1))
                .withMessageContaining("giveUpAfter -1");
    }
}
