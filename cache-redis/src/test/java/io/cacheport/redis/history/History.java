package io.cacheport.redis.history;

import static org.awaitility.Awaitility.await;

import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One run: a Redis, three JVMs, and what is done to them. */
final class History implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofHours(2);
    private static final Duration POLL = Duration.ofMillis(10);

    /**
     * What is to be run.
     *
     * @param subject {@code ours} or {@code naively}
     * @param operations of all JVMs together, at least: they go on until the last disturbance has been
     * @param disturbances how many, spread over the operations
     * @param mutated classes to be used instead of those of the library
     * @param until what is enough, if there is such a violation
     */
    record Plan(
            String subject,
            long operations,
            int disturbances,
            List<Path> mutated,
            @Nullable Violation until) {

        static Plan ours(long operations, int disturbances) {
            return new Plan("ours", operations, disturbances, List.of(), null);
        }

        static Plan naively(long operations) {
            return new Plan("naively", operations, 0, List.of(), null); // disturbed it would throw, not only lie
        }

        static Plan mutated(Path classes, long operations, Violation until) {
            return new Plan("ours", operations, Math.toIntExact(operations / 15_000), List.of(classes), until);
        }
    }

    private final Plan plan;
    private final Path file;
    private final Board board;
    private final RedisServer server = RedisServer.start();
    private final SplittableRandom random = new SplittableRandom(1);
    private final List<WorkerJvm> jvms = new ArrayList<>();
    private final List<String> output = new ArrayList<>();
    private final Map<Disturbance, Integer> disturbances = new EnumMap<>(Disturbance.class);
    private RespClient admin = server.client();
    private int started;

    private History(Plan plan) throws IOException {
        this.plan = plan;
        this.file = Files.createTempFile("cacheport-history-", ".longs");
        this.board = Board.map(file);
    }

    static Report run(Plan plan) throws Exception {
        try (History history = new History(plan)) {
            return history.run();
        }
    }

    private Report run() throws Exception {
        for (int seat = 0; seat < Source.SEATS; seat++) {
            jvms.add(start(seat));
        }
        for (WorkerJvm jvm : jvms) {
            jvm.awaitState("ready");
        }
        long begin = System.nanoTime();
        board.trouble(); // JVMs that have just begun are slow
        for (WorkerJvm jvm : jvms) {
            jvm.go();
        }
        disturb();
        board.end();
        if (!isEnough()) {
            finish();
        }
        for (WorkerJvm jvm : jvms) {
            jvm.kill();
            output.addAll(jvm.output());
        }
        return Report.of(board, disturbances, output, Duration.ofNanos(System.nanoTime() - begin));
    }

    private void disturb() throws Exception {
        Disturbance[] all = Disturbance.values();
        for (int i = 0; i < plan.disturbances; i++) {
            long at = plan.operations * (i + 1) / (plan.disturbances + 1);
            await().atMost(LONGEST).pollInterval(POLL).until(() -> board.begun() >= at || isEnough() || isAnyOver());
            if (isEnough()) {
                return;
            }
            Disturbance next = all[i % all.length];
            next.happen(this);
            disturbances.merge(next, 1, Integer::sum);
        }
        await().atMost(LONGEST)
                .pollInterval(POLL)
                .until(() -> board.begun() >= plan.operations || isEnough() || isAnyOver());
    }

    /** Then what it printed is shown where its state is waited for. */
    private boolean isAnyOver() {
        return !jvms.stream().allMatch(WorkerJvm::isAlive);
    }

    private boolean isEnough() {
        return plan.until != null && board.total(plan.until) > 0;
    }

    /** When all have made what they had kept, everybody reads everything. */
    private void finish() throws Exception {
        for (WorkerJvm jvm : jvms) {
            jvm.awaitState("settled");
        }
        for (WorkerJvm jvm : jvms) {
            jvm.go();
        }
        for (WorkerJvm jvm : jvms) {
            jvm.awaitState("done");
        }
    }

    private WorkerJvm start(int seat) throws IOException {
        return new WorkerJvm(
                seat,
                plan.mutated,
                file.toString(),
                server.uri(),
                String.valueOf(seat),
                String.valueOf(started++),
                plan.subject);
    }

    RespClient admin() {
        return admin;
    }

    void restartRedis() {
        board.source.restarting();
        server.restart();
        board.source.restarted();
        admin.close();
        admin = server.client();
    }

    void stopRedis(Runnable meanwhile) {
        server.pause();
        try {
            meanwhile.run();
        } finally {
            server.resume();
        }
    }

    void stopJvm(Runnable meanwhile) {
        WorkerJvm jvm = jvms.get(random.nextInt(jvms.size()));
        board.suspend(jvm.seat);
        board.trouble();
        jvm.signal("STOP");
        try {
            meanwhile.run();
        } finally {
            jvm.signal("CONT");
            board.suspend(jvm.seat);
            board.trouble();
        }
    }

    /** What the dead one had sent is either done or gone with its connections once its successor has been answered. */
    void replaceJvm() throws Exception {
        int seat = random.nextInt(jvms.size());
        WorkerJvm dead = jvms.get(seat);
        dead.kill();
        board.trouble();
        output.addAll(dead.output());
        WorkerJvm successor = start(seat);
        jvms.set(seat, successor);
        successor.awaitState("ready");
        admin.call("PING");
        board.source.nothingOf(seat);
        successor.go();
    }

    @Override
    public void close() throws IOException {
        jvms.forEach(WorkerJvm::close);
        admin.close();
        server.close();
        Files.deleteIfExists(file);
    }
}
