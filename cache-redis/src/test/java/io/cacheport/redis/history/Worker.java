package io.cacheport.redis.history;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The program of one JVM of a {@link History}: threads that do anything, until their parent says that it is enough. Waits
 * for a line on its input before each of its three parts, and prints one after it.
 */
final class Worker {

    static final int THREADS = 4;

    private static final Duration REPLAY = Duration.ofSeconds(15);

    private final Subject subject;
    private final Checks checks;
    private final LoadChecks loads;
    private final Updates updates;
    private final int port;
    private final int seed;

    private Worker(Subject subject, Checks checks, LoadChecks loads, int port, int seed) {
        this.subject = subject;
        this.checks = checks;
        this.loads = loads;
        this.updates = new Updates(checks);
        this.port = port;
        this.seed = seed;
    }

    public static void main(String[] arguments) throws Exception {
        Board board = Board.map(Path.of(arguments[0]));
        String uri = arguments[1];
        int seat = Integer.parseInt(arguments[2]);
        int seed = Integer.parseInt(arguments[3]);
        boolean naively = arguments[4].equals("naively");
        Checks checks = new Checks(board, seat);
        LoadChecks loads = new LoadChecks(checks, !naively);
        BlockingQueue<String> input = input();
        try (Subject subject = naively ? new Naively(uri) : new Ours(uri, loads)) {
            Worker worker = new Worker(subject, checks, loads, URI.create(uri).getPort(), seed);
            said("ready", input);
            worker.inThreads(worker::operate);
            worker.settle();
            said("settled", input);
            worker.inThreads(worker::readAll);
            said("done", input);
        }
        System.exit(0);
    }

    /** Lines, as they come; when there are no more, whoever started this is gone, and so it ends. */
    private static BlockingQueue<String> input() {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> {
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                    .lines()
                    .forEach(lines::add);
            Runtime.getRuntime().halt(1);
        });
        reader.setDaemon(true);
        reader.start();
        return lines;
    }

    private static void said(String line, BlockingQueue<String> input) throws InterruptedException {
        System.out.println(line);
        String unused = input.take();
    }

    private void inThreads(Consumer<Actor> action) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            SplittableRandom random = new SplittableRandom((long) seed * THREADS + i);
            all.add(threads.submit(() -> {
                try (Actor actor = new Actor(subject, checks, loads, updates, port, random)) {
                    action.accept(actor);
                }
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        threads.shutdown();
    }

    private void operate(Actor actor) {
        while (checks.board.begin()) {
            Operation.any(actor.random).run(actor);
            checks.board.count(checks.seat, Count.OPERATIONS, 1);
            boolean unused = updates.settleKept(subject);
        }
    }

    /** Redis is there, so what was kept has to be made. */
    private void settle() {
        try {
            await().atMost(REPLAY).pollInterval(Duration.ofMillis(10)).until(() -> updates.settleKept(subject));
        } catch (ConditionTimeoutException stillKept) {
            updates.lost();
        }
    }

    private void readAll(Actor actor) {
        for (int again = 0; again < 3; again++) {
            Key.all().forEach(actor::peek);
            Key.all().forEach(actor::load);
        }
    }
}
