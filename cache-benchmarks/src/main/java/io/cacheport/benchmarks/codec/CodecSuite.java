package io.cacheport.benchmarks.codec;

import io.cacheport.benchmarks.Jmh;
import io.cacheport.benchmarks.RunSettings;
import io.cacheport.benchmarks.Suite;
import io.cacheport.benchmarks.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;

/** Codecs against a typed Jackson reader and writer, by reading and writing a value of 300 bytes and one of 10 KB. */
public final class CodecSuite implements Suite {

    private static final int TURN_MILLIS = 120;

    @Override
    public String name() {
        return "codecs";
    }

    @Override
    public String title() {
        return "Codecs";
    }

    @Override
    public String run(RunSettings settings) throws RunnerException {
        StringBuilder out = new StringBuilder(
                "One thread, no store. `jackson` is an `ObjectMapper`'s reader for the class; the last two are JetCache's encoders.\n");
        for (String value : List.of("small", "large")) {
            out.append("\n### A ").append(value).append(" value\n\n").append(table(value, settings));
        }
        return out.toString();
    }

    private static Table table(String value, RunSettings settings) throws RunnerException {
        List<NamedCodec> codecs = new ArrayList<>(NamedCodec.all());
        codecs.add(codecs.get(0));
        String jackson = codecs.get(0).name();
        Table table =
                new Table("codec", "bytes", "decode us", "x " + jackson, "B/op", "encode us", "x " + jackson, "B/op");
        double decode = 0;
        double encode = 0;
        for (int i = 0; i < codecs.size(); i++) {
            NamedCodec codec = codecs.get(i);
            String row = i < codecs.size() - 1 ? codec.name() : codec.name() + "-again";
            RunResult decoded = run("decode", codec, value, settings);
            RunResult encoded = run("encode", codec, value, settings);
            decode = i == 0 ? micros(decoded) : decode;
            encode = i == 0 ? micros(encoded) : encode;
            System.err.printf("  %s: %s%n", value, row);
            table.row(
                    row,
                    figure("%,.0f", bytes(codec, value)),
                    figure("%.2f", micros(decoded)),
                    figure("%.2f", micros(decoded) / decode),
                    figure("%,.0f", allocated(decoded)),
                    figure("%.2f", micros(encoded)),
                    figure("%.2f", micros(encoded) / encode),
                    figure("%,.0f", allocated(encoded)));
        }
        return table;
    }

    private static RunResult run(String call, NamedCodec codec, String value, RunSettings settings)
            throws RunnerException {
        return new Runner(Jmh.options(CodecCalls.class, call, TURN_MILLIS, settings)
                        .param("name", codec.name())
                        .param("value", value)
                        .mode(Mode.AverageTime)
                        .build())
                .runSingle();
    }

    private static double micros(RunResult result) {
        return result.getPrimaryResult().getScore();
    }

    private static double allocated(RunResult result) {
        return Objects.requireNonNull(result.getSecondaryResults().get(Jmh.BYTES))
                .getScore();
    }

    /** Of a value, on average. */
    private static double bytes(NamedCodec codec, String value) {
        Object[] values = CodecCalls.values(value);
        NamedCodec.Pair pair = codec.made().apply(values[0].getClass());
        double bytes = 0;
        for (Object one : values) {
            bytes += pair.encode().apply(one).length;
        }
        return bytes / values.length;
    }

    private static String figure(String format, double figure) {
        return String.format(Locale.ROOT, format, figure);
    }
}
