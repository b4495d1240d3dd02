package io.cacheport.examples.catalog.tryit;

import io.cacheport.examples.catalog.tryit.Visitors.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;

/** Visitors who ask, wait for the answer and ask again, until stopped. */
final class Load {

    private static final long SEED = 42;

    private final Visitors visitors;
    private final int port;
    private final List<Worker> workers = new ArrayList<>();
    private final LongAdder requests = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private volatile boolean measuring;
    private volatile boolean stopped;

    private Load(Visitors visitors, int port) {
        this.visitors = visitors;
        this.port = port;
    }

    /** Starts asking; nothing counts before {@link #measure}. */
    static Load start(Visitors visitors, int port, int threads) {
        Load load = new Load(visitors, port);
        for (int i = 0; i < threads; i++) {
            load.workers.add(load.new Worker(new SplittableRandom(SEED + i)));
        }
        load.workers.forEach(Thread::start);
        return load;
    }

    /** From now on everything counts. */
    void measure() {
        measuring = true;
    }

    long requests() {
        return requests.sum();
    }

    long errors() {
        return errors.sum();
    }

    /** Per endpoint; only after {@link #stop}. */
    Map<Endpoint, Latencies> latencies() {
        Map<Endpoint, Latencies> all = new EnumMap<>(Endpoint.class);
        for (Endpoint endpoint : Endpoint.values()) {
            Latencies sum = new Latencies();
            workers.forEach(worker -> sum.addAll(worker.latencies(endpoint)));
            all.put(endpoint, sum);
        }
        return all;
    }

    /** Ends when every visitor has the answer to its last request. */
    void stop() throws InterruptedException {
        stopped = true;
        for (Worker worker : workers) {
            worker.join();
        }
    }

    private final class Worker extends Thread {

        private final SplittableRandom random;
        private final Map<Endpoint, Latencies> latencies = new EnumMap<>(Endpoint.class);

        Worker(SplittableRandom random) {
            super("visitor");
            setDaemon(true);
            this.random = random;
        }

        Latencies latencies(Endpoint endpoint) {
            return latencies.computeIfAbsent(endpoint, key -> new Latencies());
        }

        @Override
        public void run() {
            while (!stopped) {
                try (HttpConnection connection = new HttpConnection(port)) {
                    while (!stopped) {
                        ask(connection, visitors.next(random));
                    }
                } catch (IOException e) {
                    count(false); // and go on with a new connection
                }
            }
        }

        private void ask(HttpConnection connection, Request request) throws IOException {
            long start = System.nanoTime();
            boolean ok = connection
                    .exchange(request.method(), request.path(), request.body())
                    .isSuccess();
            long end = System.nanoTime();
            if (count(ok)) {
                latencies(request.endpoint()).add(end - start);
            }
        }

        private boolean count(boolean ok) {
            if (!ok) {
                errors.increment(); // an error is one at any time
            }
            if (measuring) {
                requests.increment();
            }
            return measuring;
        }
    }
}
