package io.cacheport.benchmarks.process;

import io.cacheport.benchmarks.peer.Peer;
import io.cacheport.benchmarks.value.Product;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** The program of one JVM in {@link Stampede}: lets its callers go when it is told to. */
final class StampedeProgram {

    private static final Product LOADED = Product.of(1);

    private StampedeProgram() {}

    /**
     * What to do.
     *
     * @param at when, on the clock of {@link System#nanoTime}
     */
    record Order(String key, int callers, long at, long loadMillis) {

        String line() {
            return String.join(" ", key, String.valueOf(callers), String.valueOf(at), String.valueOf(loadMillis));
        }

        static Order of(List<String> words) {
            return new Order(
                    words.get(0),
                    Integer.parseInt(words.get(1)),
                    Long.parseLong(words.get(2)),
                    Long.parseLong(words.get(3)));
        }
    }

    /**
     * What came of it in this JVM.
     *
     * @param last when the last caller had the value, on the clock of {@link System#nanoTime}
     * @param late whether the callers were not waiting yet when they should have been let go
     */
    record Result(int loads, long last, int failures, boolean late) {

        String line() {
            return String.join(
                    " ", String.valueOf(loads), String.valueOf(last), String.valueOf(failures), String.valueOf(late));
        }

        static Result of(String line) {
            String[] words = line.split(" ", -1);
            return new Result(
                    Integer.parseInt(words[0]),
                    Long.parseLong(words[1]),
                    Integer.parseInt(words[2]),
                    Boolean.parseBoolean(words[3]));
        }
    }

    /** Takes the name of the library and the URI of the Redis. */
    public static void main(String... arguments) throws Exception {
        try (Peer peer = Kinds.of(arguments[0]).opener().open(arguments[1], Product.class);
                Crowd crowd = new Crowd()) {
            Orders.follow((words, answers) ->
                    answers.accept(round(peer, crowd, Order.of(words)).line()));
        }
    }

    private static Result round(Peer peer, Crowd crowd, Order order) throws InterruptedException {
        AtomicInteger loads = new AtomicInteger();
        Callable<Object> loader = () -> {
            loads.incrementAndGet();
            Thread.sleep(order.loadMillis());
            return LOADED;
        };
        Crowd.Outcome outcome = crowd.call(order.callers(), order.at(), () -> {
            if (!LOADED.equals(peer.getOrLoad(order.key(), loader))) {
                throw new IllegalStateException("a value that was not loaded");
            }
            return null;
        });
        return outcome == null
                ? new Result(loads.get(), 0, 0, true)
                : new Result(loads.get(), outcome.last(), outcome.failures(), false);
    }
}
