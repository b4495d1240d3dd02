package io.cacheport.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeySizesTest {

    private final KeySizes sizes = new KeySizes();

    private void see(String key, int bytes) {
        if (sizes.wants(bytes)) {
            sizes.sized(key, bytes);
        }
    }

    @Test
    void nothingIsNotedUnlessWanted() {
        assertThat(sizes.wants(Integer.MAX_VALUE)).isFalse();
        sizes.sized("k", 1);
        sizes.watch(1);
        assertThat(sizes.top(1, key -> true)).isEmpty();
        see("k", 1);
        assertThat(sizes.top(1, key -> true)).isEqualTo(Map.of("k", 1));
        sizes.watch(0);
        assertThat(sizes.top(1, key -> true)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> sizes.watch(KeySizes.MAX_TOP + 1));
    }

    @Test
    void theLargestOfManyFromManyThreads() throws Exception {
        sizes.watch(5);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int from = t;
            threads.add(new Thread(() -> {
                for (int i = from; i < 100_000; i += 4) {
                    int bytes = (int) (i * 7_919L % 100_000); // each number once, in no order
                    see("k" + bytes, bytes);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(sizes.top(5, key -> true).keySet())
                .containsExactly("k99999", "k99998", "k99997", "k99996", "k99995");
        assertThat(sizes.top(100_000, key -> true)).hasSize(20);
    }

    @Test
    void whatIsGoneIsForgottenAndMakesRoom() {
        sizes.watch(1);
        IntStream.rangeClosed(1, 4).forEach(i -> see("k" + i, i * 10));
        Set<String> there = Set.of("k2", "late");

        assertThat(sizes.top(1, there::contains)).isEqualTo(Map.of("k2", 20));
        see("late", 15);
        assertThat(sizes.top(2, there::contains)).isEqualTo(Map.of("k2", 20, "late", 15));
    }

    @Test
    void oneThatShrinksIsSeenToSoonerOrLater() {
        sizes.watch(1);
        IntStream.rangeClosed(1, 4).forEach(i -> see("k" + i, i * 10));
        for (int i = 0; i < 1_000; i++) {
            see("k4", 1);
        }
        assertThat(sizes.top(1, key -> true)).isEqualTo(Map.of("k3", 30));
    }
}
