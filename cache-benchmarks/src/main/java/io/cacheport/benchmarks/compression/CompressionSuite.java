package io.cacheport.benchmarks.compression;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cacheport.benchmarks.Jmh;
import io.cacheport.benchmarks.RunSettings;
import io.cacheport.benchmarks.Suite;
import io.cacheport.benchmarks.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.RunnerException;

/** Ways to compress JSON against leaving it as it is, by writing and reading both. */
public final class CompressionSuite implements Suite {

    private static final List<Integer> SIZES = List.of(500, 1_000, 2_000, 10_000, 100_000);
    private static final int TURN_MILLIS = 500;

    @Override
    public String name() {
        return "compression";
    }

    @Override
    public String title() {
        return "Compression";
    }

    @Override
    public boolean isPartOfAll() {
        return false;
    }

    @Override
    public String run(RunSettings settings) throws JsonProcessingException, RunnerException {
        StringBuilder out =
                new StringBuilder("Writing a document is Jackson and the compressor, reading it both backwards.\n");
        for (int size : SIZES) {
            List<Compressor> compressors = new ArrayList<>(Compressor.all());
            compressors.add(compressors.get(0));
            String plain = compressors.get(0).name();
            Table table = new Table("codec", "bytes", "of the JSON", "write us", "x " + plain, "read us", "x " + plain);
            double write = 0;
            double read = 0;
            for (int i = 0; i < compressors.size(); i++) {
                Compressor one = compressors.get(i);
                double writes = micros("write", one, size, settings);
                double reads = micros("read", one, size, settings);
                write = i == 0 ? writes : write;
                read = i == 0 ? reads : read;
                String row = i < compressors.size() - 1 ? one.name() : one.name() + "-again";
                System.err.printf("  %,d bytes: %s%n", size, row);
                double bytes = bytes(one, size);
                table.row(
                        row,
                        figure("%,.0f", bytes),
                        figure("%.0f %%", 100 * bytes / bytes(compressors.get(0), size)),
                        figure("%.1f", writes),
                        figure("%.2f", writes / write),
                        figure("%.1f", reads),
                        figure("%.2f", reads / read));
            }
            out.append(String.format(Locale.ROOT, "%n### From %,d bytes on%n%n", size))
                    .append(table);
        }
        return out.toString();
    }

    private static double micros(String call, Compressor compressor, int size, RunSettings settings)
            throws RunnerException {
        return Jmh.run(Jmh.options(CompressionCalls.class, call, TURN_MILLIS, settings)
                        .param("name", compressor.name())
                        .param("size", String.valueOf(size))
                        .mode(Mode.AverageTime))
                .getPrimaryResult()
                .getScore();
    }

    /** Of a document, on average. */
    private static double bytes(Compressor compressor, int size) throws JsonProcessingException {
        ObjectMapper mapper = new ObjectMapper();
        double bytes = 0;
        List<Documents.Page> pages = Documents.of(size);
        for (Documents.Page page : pages) {
            bytes += compressor.squeeze().of(mapper.writeValueAsBytes(page)).length;
        }
        return bytes / pages.size();
    }

    private static String figure(String format, double figure) {
        return String.format(Locale.ROOT, format, figure);
    }
}
