package io.cacheport.benchmarks.compression;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.cacheport.benchmarks.compression.Documents.Page;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** JSON written and made fewer bytes, and back. */
@State(Scope.Thread)
public class CompressionCalls {

    /** From here on, which compressor, by its name, and the size of the JSON. */
    @Param("")
    public String name = "";

    @Param("500")
    public int size;

    private final ObjectMapper mapper = new ObjectMapper();
    private final ObjectReader reader = mapper.readerFor(Page.class);
    private Compressor compressor = Compressor.all().get(0);
    private List<Page> pages = List.of();
    private byte[][] stored = {};
    private int[] lengths = {};
    private int at;

    /** Makes the documents, and compares one with what comes back. */
    @Setup(Level.Trial)
    public void prepare() throws Exception {
        compressor = Compressor.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        pages = Documents.of(size);
        stored = new byte[pages.size()][];
        lengths = new int[pages.size()];
        for (int i = 0; i < stored.length; i++) {
            byte[] plain = mapper.writeValueAsBytes(pages.get(i));
            stored[i] = compressor.squeeze().of(plain);
            lengths[i] = plain.length;
        }
        at = 0;
        if (!read().equals(pages.get(1))) {
            throw new IllegalStateException(name + " does not give back what it got");
        }
    }

    /** A document into what is stored. */
    @Benchmark
    public byte[] write() throws Exception {
        return compressor.squeeze().of(mapper.writeValueAsBytes(pages.get(next())));
    }

    /** And back. */
    @Benchmark
    public Object read() throws Exception {
        int i = next();
        return reader.readValue(compressor.expand().of(stored[i], lengths[i]));
    }

    private int next() {
        at = at + 1 == stored.length ? 0 : at + 1;
        return at;
    }
}
