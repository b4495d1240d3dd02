package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A key that everybody wants is not there, in eight processes of 250 callers each; and what if the one who loads dies. */
@FaultRow(57)
class HotKeyTest {

    private static final int JVMS = 8;
    private static final int CALLERS = 250;
    private static final Duration LOAD_TIME = Duration.ofMillis(100);

    @Test
    void isLoadedOnceInAllProcesses() throws Exception {
        Row row = FaultMatrix.row(57, "hot key expires");
        try (RedisServer server = RedisServer.start();
                RespClient admin = server.client();
                HotKeyJvms naive = HotKeyJvms.start(JVMS, server, CALLERS, "naively")) {
            naive.askFor("naive");
            row.naive(loads(admin, "naive") + " loads by " + JVMS * CALLERS + " callers in " + JVMS + " JVMs");
            assertThat(loads(admin, "naive")).isGreaterThan(JVMS);
        }
        try (RedisServer server = RedisServer.start();
                RespClient admin = server.client();
                HotKeyJvms jvms = HotKeyJvms.start(JVMS, server, CALLERS, "ours")) {
            jvms.askFor("warm"); // so that what is timed is not the compiler
            long[] nanos = jvms.askFor("cold");

            assertThat(loads(admin, "cold")).isEqualTo(1);
            long p99 = nanos[nanos.length * 99 / 100];
            row.ours("one load; the others wait for it, one in each process asking");
            row.figure("1 load by " + nanos.length + " callers in " + JVMS + " JVMs", "1");
            row.figure(
                    "waiters' p99 " + Row.ms(p99) + ", max " + Row.ms(nanos[nanos.length - 1]) + ", of which "
                            + LOAD_TIME.toMillis() + " ms are the load",
                    "load + 20 ms where there are as many cores (2 here)");
        }
    }

    /** In two processes, which have a core each here. */
    @Test
    void aNearCacheIsToldWhenTheValueIsThere() throws Exception {
        Row row = FaultMatrix.row(57, "hot key expires");
        for (String mode : List.of("ours", "near")) {
            try (RedisServer server = RedisServer.start();
                    RespClient admin = server.client();
                    HotKeyJvms jvms = HotKeyJvms.start(2, server, CALLERS, mode)) {
                jvms.askFor("warm");
                admin.call("CONFIG", "RESETSTAT");
                long[] nanos = jvms.askFor("cold");

                assertThat(loads(admin, "cold")).isEqualTo(1);
                row.figure(
                        "2 JVMs" + (mode.equals("near") ? " with near caches" : "") + ": the last of " + nanos.length
                                + " callers after " + slowest(nanos) + ", " + commands(admin) + " commands",
                        "130 ms (missed while they share two cores), 50");
                assertThat(commands(admin)).isLessThanOrEqualTo(50);
            }
        }
    }

    /** But for heartbeats, and the count of loads. */
    private static long commands(RespClient admin) {
        return String.valueOf(admin.call("INFO", "commandstats"))
                .lines()
                .filter(line -> line.startsWith("cmdstat_")
                        && !line.matches("cmdstat_(ping|incr|info|config.*|client.*|hello|auth|select):.*"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("cmdstat_[^:]*:calls=([0-9]+).*", "$1")))
                .sum();
    }

    @Test
    void aHolderThatIsKilledOrStandsStillIsNotWaitedForLong() throws Exception {
        Row row = FaultMatrix.row(57, "hot key expires");
        try (RedisServer server = RedisServer.start();
                RespClient admin = server.client();
                HotKeyJvms holder = HotKeyJvms.start(1, server, 1, "ours");
                HotKeyJvms jvms = HotKeyJvms.start(2, server, 10, "ours")) {
            long[] afterKill = askWhileItsHolderIsGone("killed:slow", "KILL", holder, jvms, admin);

            assertThat(loads(admin, "killed:slow")).isEqualTo(2);
            row.figure("holder killed: the others have their value after " + slowest(afterKill), "2 s, and the load");
            assertThat(afterKill[afterKill.length - 1])
                    .isLessThan(Duration.ofSeconds(4).toNanos());
        }
        try (RedisServer server = RedisServer.start();
                RespClient admin = server.client();
                HotKeyJvms holder = HotKeyJvms.start(1, server, 1, "ours");
                HotKeyJvms jvms = HotKeyJvms.start(2, server, 10, "ours")) {
            long[] afterStop = askWhileItsHolderIsGone("stopped:slow", "STOP", holder, jvms, admin);
            Object theirs = admin.call("GET", "cache:stopped:slow");
            holder.signal("CONT");
            holder.awaitEnd();

            assertThat(loads(admin, "stopped:slow")).isEqualTo(2);
            assertThat(admin.call("GET", "cache:stopped:slow")).isEqualTo(theirs);
            row.figure(
                    "holder stopped: after " + slowest(afterStop) + "; when it went on, its fill was refused",
                    "2 s, and the load");
            assertThat(afterStop[afterStop.length - 1])
                    .isLessThan(Duration.ofSeconds(4).toNanos());
        }
    }

    private static long[] askWhileItsHolderIsGone(
            String key, String signal, HotKeyJvms holder, HotKeyJvms jvms, RespClient admin) throws Exception {
        jvms.askFor("warm");
        holder.begin(key);
        holder.awaitLoading(admin, key);
        holder.signal(signal);
        return jvms.askFor(key);
    }

    private static String slowest(long[] nanos) {
        return Row.ms(nanos[nanos.length - 1]);
    }

    private static long loads(RespClient admin, String key) {
        return Long.parseLong(String.valueOf(admin.call("GET", HotKeyCaller.LOADS + key)));
    }
}
