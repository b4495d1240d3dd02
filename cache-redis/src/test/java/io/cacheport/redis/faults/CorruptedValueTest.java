package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Stored bytes that were damaged on the way or by somebody, read in a JVM with little memory. */
@FaultRow(72)
class CorruptedValueTest {

    private static long number(Map<String, String> seen, String name) {
        return Long.parseLong(seen.getOrDefault(name, "-1"));
    }

    @Test
    void isAMissOrAValueAndNeverAnythingElse() throws IOException {
        Row row = FaultMatrix.row(72, "corrupted value");

        Map<String, String> seen = ChildJvm.run(CorruptedValueFuzz.class);

        assertThat(number(seen, "mutations")).as("%s", seen).isEqualTo(1_000_000);
        assertThat(number(seen, "escaped")).as("%s", seen).isZero();
        assertThat(number(seen, "misses")).isPositive();
        assertThat(number(seen, "longest.cpu.us")).as("%s", seen).isLessThan(10_000);
        assertThat(number(seen, "most.allocated")).as("%s", seen).isLessThan(4L << 20);
        assertThat(number(seen, "naive.thrown")).isPositive();
        row.naive(String.format(
                Locale.ROOT,
                "%,d of 100,000 thrown at the caller, %,d wrong values",
                number(seen, "naive.thrown"),
                number(seen, "naive.wrong")));
        row.ours(String.format(
                Locale.ROOT,
                "%,d misses; %,d still a value of the type, %,d of them not the one stored: plain JSON has no checksum",
                number(seen, "misses"),
                number(seen, "values"),
                number(seen, "changed")));
        row.figure("0 of 1,000,000 escaped (64 MB of heap)", "0");
        row.figure(number(seen, "longest.cpu.us") / 1_000.0 + " ms of CPU at most", "10 ms");
        row.figure(number(seen, "most.allocated") / 1_024 + " KiB allocated at most", "4 MiB");
    }
}
