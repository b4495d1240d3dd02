package io.cacheport.benchmarks;

import io.cacheport.benchmarks.codec.CodecSuite;
import io.cacheport.benchmarks.compression.CompressionSuite;
import io.cacheport.benchmarks.hit.HitSuites;
import io.cacheport.benchmarks.process.ProcessSuites;
import java.util.ArrayList;
import java.util.List;

/** All suites of the report, in its order. */
final class Suites {

    private Suites() {}

    static List<Suite> all() {
        List<Suite> all = new ArrayList<>(HitSuites.all());
        all.add(new CodecSuite());
        all.addAll(ProcessSuites.all());
        all.add(new CompressionSuite());
        return List.copyOf(all);
    }
}
