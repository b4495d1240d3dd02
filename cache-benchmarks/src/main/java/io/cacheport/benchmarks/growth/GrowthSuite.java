package io.cacheport.benchmarks.growth;

import io.cacheport.benchmarks.RunSettings;
import io.cacheport.benchmarks.Suite;

/** How figures grow with what is stored. */
public final class GrowthSuite implements Suite {

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public String title() {
        return "Growth";
    }

    @Override
    public String run(RunSettings settings) throws Exception {
        StringBuilder out = new StringBuilder();
        for (Series series : Series.all(settings.quick())) {
            series.measure()
                    .forEach((chart, rows) -> out.append(chart.table(rows)).append('\n'));
        }
        return out.toString();
    }
}
