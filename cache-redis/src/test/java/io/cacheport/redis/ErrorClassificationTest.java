package io.cacheport.redis;

import static io.cacheport.aside.CacheAside.withCache;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.cacheport.CacheException;
import io.cacheport.CacheStats;
import io.cacheport.ErrorCause;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.cacheport.testkit.server.RespException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The states of a living server in which it answers with an error or not at all, and what a caller gets then. */
class ErrorClassificationTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final List<String> READS = List.of("get", "getAll", "exists", "ttl");
    private static final List<String> STORES = List.of("set", "setAll");
    private static final List<String> EXPIRY = List.of("expire");
    private static final List<String> REMOVALS = List.of("del", "del of several");

    /** How to get there, and out again. */
    @SuppressWarnings("ImmutableEnumChecker") // no step keeps anything, and nobody writes to the options
    enum State {
        LOADING_ITS_DATA(
                Scene::restartSlowly,
                Scene::loadFast,
                ("--enable-debug-command local --key-load-delay 20000 --rdbcompression no"
                                + " --loading-process-events-interval-bytes 1024")
                        .split(" ", -1)),
        OUT_OF_MEMORY(scene -> scene.config("maxmemory", "1"), scene -> scene.config("maxmemory", "0")),
        DEMOTED(Scene::demote, Scene::promote),
        DEMOTED_AND_ALONE(Scene::demoteAndLeaveAlone, Scene::promote, "--replica-serve-stale-data", "no"),
        TOO_FEW_REPLICAS(
                scene -> scene.config("min-replicas-to-write", "1"),
                scene -> scene.config("min-replicas-to-write", "0")),
        UNABLE_TO_SAVE(Scene::failToSave, Scene::saveAgain),
        RUNNING_A_SCRIPT(Scene::runScript, Scene::killScript, "--busy-reply-threshold", "100"),
        READER_ONLY(scene -> scene.permit("+@read"), scene -> scene.permit("+@all")),
        WRITER_ONLY(scene -> scene.permit("+@write"), scene -> scene.permit("+@all")),
        PAUSED(scene -> scene.call("CLIENT", "PAUSE", "60000", "ALL"), scene -> scene.server.restart()),
        PAUSED_FOR_WRITES(
                scene -> scene.call("CLIENT", "PAUSE", "60000", "WRITE"), scene -> scene.call("CLIENT", "UNPAUSE"));

        private final Step provoke;
        private final Step cure;
        private final String[] options;

        State(Step provoke, Step cure, String... options) {
            this.provoke = provoke;
            this.cure = cure;
            this.options = options;
        }
    }

    private interface Step {
        void on(Scene scene) throws Exception;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, nullValues = "works", textBlock = """
            STATE             | REPLIES             | READ        | STORE       | EXPIRE      | REMOVE
            LOADING_ITS_DATA  | LOADING             | UNAVAILABLE | UNAVAILABLE | UNAVAILABLE | UNAVAILABLE
            OUT_OF_MEMORY     | OOM                 | works       | REFUSED     | works       | works
            DEMOTED           | READONLY            | works       | REFUSED     | REFUSED     | REFUSED
            DEMOTED_AND_ALONE | MASTERDOWN READONLY | UNAVAILABLE | REFUSED     | UNAVAILABLE | REFUSED
            TOO_FEW_REPLICAS  | NOREPLICAS          | works       | REFUSED     | REFUSED     | REFUSED
            UNABLE_TO_SAVE    | MISCONF             | works       | REFUSED     | REFUSED     | REFUSED
            RUNNING_A_SCRIPT  | BUSY                | UNAVAILABLE | UNAVAILABLE | UNAVAILABLE | UNAVAILABLE
            READER_ONLY       | NOPERM              | works       | REFUSED     | REFUSED     | REFUSED
            WRITER_ONLY       | NOPERM              | CREDENTIALS | works       | REFUSED     | works
            PAUSED            | nothing             | TIMEOUT     | TIMEOUT     | TIMEOUT     | TIMEOUT
            PAUSED_FOR_WRITES | nothing             | works       | TIMEOUT     | TIMEOUT     | TIMEOUT
            """)
    void whatFailsAndWhy(
            State state,
            String replies,
            @Nullable ErrorCause read,
            @Nullable ErrorCause store,
            @Nullable ErrorCause expire,
            @Nullable ErrorCause remove)
            throws Exception {
        try (Scene scene = new Scene(state.options)) {
            scene.awaitWorking();
            state.provoke.on(scene);

            if (read == null) {
                assertThat(scene.patient.strict().get("k", String.class)).isEqualTo("v");
            }
            check(scene.cacheFor(read), READS, read, replies);
            check(scene.cacheFor(store), STORES, store, replies);
            check(scene.cacheFor(expire), EXPIRY, expire, replies);
            assertThat(withCache(scene.cacheFor(store), "new", MINUTE, String.class, () -> "loaded"))
                    .isEqualTo("loaded");
            if (remove == null) {
                assertThat(scene.patient.strict().del("k")).isTrue();
            }
            check(scene.cacheFor(remove), REMOVALS, remove, replies);

            state.cure.on(scene);
            scene.awaitWorking();
        }
    }

    /** Which is why a store that timed out counts as an error, and is not repeated: it may be done. */
    @Test
    void aStoreThatTimedOutMayStillHappen() {
        try (Scene scene = new Scene()) {
            scene.awaitWorking();
            CacheStats before = scene.hasty.getStats();
            scene.call("CLIENT", "PAUSE", "60000", "WRITE");

            scene.hasty.set("k", "late", MINUTE);

            CacheStats after = scene.hasty.getStats();
            assertThat(after.sets()).isEqualTo(before.sets());
            assertThat(after.errors()).isEqualTo(before.errors() + 1);
            assertThat(scene.stored()).isEqualTo("\"v\"");

            scene.call("CLIENT", "UNPAUSE");

            await().atMost(SOON).until(() -> "\"late\"".equals(scene.stored()));
            scene.awaitWorking();
        }
    }

    /** The server handles a connection's commands in order, and holds back the store. */
    @Test
    void aReadBehindAPausedStoreTimesOutToo() {
        try (Scene scene = new Scene()) {
            scene.awaitWorking();
            scene.call("CLIENT", "PAUSE", "60000", "WRITE");
            scene.hasty.set("k", "late", MINUTE);

            check(scene.hasty, List.of("get"), ErrorCause.TIMEOUT, "nothing");

            scene.call("CLIENT", "UNPAUSE");
            scene.awaitWorking();
        }
    }

    /** Plain calls answer as for nothing there, strict ones throw; each counts one error. */
    static void check(RedisCacheAdapter cache, List<String> names, @Nullable ErrorCause cause, String replies) {
        CacheStats before = cache.getStats();
        List<RedisTestCall> calls = RedisTestCall.ALL.stream()
                .filter(call -> names.contains(call.name()))
                .toList();
        assertThat(calls).hasSameSizeAs(names);
        for (RedisTestCall call : calls) {
            Object answer = call.on(cache);
            if (cause == null) {
                call.on(cache.strict());
            } else {
                assertThat(answer).as(call.name()).isEqualTo(call.whenIll());
                assertThatExceptionOfType(CacheException.class)
                        .as(call.name())
                        .isThrownBy(() -> call.on(cache.strict()))
                        .satisfies(thrown -> assertThat(thrown.errorCause()).isEqualTo(cause))
                        .satisfies(thrown -> assertThat(replyOf(thrown)).isSubsetOf(replies.split(" ", -1)));
            }
        }
        CacheStats after = cache.getStats();
        int failed = cause == null ? 0 : 2 * calls.size();
        assertThat(after.errors() - before.errors()).as(names.toString()).isEqualTo(failed);
        if (cause != null) {
            assertThat(after.hits()).isEqualTo(before.hits());
            assertThat(after.sets()).isEqualTo(before.sets());
            assertThat(after.deletes()).isEqualTo(before.deletes());
        }
    }

    /** The word that begins Redis' answer. */
    private static List<String> replyOf(CacheException thrown) {
        String message = thrown.getCause() == null ? null : thrown.getCause().getMessage();
        return List.of(message == null ? "nothing" : message.split(" ", 2)[0]);
    }

    /** A server of its own and two caches on it, whose user is not the one who provokes. */
    private static final class Scene implements AutoCloseable {

        private final RedisServer server;
        private final RedisCacheAdapter patient;
        private final RedisCacheAdapter hasty;
        private @Nullable RedisServer master;
        private @Nullable CompletableFuture<?> background;

        Scene(String... options) {
            List<String> all = new ArrayList<>(List.of("--user", "app", "on", ">secret", "~*", "+@all"));
            all.addAll(List.of(options));
            server = RedisServer.start(all.toArray(String[]::new));
            patient = open(Duration.ofSeconds(5));
            hasty = open(Duration.ofMillis(50));
            // an open circuit would answer instead of the server
            patient.guard().forceClosed();
            hasty.guard().forceClosed();
        }

        private RedisCacheAdapter open(Duration commandTimeout) {
            return RedisCacheAdapter.builder(server.uri().replace("//", "//app:secret@"))
                    .commandTimeout(commandTimeout)
                    .build();
        }

        /** The one to see an answer, or none, with. */
        RedisCacheAdapter cacheFor(@Nullable ErrorCause cause) {
            return cause == ErrorCause.TIMEOUT ? hasty : patient;
        }

        @Override
        public void close() {
            patient.close();
            hasty.close();
            server.close();
            if (master != null) {
                master.close();
            }
        }

        /** As the user who may do everything, on a connection of its own. */
        @Nullable
        Object call(String... args) {
            return callOn(server, args);
        }

        private static @Nullable Object callOn(RedisServer server, String... args) {
            try (RespClient client = server.client()) {
                return client.call(args);
            }
        }

        String stored() {
            try (RespClient client = server.client()) {
                return RedisTestJson.get(client, "cache:k");
            }
        }

        /** Also leaves the entry behind that all calls are about. */
        void awaitWorking() {
            for (RedisCacheAdapter cache : List.of(hasty, patient)) {
                await().atMost(SOON).pollInterval(Duration.ofMillis(10)).until(() -> {
                    cache.set("k", "v", MINUTE);
                    return "v".equals(cache.get("k", String.class));
                });
            }
        }

        void config(String name, String value) {
            call("CONFIG", "SET", name, value);
        }

        void permit(String rule) {
            call("ACL", "SETUSER", "app", "-@all", rule);
        }

        private void awaitReply(String word, String... command) {
            await().atMost(SOON).pollInterval(Duration.ofMillis(10)).until(() -> {
                try {
                    return String.valueOf(call(command)).contains(word);
                } catch (RespException error) {
                    return String.valueOf(error.getMessage()).startsWith(word);
                }
            });
        }

        void restartSlowly() {
            call("DEBUG", "POPULATE", "400", "filler", "1000");
            call("SAVE");
            server.kill();
            background = inBackground(server::restart);
            await().atMost(SOON).pollInterval(Duration.ofMillis(10)).until(() -> {
                try {
                    patient.strict().get("k", String.class);
                    return false;
                } catch (CacheException notYet) { // at first it is not even connected
                    return replyOf(notYet).contains("LOADING");
                }
            });
        }

        void loadFast() throws Exception {
            config("key-load-delay", "0");
            finishBackground();
        }

        void demote() {
            RedisServer other = RedisServer.start("--repl-diskless-sync-delay", "0");
            master = other;
            callOn(other, "SET", "cache:k", "\"v\"");
            call("REPLICAOF", other.host(), String.valueOf(other.port()));
            awaitReply("master_link_status:up", "INFO", "replication");
            // the first refusal makes a cache connect anew; the next within two seconds do not
            for (RedisCacheAdapter cache : List.of(hasty, patient)) {
                String before = clients();
                cache.set("k", "refused", MINUTE);
                await().atMost(SOON).until(() -> !clients().equals(before) && cache.isConnected());
            }
        }

        /** The ids of the connections there are. */
        private String clients() {
            return String.valueOf(call("CLIENT", "LIST", "TYPE", "normal"))
                    .lines()
                    .filter(line -> line.contains("name=cacheport"))
                    .map(line -> line.split(" ", 2)[0])
                    .collect(joining(","));
        }

        void demoteAndLeaveAlone() {
            demote();
            if (master != null) {
                master.kill();
            }
            awaitReply("master_link_status:down", "INFO", "replication");
        }

        void promote() {
            call("REPLICAOF", "NO", "ONE");
        }

        private Path dump() {
            List<?> reply = (List<?>) Objects.requireNonNull(call("CONFIG", "GET", "dir"));
            return Path.of(String.valueOf(reply.get(1)), "dump.rdb");
        }

        /** A directory cannot be replaced by a file. */
        void failToSave() throws IOException {
            Files.createDirectory(dump());
            config("save", "3600 1");
            call("BGSAVE");
            awaitReply("rdb_last_bgsave_status:err", "INFO", "persistence");
        }

        void saveAgain() throws IOException {
            Files.delete(dump());
            call("BGSAVE");
            awaitReply("rdb_last_bgsave_status:ok", "INFO", "persistence");
        }

        void runScript() {
            background = inBackground(() -> {
                try {
                    call("EVAL", "while true do end", "0");
                } catch (RespException killed) {
                    assertThat(killed).hasMessageContaining("killed");
                }
            });
            awaitReply("BUSY", "GET", "k");
        }

        void killScript() throws Exception {
            call("SCRIPT", "KILL");
            finishBackground();
        }

        /** On a thread of its own: on JDK 25 and two cores the adapter did not reconnect while this held the common pool. */
        private static CompletableFuture<?> inBackground(Runnable work) {
            return CompletableFuture.runAsync(work, task -> new Thread(task, "background").start());
        }

        private void finishBackground() throws Exception {
            if (background != null) {
                background.get(SOON.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }
}
