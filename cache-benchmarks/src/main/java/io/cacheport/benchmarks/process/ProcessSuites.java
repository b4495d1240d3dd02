package io.cacheport.benchmarks.process;

import io.cacheport.benchmarks.Suite;
import java.util.List;

/** The suites of this package, in the order of the report. */
public final class ProcessSuites {

    private ProcessSuites() {}

    /** All of them. */
    public static List<Suite> all() {
        return List.of(
                new Stampede(), new Flush(), new Tags(), new Changes(), new Outage(), new Memory(), new Commands());
    }
}
