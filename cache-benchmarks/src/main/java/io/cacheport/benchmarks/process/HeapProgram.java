package io.cacheport.benchmarks.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cacheport.benchmarks.peer.Peer;
import io.cacheport.benchmarks.value.Product;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The program of one JVM in {@link Memory}: fills a cache, and says by how many bytes its heap has grown. */
final class HeapProgram {

    /** Puts values. */
    static final String PUT = "put";

    /** Says which values there are; others have put them. */
    static final String KEYS = "keys";

    /** Reads them, and says how many there were. */
    static final String READ = "read";

    /** Holds as many decoded values, and no cache. */
    static final String DECODED = "decoded";

    private static final int WARM_UPS = 100;

    private static final Product VALUE = Product.of(1);

    private final Peer peer;
    private List<String> keys = List.of();
    private long before;

    private HeapProgram(Peer peer) {
        this.peer = peer;
    }

    /** Takes the name of the library and the URI of the Redis. */
    public static void main(String... arguments) throws Exception {
        try (Peer peer = Kinds.of(arguments[0]).open(arguments[1], Product.class, Kinds.PATIENT)) {
            Orders.follow(new HeapProgram(peer)::obey);
        }
    }

    private void obey(List<String> words, Consumer<String> answers) throws Exception {
        answers.accept(
                switch (words.get(0)) {
                    case KEYS -> keys(Integer.parseInt(words.get(1)));
                    case PUT -> put(Integer.parseInt(words.get(1)));
                    case READ -> read();
                    default -> String.valueOf(decoded(Integer.parseInt(words.get(1))));
                });
    }

    private String put(int count) throws Exception {
        for (int i = 0; i < WARM_UPS; i++) {
            String key = "warm-up-" + i;
            peer.put(key, VALUE);
            Object unused = peer.get(key);
            peer.remove(key);
        }
        String unused = keys(count);
        for (String key : keys) {
            peer.put(key, VALUE);
        }
        return "done";
    }

    private String keys(int count) throws InterruptedException {
        keys = IntStream.range(0, count).mapToObj(Product::keyOf).toList();
        before = used();
        return "done";
    }

    /** How many there were, and by how much the heap has grown since they were put. */
    private String read() throws Exception {
        int found = 0;
        for (String key : keys) {
            found += peer.get(key) == null ? 0 : 1;
        }
        return found + " " + (used() - before);
    }

    private static long decoded(int count) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        byte[] json = mapper.writeValueAsBytes(VALUE);
        Product[] values = new Product[count];
        values[0] = mapper.readValue(json, Product.class);
        long before = used();
        for (int i = 0; i < count; i++) {
            values[i] = mapper.readValue(json, Product.class);
        }
        long grown = used() - before;
        if (!VALUE.equals(values[count - 1])) { // they have to be held until here
            throw new IllegalStateException("a value was not read");
        }
        return grown;
    }

    /** After what is garbage is collected; a second time, for some is let go by the first. */
    private static long used() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
