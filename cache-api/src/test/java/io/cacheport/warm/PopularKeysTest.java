package io.cacheport.warm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PopularKeysTest {

    private static final int KEYS = 100_000;
    private static final int REQUESTS = 1_000_000;

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);

    private PopularKeys<Integer> counting(int top) {
        return PopularKeys.builder(top).sampling(1).nanoTime(clock::get).build();
    }

    /** Requests for keys of which the n-th is asked for 1/n^s as often as the first. */
    private static final class Zipf {
        private final double[] upTo;
        private final SplittableRandom random = new SplittableRandom(42);

        Zipf(int keys, double s) {
            upTo = new double[keys];
            double sum = 0;
            for (int i = 0; i < keys; i++) {
                sum += 1 / Math.pow(i + 1.0, s);
                upTo[i] = sum;
            }
        }

        int next() {
            int found = Arrays.binarySearch(upTo, random.nextDouble(upTo[upTo.length - 1]));
            return found < 0 ? -found - 1 : found;
        }
    }

    @ParameterizedTest
    @CsvSource({"1.0, 1", "1.0, 8", "0.8, 1", "1.2, 1"})
    void findsWhatIsAskedForMost(double s, int sampling) {
        PopularKeys<Integer> popular =
                PopularKeys.builder(100).sampling(sampling).nanoTime(clock::get).build();
        Zipf zipf = new Zipf(KEYS, s);
        int[] counts = new int[KEYS];
        for (int i = 0; i < REQUESTS; i++) {
            int key = zipf.next();
            counts[key]++;
            popular.accept(key);
        }
        Set<Integer> most = IntStream.range(0, KEYS)
                .boxed()
                .sorted((a, b) -> counts[b] - counts[a])
                .limit(100)
                .collect(Collectors.toSet());

        List<Integer> found = popular.keys();
        Set<Integer> right = new HashSet<>(found);
        right.retainAll(most);
        double share = found.stream().mapToInt(key -> counts[key]).sum()
                / (double) most.stream().mapToInt(key -> counts[key]).sum();
        System.out.printf(
                "Zipf %.1f, one in %d: %d of the top 100, with %.1f %% of their requests%n",
                s, sampling, right.size(), share * 100);

        assertThat(found).hasSize(100).contains(0, 1, 2, 3, 4);
        assertThat(share).isGreaterThan(0.95);
        if (sampling == 1 && s >= 1) {
            assertThat(right).hasSizeGreaterThanOrEqualTo(95);
        }
    }

    @Test
    void keysThatComeOnceDisplaceNobody() {
        PopularKeys<Integer> popular = counting(10);
        for (int i = 0; i < 20_000; i++) {
            popular.accept(i % 10);
            for (int once = 0; once < 9; once++) {
                popular.accept(1_000 + i * 9 + once);
            }
        }

        assertThat(popular.keys()).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void yesterdaysFavouritesLeave() {
        PopularKeys<Integer> popular = counting(10);
        ask(popular, 0, 1_000);
        assertThat(popular.keys()).contains(0, 9).doesNotContain(100);

        for (int hour = 0; hour < 2; hour++) {
            clock.addAndGet(PopularKeys.DEFAULT_HALF_LIFE.toNanos());
            ask(popular, 100, 500);
        }

        assertThat(popular.keys()).startsWith(100).contains(109).doesNotContain(0, 9);
        for (int hour = 0; hour < 12; hour++) {
            clock.addAndGet(PopularKeys.DEFAULT_HALF_LIFE.toNanos());
            ask(popular, 100, 500);
        }
        assertThat(popular.counts().keySet()).allMatch(key -> key >= 100);
    }

    @Test
    void aQuietNightForgetsNothing() {
        PopularKeys<Integer> popular = counting(10);
        ask(popular, 0, 1_000);

        for (int hour = 0; hour < 12; hour++) {
            clock.addAndGet(PopularKeys.DEFAULT_HALF_LIFE.toNanos());
            for (int i = 0; i < 64; i++) { // as often as the clock is looked at
                popular.accept(7);
            }
        }

        assertThat(popular.keys()).contains(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    private static void ask(PopularKeys<Integer> popular, int from, int times) {
        for (int i = 0; i < times; i++) {
            for (int key = from; key < from + 10; key++) {
                popular.accept(key);
            }
        }
        popular.accept(from);
    }

    @Test
    void threadsTogether() throws Exception {
        PopularKeys<String> popular = PopularKeys.<String>top(100);
        CountDownLatch done = new CountDownLatch(4);
        for (int thread = 0; thread < 4; thread++) {
            new Thread(() -> {
                        Zipf zipf = new Zipf(10_000, 1);
                        for (int i = 0; i < 300_000; i++) {
                            popular.accept("key " + zipf.next());
                        }
                        done.countDown();
                    })
                    .start();
        }
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();

        assertThat(popular.keys().subList(0, 5)).contains("key 0", "key 1", "key 2");
        assertThat(popular.counts().get("key 0")).isGreaterThan(popular.counts().get("key 5"));
    }

    @Test
    void neverMoreThanItsSlots() {
        PopularKeys<Integer> popular = counting(1);
        IntStream.range(0, 100_000).forEach(popular::accept);

        assertThat(popular.counts()).hasSize(1);
        assertThat(popular.toString()).isEqualTo("PopularKeys[top 1 of 8 counted]");
        assertThat(PopularKeys.top(1_000)).hasToString("PopularKeys[top 1000 of 16384 counted]");
    }

    @Test
    void badArguments() {
        for (int bad : List.of(0, 100_001)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PopularKeys.top(bad))
                    .withMessageContaining("top " + bad);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PopularKeys.builder(1).sampling(3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PopularKeys.builder(1).halfLife(Duration.ZERO));
    }
}
